/* SPDX-License-Identifier: MIT */
/* The factory and the statics of Windows.Foundation.Uri. */
#include "classes.h"
#include "uri.h"

#include <curl/curl.h>

#include "winrt-shim/base/error.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/hstring_text.h"
#include "winrt-shim/base/object.h"

#include "src/port/memory.h"
#include "uri_escape.h"

struct uri_factory {
    IActivationFactory IActivationFactory_iface;
    IUriRuntimeClassFactory IUriRuntimeClassFactory_iface;
    IUriEscapeStatics IUriEscapeStatics_iface;

    struct object object;
};

DEFINE_INSPECTABLE(uri_factory, IActivationFactory)
DEFINE_INSPECTABLE(uri_factory, IUriRuntimeClassFactory)
DEFINE_INSPECTABLE(uri_factory, IUriEscapeStatics)

static const struct IActivationFactoryVtbl uri_activation_vtbl = {
    INSPECTABLE_SLOTS(uri_factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

/* The text itself is not repeated: it may hold a password. */
static HRESULT explain(HRESULT hr)
{
    if (hr != E_INVALIDARG)
        return hr;
    return error_originate(hr, "The text is not an absolute, well-formed URI");
}

static HRESULT STDMETHODCALLTYPE uri_factory_CreateUri(IUriRuntimeClassFactory *iface, HSTRING uri,
                                                       IUriRuntimeClass **instance)
{
    struct uri_parts *parts;
    HRESULT hr;

    (void)iface;
    if (!instance)
        return E_POINTER;
    *instance = NULL;
    hr = explain(uri_parse_hstring(uri, &parts));
    if (FAILED(hr))
        return hr;
    return uri_create(parts, instance);
}

static HRESULT STDMETHODCALLTYPE uri_factory_CreateWithRelativeUri(IUriRuntimeClassFactory *iface,
                                                                   HSTRING base, HSTRING relative,
                                                                   IUriRuntimeClass **instance)
{
    struct uri_parts *base_parts = NULL, *parts = NULL;
    char *text = NULL;
    HRESULT hr;

    (void)iface;
    if (!instance)
        return E_POINTER;
    *instance = NULL;
    hr = uri_parse_hstring(base, &base_parts);
    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(relative, &text);
    if (SUCCEEDED(hr))
        hr = uri_combine(base_parts, text, &parts);
    memory_free(text);
    uri_parts_free(base_parts);
    hr = explain(hr);
    if (FAILED(hr))
        return hr;
    return uri_create(parts, instance);
}

static const struct IUriRuntimeClassFactoryVtbl uri_factory_vtbl = {
    INSPECTABLE_SLOTS(uri_factory, IUriRuntimeClassFactory),
    uri_factory_CreateUri,
    uri_factory_CreateWithRelativeUri,
};

static HRESULT STDMETHODCALLTYPE uri_factory_UnescapeComponent(IUriEscapeStatics *iface,
                                                               HSTRING component, HSTRING *value)
{
    char *text = NULL, *plain = NULL;
    HRESULT hr;

    (void)iface;
    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = hstring_to_utf8(component, &text);
    if (SUCCEEDED(hr)) {
        plain = uri_unescape(text, uri_is_any);
        hr = plain ? hstring_from_utf8(plain, value) : E_OUTOFMEMORY;
    }
    memory_free(plain);
    memory_free(text);
    return hr;
}

/* All but the unreserved characters of RFC 3986 is encoded. */
static HRESULT STDMETHODCALLTYPE uri_factory_EscapeComponent(IUriEscapeStatics *iface,
                                                             HSTRING component, HSTRING *value)
{
    char *text = NULL, *escaped = NULL;
    HRESULT hr;

    (void)iface;
    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = hstring_to_utf8(component, &text);
    if (SUCCEEDED(hr) && text[0]) {
        escaped = curl_easy_escape(NULL, text, 0);
        hr = escaped ? hstring_from_utf8(escaped, value) : E_OUTOFMEMORY;
    }
    curl_free(escaped);
    memory_free(text);
    return hr;
}

static const struct IUriEscapeStaticsVtbl uri_escape_vtbl = {
    INSPECTABLE_SLOTS(uri_factory, IUriEscapeStatics),
    uri_factory_UnescapeComponent,
    uri_factory_EscapeComponent,
};

static const struct object_interface uri_factory_interfaces[] = {
    OBJECT_INTERFACE(uri_factory, IActivationFactory),
    OBJECT_INTERFACE(uri_factory, IUriRuntimeClassFactory),
    OBJECT_INTERFACE(uri_factory, IUriEscapeStatics),
};

static const struct object_class uri_factory_class =
    OBJECT_CLASS(uri_factory, RuntimeClass_Windows_Foundation_Uri, NULL);

HRESULT uri_factory_create(IActivationFactory **out)
{
    struct uri_factory *factory = object_alloc(&uri_factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &uri_activation_vtbl;
    factory->IUriRuntimeClassFactory_iface.lpVtbl = &uri_factory_vtbl;
    factory->IUriEscapeStatics_iface.lpVtbl = &uri_escape_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
