/* SPDX-License-Identifier: MIT */
/* The calling thread's error object (oleauto.h, roerrorapi.h). */
#include "winrt-shim/combase/error_info.h"

#include <oleauto.h>
#include <roerrorapi.h>
#include <winstring.h>

#include "src/port/memory.h"
#include "src/port/text.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/combase/runtime.h"

#define MESSAGE_LIMIT 512 /* characters; what is behind them is cut off */

#define KNOWN_FLAGS                                                               \
    (RO_ERROR_REPORTING_SUPPRESSEXCEPTIONS | RO_ERROR_REPORTING_FORCEEXCEPTIONS | \
     RO_ERROR_REPORTING_USESETERRORINFO | RO_ERROR_REPORTING_SUPPRESSSETERRORINFO)

void error_info_set(struct thread_state *thread, IErrorInfo *info)
{
    IErrorInfo *old = thread->error_info;

    if (info)
        IErrorInfo_AddRef(info);
    thread->error_info = info;
    if (old)
        IErrorInfo_Release(old);
}

/* SetErrorInfo: NULL clears. E_INVALIDARG for `reserved`. */
HRESULT WINAPI SetErrorInfo(ULONG reserved, IErrorInfo *info)
{
    if (reserved)
        return E_INVALIDARG;
    error_info_set(thread_state_get(), info);
    return S_OK;
}

/* GetErrorInfo: hands the object over, and the thread has none any more. S_FALSE and NULL if there
 * is none. */
HRESULT WINAPI GetErrorInfo(ULONG reserved, IErrorInfo **out)
{
    struct thread_state *thread = thread_state_get();

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (reserved)
        return E_INVALIDARG;
    *out = thread->error_info;
    thread->error_info = NULL;
    return *out ? S_OK : S_FALSE;
}

/*
 * GetRestrictedErrorInfo: as GetErrorInfo. An error object that is not IRestrictedErrorInfo stays,
 * and the answer is S_FALSE.
 */
HRESULT WINAPI GetRestrictedErrorInfo(IRestrictedErrorInfo **out)
{
    struct thread_state *thread = thread_state_get();

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!thread->error_info ||
        FAILED(IErrorInfo_QueryInterface(thread->error_info, &IID_IRestrictedErrorInfo,
                                         (void **)out))) {
        *out = NULL;
        return S_FALSE;
    }
    error_info_set(thread, NULL);
    return S_OK;
}

/* SetRestrictedErrorInfo: NULL clears. E_NOINTERFACE for an object without IErrorInfo. */
HRESULT WINAPI SetRestrictedErrorInfo(IRestrictedErrorInfo *info)
{
    struct thread_state *thread = thread_state_get();
    IErrorInfo *error_info;
    HRESULT hr;

    if (!info) {
        error_info_set(thread, NULL);
        return S_OK;
    }
    if (FAILED(
            hr = IRestrictedErrorInfo_QueryInterface(info, &IID_IErrorInfo, (void **)&error_info)))
        return hr;
    error_info_set(thread, error_info);
    IErrorInfo_Release(error_info);
    return S_OK;
}

/*
 * What the four functions below do. There is no debugger to tell; the text goes into the thread's
 * error object unless the flags forbid that. A message of NULL means the generic text, of which
 * there is none here but the number; an empty one reports nothing.
 */
static BOOL originate(HRESULT error, const WCHAR *message, UINT limit)
{
    UINT32 flags = runtime_lock()->error_reporting;
    UINT length = 0;
    char *text;

    runtime_unlock();
    if (flags & RO_ERROR_REPORTING_SUPPRESSSETERRORINFO ||
        !(flags & RO_ERROR_REPORTING_USESETERRORINFO))
        return message && *message;
    if (!message) {
        error_originate(error, "Error 0x%08x", (unsigned)error);
        return FALSE;
    }
    if (!limit || limit > MESSAGE_LIMIT)
        limit = MESSAGE_LIMIT;
    while (length < limit && message[length])
        length++;
    if (!length || text_utf8_from_utf16_lossy(message, length, &text, NULL))
        return FALSE;
    error_originate(error, "%s", text);
    memory_free(text);
    return TRUE;
}

/*
 * RoOriginateErrorW: FALSE and nothing done for a success code; FALSE for a message that is NULL or
 * empty. At most `max_length` characters count, 512 if that is 0 or more.
 */
BOOL WINAPI RoOriginateErrorW(HRESULT error, UINT max_length, PCWSTR message)
{
    return FAILED(error) && originate(error, message, max_length);
}

/* RoOriginateError */
BOOL WINAPI RoOriginateError(HRESULT error, HSTRING message)
{
    return FAILED(error) &&
           originate(error, message ? WindowsGetStringRawBuffer(message, NULL) : NULL, 0);
}

/* RoTransformErrorW: nothing is done if both are the same or both success codes. */
BOOL WINAPI RoTransformErrorW(HRESULT old_error, HRESULT new_error, UINT max_length, PCWSTR message)
{
    if (old_error == new_error || (SUCCEEDED(old_error) && SUCCEEDED(new_error)))
        return FALSE;
    return originate(new_error, message, max_length);
}

/* RoTransformError */
BOOL WINAPI RoTransformError(HRESULT old_error, HRESULT new_error, HSTRING message)
{
    return RoTransformErrorW(old_error, new_error, 0,
                             message ? WindowsGetStringRawBuffer(message, NULL) : NULL);
}

/* RoSetErrorReportingFlags: RO_ERROR_REPORTING_USESETERRORINFO is in force at the start.
 * E_INVALIDARG for others. */
HRESULT WINAPI RoSetErrorReportingFlags(UINT32 flags)
{
    if (flags & ~KNOWN_FLAGS)
        return E_INVALIDARG;
    runtime_lock()->error_reporting = flags;
    runtime_unlock();
    return S_OK;
}

/* RoGetErrorReportingFlags */
HRESULT WINAPI RoGetErrorReportingFlags(UINT32 *flags)
{
    if (!flags)
        return E_POINTER;
    *flags = runtime_lock()->error_reporting;
    runtime_unlock();
    return S_OK;
}
