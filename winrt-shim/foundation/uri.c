/* SPDX-License-Identifier: MIT */
/* Windows.Foundation.Uri. It never changes. */
#include "uri.h"

#include <string.h>

#include "winrt-shim/base/hstring_text.h"
#include "winrt-shim/base/object.h"

#include "src/port/memory.h"
#include "www_form_url_decoder.h"

struct uri {
    IUriRuntimeClass IUriRuntimeClass_iface;
    IUriRuntimeClassWithAbsoluteCanonicalUri IUriRuntimeClassWithAbsoluteCanonicalUri_iface;
    IStringable IStringable_iface;

    struct object object;

    struct uri_parts *parts;
};

DEFINE_INSPECTABLE(uri, IUriRuntimeClass)
DEFINE_INSPECTABLE(uri, IUriRuntimeClassWithAbsoluteCanonicalUri)
DEFINE_INSPECTABLE(uri, IStringable)

static HRESULT return_text(const char *text, HSTRING *value)
{
    if (!value)
        return E_POINTER;
    return hstring_from_utf8(text, value);
}

static HRESULT return_form(const struct uri_parts *parts,
                           HRESULT (*format)(const struct uri_parts *parts, char **ret),
                           HSTRING *value)
{
    char *text = NULL;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = format(parts, &text);
    if (SUCCEEDED(hr))
        hr = hstring_from_utf8(text, value);
    memory_free(text);
    return hr;
}

