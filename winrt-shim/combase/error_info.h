/* SPDX-License-Identifier: MIT */
#ifndef WINRT_COMBASE_ERROR_INFO_H
#define WINRT_COMBASE_ERROR_INFO_H

#include "winrt-shim/combase/thread_state.h"

/* Replaces the thread's error object; takes a reference of its own. `info` may be NULL. */
void error_info_set(struct thread_state *thread, IErrorInfo *info);

#endif
