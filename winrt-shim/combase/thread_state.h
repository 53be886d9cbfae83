/* SPDX-License-Identifier: MIT */
/* What the runtime keeps for a thread; given back when the thread ends. */
#ifndef WINRT_COMBASE_THREAD_STATE_H
#define WINRT_COMBASE_THREAD_STATE_H

#include <stdbool.h>

#include <windows.h>
#include <oaidl.h>

struct thread_state {
    bool watched;       /* its end is noticed */
    bool multithreaded; /* kind of the apartment; only with init_count */
    ULONG init_count;   /* calls of RoInitialize and CoInitializeEx that stand out */
    IErrorInfo *error_info;
};

/* The calling thread's; never NULL. */
struct thread_state *thread_state_get(void);

#endif
