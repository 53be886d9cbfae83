/* SPDX-License-Identifier: MIT */
/* The calling thread's last error (errhandlingapi.h). */
#include <windows.h>

static _Thread_local DWORD last_error;

/* GetLastError */
DWORD WINAPI GetLastError(void)
{
    return last_error;
}

/* SetLastError */
VOID WINAPI SetLastError(DWORD error)
{
    last_error = error;
}
