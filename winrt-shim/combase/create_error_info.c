/* SPDX-License-Identifier: MIT */
/* An error object that the program fills in itself (CreateErrorInfo), to be
 * given to SetErrorInfo. */
#include <windows.h>
#include <oleauto.h>

#include <string.h>

#include "winrt-shim/base/object.h"

enum error_text {
    TEXT_SOURCE,
    TEXT_DESCRIPTION,
    TEXT_HELP_FILE,
    TEXT_MAX
};

/* As in the original, setting is not synchronized with reading. */
struct created_error {
    ICreateErrorInfo ICreateErrorInfo_iface;
    IErrorInfo IErrorInfo_iface;

    struct object object;

    GUID guid;
    BSTR texts[TEXT_MAX];
    DWORD help_context;
};

DEFINE_UNKNOWN(created_error, ICreateErrorInfo)
DEFINE_UNKNOWN(created_error, IErrorInfo)

static void created_error_destroy(void *instance)
{
    struct created_error *error = instance;
    int i;

    for (i = 0; i < TEXT_MAX; i++)
        SysFreeString(error->texts[i]);
}

static const struct object_interface created_error_interfaces[] = {
    OBJECT_INTERFACE(created_error, ICreateErrorInfo),
    OBJECT_INTERFACE(created_error, IErrorInfo),
};

static const struct object_class created_error_class =
    OBJECT_CLASS(created_error, NULL, created_error_destroy);

/* NULL takes the text away. */
static HRESULT set_text(ICreateErrorInfo *iface, enum error_text which, const OLECHAR *text)
{
    struct created_error *error = impl_from_ICreateErrorInfo(iface);

    return SysReAllocString(&error->texts[which], text) ? S_OK : E_OUTOFMEMORY;
}

static HRESULT get_text(IErrorInfo *iface, enum error_text which, BSTR *out)
{
    BSTR text = impl_from_IErrorInfo(iface)->texts[which];

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!text)
        return S_OK;
    *out = SysAllocStringLen(text, SysStringLen(text));
    return *out ? S_OK : E_OUTOFMEMORY;
}

static HRESULT STDMETHODCALLTYPE created_error_SetGUID(ICreateErrorInfo *iface, REFGUID guid)
{
    if (!guid)
        return E_INVALIDARG;
    impl_from_ICreateErrorInfo(iface)->guid = *guid;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE created_error_SetSource(ICreateErrorInfo *iface, LPOLESTR text)
{
    return set_text(iface, TEXT_SOURCE, text);
}

static HRESULT STDMETHODCALLTYPE created_error_SetDescription(ICreateErrorInfo *iface,
                                                              LPOLESTR text)
{
    return set_text(iface, TEXT_DESCRIPTION, text);
}

static HRESULT STDMETHODCALLTYPE created_error_SetHelpFile(ICreateErrorInfo *iface, LPOLESTR text)
{
    return set_text(iface, TEXT_HELP_FILE, text);
}

static HRESULT STDMETHODCALLTYPE created_error_SetHelpContext(ICreateErrorInfo *iface,
                                                              DWORD context)
{
    impl_from_ICreateErrorInfo(iface)->help_context = context;
    return S_OK;
}

static const struct ICreateErrorInfoVtbl create_error_info_vtbl = {
    UNKNOWN_SLOTS(created_error, ICreateErrorInfo),
    /* ICreateErrorInfo methods */
    created_error_SetGUID,
    created_error_SetSource,
    created_error_SetDescription,
    created_error_SetHelpFile,
    created_error_SetHelpContext,
};

static HRESULT STDMETHODCALLTYPE created_error_GetGUID(IErrorInfo *iface, GUID *guid)
{
    if (!guid)
        return E_POINTER;
    *guid = impl_from_IErrorInfo(iface)->guid;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE created_error_GetSource(IErrorInfo *iface, BSTR *out)
{
    return get_text(iface, TEXT_SOURCE, out);
}

static HRESULT STDMETHODCALLTYPE created_error_GetDescription(IErrorInfo *iface, BSTR *out)
{
    return get_text(iface, TEXT_DESCRIPTION, out);
}

static HRESULT STDMETHODCALLTYPE created_error_GetHelpFile(IErrorInfo *iface, BSTR *out)
{
    return get_text(iface, TEXT_HELP_FILE, out);
}

static HRESULT STDMETHODCALLTYPE created_error_GetHelpContext(IErrorInfo *iface, DWORD *context)
{
    if (!context)
        return E_POINTER;
    *context = impl_from_IErrorInfo(iface)->help_context;
    return S_OK;
}

static const struct IErrorInfoVtbl error_info_vtbl = {
    UNKNOWN_SLOTS(created_error, IErrorInfo),
    /* IErrorInfo methods */
    created_error_GetGUID,
    created_error_GetSource,
    created_error_GetDescription,
    created_error_GetHelpFile,
    created_error_GetHelpContext,
};

/* CreateErrorInfo: E_INVALIDARG for NULL, E_OUTOFMEMORY. */
HRESULT WINAPI CreateErrorInfo(ICreateErrorInfo **out)
{
    struct created_error *error;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (!(error = object_alloc(&created_error_class)))
        return E_OUTOFMEMORY;
    error->ICreateErrorInfo_iface.lpVtbl = &create_error_info_vtbl;
    error->IErrorInfo_iface.lpVtbl = &error_info_vtbl;
    *out = &error->ICreateErrorInfo_iface;
    return S_OK;
}
