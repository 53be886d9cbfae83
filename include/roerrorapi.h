/* SPDX-License-Identifier: MIT */
/*
 * Stands before Wine's roerrorapi.h on the include path. Wine's declarations have no C linkage in
 * C++, and some functions are missing.
 */
#ifndef WINRT_INCLUDE_ROERRORAPI_H
#define WINRT_INCLUDE_ROERRORAPI_H

/* What Wine's header includes, so that it is not read inside extern "C". */
#include <hstring.h>
#include <restrictederrorinfo.h>
#include <rpc.h>

#ifdef __cplusplus
extern "C" {
#endif

#include_next <roerrorapi.h>

BOOL WINAPI RoOriginateErrorW(HRESULT error, UINT max_length, PCWSTR message);
BOOL WINAPI RoTransformError(HRESULT old_error, HRESULT new_error, HSTRING message);
BOOL WINAPI RoTransformErrorW(HRESULT old_error, HRESULT new_error, UINT max_length,
                              PCWSTR message);
HRESULT WINAPI SetRestrictedErrorInfo(IRestrictedErrorInfo *info);
HRESULT WINAPI RoGetErrorReportingFlags(UINT32 *flags);

#ifdef __cplusplus
}
#endif

#endif