static HRESULT STDMETHODCALLTYPE uri_get_AbsoluteUri(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_form(impl_from_IUriRuntimeClass(iface)->parts, uri_format_absolute, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_DisplayUri(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_form(impl_from_IUriRuntimeClass(iface)->parts, uri_format_display, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_Domain(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_text(uri_domain(impl_from_IUriRuntimeClass(iface)->parts), value);
}

static HRESULT STDMETHODCALLTYPE uri_get_Extension(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_text(uri_extension(impl_from_IUriRuntimeClass(iface)->parts), value);
}

static HRESULT STDMETHODCALLTYPE uri_get_Fragment(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_text(impl_from_IUriRuntimeClass(iface)->parts->fragment, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_Host(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_text(impl_from_IUriRuntimeClass(iface)->parts->host, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_Password(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_text(impl_from_IUriRuntimeClass(iface)->parts->password, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_Path(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_text(impl_from_IUriRuntimeClass(iface)->parts->path, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_Query(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_text(impl_from_IUriRuntimeClass(iface)->parts->query, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_QueryParsed(IUriRuntimeClass *iface,
                                                     IWwwFormUrlDecoderRuntimeClass **value)
{
    if (!value)
        return E_POINTER;
    return www_form_url_decoder_create(impl_from_IUriRuntimeClass(iface)->parts->query, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_RawUri(IUriRuntimeClass *iface, HSTRING *value)
{
    const struct uri_parts *parts = impl_from_IUriRuntimeClass(iface)->parts;

    if (!parts->raw)
        return return_form(parts, uri_format_absolute, value);
    return return_text(parts->raw, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_SchemeName(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_text(impl_from_IUriRuntimeClass(iface)->parts->scheme, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_UserName(IUriRuntimeClass *iface, HSTRING *value)
{
    return return_text(impl_from_IUriRuntimeClass(iface)->parts->user, value);
}

/* S_FALSE, and 0, when nobody knows one. */
static HRESULT STDMETHODCALLTYPE uri_get_Port(IUriRuntimeClass *iface, INT32 *value)
{
    const int port = impl_from_IUriRuntimeClass(iface)->parts->port;

    if (!value)
        return E_POINTER;
    *value = port == URI_PORT_NONE ? 0 : port;
    return port == URI_PORT_NONE ? S_FALSE : S_OK;
}

static HRESULT STDMETHODCALLTYPE uri_get_Suspicious(IUriRuntimeClass *iface, boolean *value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IUriRuntimeClass(iface)->parts->suspicious;
    return S_OK;
}

/* Somebody else's Uri in parts of ours. */
static HRESULT parts_of(IUriRuntimeClass *other, struct uri_parts **ret)
{
    HSTRING text = NULL;
    HRESULT hr;

    *ret = NULL;
    hr = IUriRuntimeClass_get_AbsoluteUri(other, &text);
    if (SUCCEEDED(hr) && !text)
        hr = IUriRuntimeClass_get_RawUri(other, &text);
    if (SUCCEEDED(hr))
        hr = uri_parse_hstring(text, ret);
    WindowsDeleteString(text);
    return hr;
}

/* By content; a NULL Uri equals none. */
static HRESULT STDMETHODCALLTYPE uri_Equals(IUriRuntimeClass *iface, IUriRuntimeClass *other,
                                            boolean *value)
{
    struct uri_parts *parts = impl_from_IUriRuntimeClass(iface)->parts, *other_parts = NULL;
    char *text = NULL, *other_text = NULL;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = FALSE;
    if (!other)
        return S_OK;
    hr = parts_of(other, &other_parts);
    if (SUCCEEDED(hr))
        hr = uri_format_comparable(other_parts, &other_text);
    if (SUCCEEDED(hr))
        hr = uri_format_comparable(parts, &text);
    if (SUCCEEDED(hr))
        *value = !strcmp(text, other_text);
    memory_free(text);
    memory_free(other_text);
    uri_parts_free(other_parts);
    return hr;
}

static HRESULT STDMETHODCALLTYPE uri_CombineUri(IUriRuntimeClass *iface, HSTRING reference,
                                                IUriRuntimeClass **instance)
{
    struct uri_parts *parts;
    char *text = NULL;
    HRESULT hr;

    if (!instance)
        return E_POINTER;
    *instance = NULL;
    hr = hstring_to_utf8(reference, &text);
    if (SUCCEEDED(hr))
        hr = uri_combine(impl_from_IUriRuntimeClass(iface)->parts, text, &parts);
    if (SUCCEEDED(hr))
        hr = uri_create(parts, instance);
    memory_free(text);
    return hr;
}

static const struct IUriRuntimeClassVtbl uri_vtbl = {
    INSPECTABLE_SLOTS(uri, IUriRuntimeClass),
    uri_get_AbsoluteUri,
    uri_get_DisplayUri,
    uri_get_Domain,
    uri_get_Extension,
    uri_get_Fragment,
    uri_get_Host,
    uri_get_Password,
    uri_get_Path,
    uri_get_Query,
    uri_get_QueryParsed,
    uri_get_RawUri,
    uri_get_SchemeName,
    uri_get_UserName,
    uri_get_Port,
    uri_get_Suspicious,
    uri_Equals,
    uri_CombineUri,
};

static HRESULT STDMETHODCALLTYPE
uri_get_AbsoluteCanonicalUri(IUriRuntimeClassWithAbsoluteCanonicalUri *iface, HSTRING *value)
{
    return return_form(impl_from_IUriRuntimeClassWithAbsoluteCanonicalUri(iface)->parts,
                       uri_format_canonical, value);
}

static HRESULT STDMETHODCALLTYPE uri_get_DisplayIri(IUriRuntimeClassWithAbsoluteCanonicalUri *iface,
                                                    HSTRING *value)
{
    return return_form(impl_from_IUriRuntimeClassWithAbsoluteCanonicalUri(iface)->parts,
                       uri_format_iri, value);
}

static const struct IUriRuntimeClassWithAbsoluteCanonicalUriVtbl uri_canonical_vtbl = {
    INSPECTABLE_SLOTS(uri, IUriRuntimeClassWithAbsoluteCanonicalUri),
    uri_get_AbsoluteCanonicalUri,
    uri_get_DisplayIri,
};

static HRESULT STDMETHODCALLTYPE uri_ToString(IStringable *iface, HSTRING *value)
{
    return return_form(impl_from_IStringable(iface)->parts, uri_format_text, value);
}

static const struct IStringableVtbl uri_stringable_vtbl = {
    INSPECTABLE_SLOTS(uri, IStringable),
    uri_ToString,
};

static void uri_destroy(void *instance)
{
    struct uri *uri = instance;

    uri_parts_free(uri->parts);
}

static const struct object_interface uri_interfaces[] = {
    OBJECT_INTERFACE(uri, IUriRuntimeClass),
    OBJECT_INTERFACE(uri, IUriRuntimeClassWithAbsoluteCanonicalUri),
    OBJECT_INTERFACE(uri, IStringable),
};

static const struct object_class uri_class =
    OBJECT_CLASS(uri, RuntimeClass_Windows_Foundation_Uri, uri_destroy);

HRESULT uri_create(struct uri_parts *parts, IUriRuntimeClass **out)
{
    struct uri *uri = object_alloc(&uri_class);

    *out = NULL;
    if (!uri) {
        uri_parts_free(parts);
        return E_OUTOFMEMORY;
    }
    uri->IUriRuntimeClass_iface.lpVtbl = &uri_vtbl;
    uri->IUriRuntimeClassWithAbsoluteCanonicalUri_iface.lpVtbl = &uri_canonical_vtbl;
    uri->IStringable_iface.lpVtbl = &uri_stringable_vtbl;
    uri->parts = parts;
    *out = &uri->IUriRuntimeClass_iface;
    return S_OK;
}

HRESULT uri_parse_hstring(HSTRING text, struct uri_parts **ret)
{
    char *utf8 = NULL;
    HRESULT hr;

    *ret = NULL;
    if (WindowsIsStringEmpty(text))
        return E_POINTER;
    hr = hstring_to_utf8(text, &utf8);
    if (SUCCEEDED(hr))
        hr = uri_parse(utf8, ret);
    memory_free(utf8);
    return hr;
}
