/* SPDX-License-Identifier: MIT */
/* The process and its threads (processthreadsapi.h). Any thread. */
#include <windows.h>

#include <stdlib.h>
#include <unistd.h>

/* GetCurrentProcess: a number that means this process wherever a process handle is wanted. */
HANDLE WINAPI GetCurrentProcess(void)
{
    return (HANDLE)(LONG_PTR)-1;
}

/* GetCurrentThread: the same for the calling thread. */
HANDLE WINAPI GetCurrentThread(void)
{
    return (HANDLE)(LONG_PTR)-2;
}

/* GetCurrentProcessId: the system's. */
DWORD WINAPI GetCurrentProcessId(void)
{
    return (DWORD)getpid();
}

/* GetCurrentThreadId: the system's. */
DWORD WINAPI GetCurrentThreadId(void)
{
    return (DWORD)gettid();
}

/* ExitProcess: as exit(), so that what runs in the background is stopped in order. */
VOID WINAPI ExitProcess(DWORD code)
{
    exit((int)code);
}
