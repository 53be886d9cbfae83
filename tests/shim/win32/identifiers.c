/* SPDX-License-Identifier: MIT */
/* The C library's, and the kernel's for a handle. */
#include "../identifiers.h"

#include <process.h>

#include <windows.h>

unsigned process_identifier(void)
{
    return (unsigned)_getpid();
}

unsigned thread_identifier(void)
{
    return GetThreadId(GetCurrentThread());
}
