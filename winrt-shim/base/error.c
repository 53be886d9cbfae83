/* SPDX-License-Identifier: MIT */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <oleauto.h>
#include <restrictederrorinfo.h>

#include "object.h"
#include "src/port/memory.h"
#include "src/port/text.h"

/* Bytes of UTF-8; longer texts are cut. Room for the 512 UTF-16 characters of RoOriginateError. */
#define MESSAGE_SIZE (512 * 3 + 1)

struct error_info {
    IErrorInfo IErrorInfo_iface;
    IRestrictedErrorInfo IRestrictedErrorInfo_iface;

    struct object object;

    HRESULT error;
    BSTR message;
};

DEFINE_UNKNOWN(error_info, IErrorInfo)
DEFINE_UNKNOWN(error_info, IRestrictedErrorInfo)

static void error_info_destroy(void *instance)
{
    struct error_info *info = instance;

    SysFreeString(info->message);
}

static const struct object_interface error_info_interfaces[] = {
    OBJECT_INTERFACE(error_info, IErrorInfo),
    OBJECT_INTERFACE(error_info, IRestrictedErrorInfo),
};

static const struct object_class error_info_class =
    OBJECT_CLASS(error_info, NULL, error_info_destroy);

static HRESULT copy_bstr(BSTR from, BSTR *out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!from)
        return S_OK;
    *out = SysAllocStringLen(from, SysStringLen(from));
    return *out ? S_OK : E_OUTOFMEMORY;
}

/* What automation asks about beside the text, and nobody here has: nothing. */
static HRESULT STDMETHODCALLTYPE error_info_GetGUID(IErrorInfo *iface, GUID *guid)
{
    (void)iface;
    if (!guid)
        return E_POINTER;
    memset(guid, 0, sizeof(*guid));
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE error_info_GetSource(IErrorInfo *iface, BSTR *source)
{
    (void)iface;
    return copy_bstr(NULL, source);
}

static HRESULT STDMETHODCALLTYPE error_info_GetDescription(IErrorInfo *iface, BSTR *description)
{
    return copy_bstr(impl_from_IErrorInfo(iface)->message, description);
}

static HRESULT STDMETHODCALLTYPE error_info_GetHelpFile(IErrorInfo *iface, BSTR *file)
{
    (void)iface;
    return copy_bstr(NULL, file);
}

static HRESULT STDMETHODCALLTYPE error_info_GetHelpContext(IErrorInfo *iface, DWORD *context)
{
    (void)iface;
    if (!context)
        return E_POINTER;
    *context = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE error_info_GetErrorDetails(IRestrictedErrorInfo *iface,
                                                            BSTR *description, HRESULT *error,
                                                            BSTR *restricted_description,
                                                            BSTR *capability_sid)
{
    struct error_info *info = impl_from_IRestrictedErrorInfo(iface);
    HRESULT hr;

    if (!description || !error || !restricted_description || !capability_sid)
        return E_POINTER;
    *description = NULL;
    *restricted_description = NULL;
    *capability_sid = NULL;
    *error = info->error;
    hr = copy_bstr(info->message, description);
    if (FAILED(hr))
        return hr;
    hr = copy_bstr(info->message, restricted_description);
    if (FAILED(hr)) {
        SysFreeString(*description);
        *description = NULL;
    }
    return hr;
}

static HRESULT STDMETHODCALLTYPE error_info_GetReference(IRestrictedErrorInfo *iface,
                                                         BSTR *reference)
{
    (void)iface;
    return copy_bstr(NULL, reference);
}

static const struct IErrorInfoVtbl error_info_vtbl = {
    UNKNOWN_SLOTS(error_info, IErrorInfo),
    /* IErrorInfo methods */
    error_info_GetGUID,
    error_info_GetSource,
    error_info_GetDescription,
    error_info_GetHelpFile,
    error_info_GetHelpContext,
};

static const struct IRestrictedErrorInfoVtbl restricted_error_info_vtbl = {
    UNKNOWN_SLOTS(error_info, IRestrictedErrorInfo),
    /* IRestrictedErrorInfo methods */
    error_info_GetErrorDetails,
    error_info_GetReference,
};

static HRESULT error_info_create(HRESULT error, const char *message, IErrorInfo **out)
{
    struct error_info *info;
    char16_t *text = NULL;
    size_t length = 0;
    HRESULT hr = E_OUTOFMEMORY;

    *out = NULL;
    info = object_alloc(&error_info_class);
    if (!info)
        return hr;
    info->IErrorInfo_iface.lpVtbl = &error_info_vtbl;
    info->IRestrictedErrorInfo_iface.lpVtbl = &restricted_error_info_vtbl;
    info->error = error;
    if (text_utf16_from_utf8_lossy(message, strlen(message), &text, &length))
        goto done;
    info->message = SysAllocStringLen(text, (UINT)length);
    if (!info->message)
        goto done;
    *out = &info->IErrorInfo_iface;
    IErrorInfo_AddRef(*out);
    hr = S_OK;

done:
    memory_free(text);
    IErrorInfo_Release(&info->IErrorInfo_iface);
    return hr;
}

HRESULT error_originate(HRESULT error, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    IErrorInfo *info = NULL;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    if (SUCCEEDED(error_info_create(error, message, &info))) {
        SetErrorInfo(0, info);
        IErrorInfo_Release(info);
    }
    return error;
}

char *error_current_message(HRESULT error)
{
    BSTR description = NULL, restricted_description = NULL, capability_sid = NULL;
    IRestrictedErrorInfo *restricted = NULL;
    IErrorInfo *info = NULL;
    char *message = NULL;
    HRESULT about = S_OK;

    /* GetErrorInfo takes the info away from the thread, so it is put back below. */
    if (GetErrorInfo(0, &info) != S_OK)
        return NULL;
    if (FAILED(IErrorInfo_QueryInterface(info, &IID_IRestrictedErrorInfo, (void **)&restricted)))
        goto done;
    if (FAILED(IRestrictedErrorInfo_GetErrorDetails(restricted, &description, &about,
                                                    &restricted_description, &capability_sid)))
        goto done;
    if (about == error && description)
        text_utf8_from_utf16_lossy(description, SysStringLen(description), &message, NULL);

done:
    SysFreeString(capability_sid);
    SysFreeString(restricted_description);
    SysFreeString(description);
    if (restricted)
        IRestrictedErrorInfo_Release(restricted);
    SetErrorInfo(0, info);
    IErrorInfo_Release(info);
    return message;
}
