/* SPDX-License-Identifier: MIT */
/* Stands before Wine's shobjidl_core.h on the include path, and adds what it lacks. */
#ifndef WINRT_INCLUDE_SHOBJIDL_CORE_H
#define WINRT_INCLUDE_SHOBJIDL_CORE_H

#include_next <shobjidl_core.h>

#ifdef __cplusplus
extern "C" {
#endif

HRESULT WINAPI SetCurrentProcessExplicitAppUserModelID(PCWSTR app_id);
HRESULT WINAPI GetCurrentProcessExplicitAppUserModelID(PWSTR *app_id);

#ifdef __cplusplus
}
#endif

#endif
