/* SPDX-License-Identifier: MIT */
/*
 * Errors as WinRT clients read them: an HRESULT, and a text in an object with IErrorInfo and
 * IRestrictedErrorInfo that SetErrorInfo puts on the calling thread before the failure is returned.
 */
#ifndef WINRT_BASE_ERROR_H
#define WINRT_BASE_ERROR_H

#include <windows.h>

#include <native_format.h>

#include "src/port/status.h"

/* What every call answers in a child that was forked from a process that used the runtime: its
 * threads are gone. */
#define HRESULT_IN_FORKED_CHILD RPC_E_DISCONNECTED

/* Sets the thread's error info to `format`… (UTF-8, printf) and returns `error`, also when that was
   impossible. The text says what happened, to what, and never a secret. */
HRESULT error_originate(HRESULT error, const char *format, ...)
    __attribute__((format(NATIVE_PRINTF, 2, 3)));

/* New UTF-8 text of the thread's error info if it is about `error`, else NULL; the info stays.
 * Caller frees. */
char *error_current_message(HRESULT error);

/* The one table from the platform's status to HRESULT. */
HRESULT hresult_from_status(enum port_status status);

#endif
