/* SPDX-License-Identifier: MIT */
/* Clocks and sleeping (sysinfoapi.h, profileapi.h, synchapi.h). Any thread. */
#include <windows.h>

#include <sched.h>
#include <time.h>

#include "src/port/clock.h"
#include "winrt-shim/combase/deadline.h"

/* As on Windows, so that a program may multiply a count by a million and still be
 * right after days. */
#define TICKS_PER_SECOND 10000000
#define NS_PER_TICK      (1000000000 / TICKS_PER_SECOND)

/* GetTickCount64: milliseconds since the system was started. */
ULONGLONG WINAPI GetTickCount64(void)
{
    return clock_monotonic_ms();
}

/* GetTickCount: the same, which wraps around after 49.7 days. */
DWORD WINAPI GetTickCount(void)
{
    return (DWORD)clock_monotonic_ms();
}

/* QueryPerformanceCounter: in units of 100 ns. */
BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER *count)
{
    count->QuadPart = (LONGLONG)(clock_monotonic_ns() / NS_PER_TICK);
    return TRUE;
}

/* QueryPerformanceFrequency: counts a second. */
BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER *frequency)
{
    frequency->QuadPart = TICKS_PER_SECOND;
    return TRUE;
}

/* GetSystemTimePreciseAsFileTime: units of 100 ns since 1601 (UTC). */
VOID WINAPI GetSystemTimePreciseAsFileTime(LPFILETIME time)
{
    ULONGLONG now = (ULONGLONG)clock_universal_time();

    time->dwLowDateTime = (DWORD)now;
    time->dwHighDateTime = (DWORD)(now >> 32);
}

/* GetSystemTimeAsFileTime */
VOID WINAPI GetSystemTimeAsFileTime(LPFILETIME time)
{
    GetSystemTimePreciseAsFileTime(time);
}

static void sleep_until(uint64_t deadline_ns)
{
    struct timespec deadline = {
        .tv_sec = (time_t)(deadline_ns / 1000000000),
        .tv_nsec = (long)(deadline_ns % 1000000000),
    };

    /* A signal handler that ran in between does not end the sleep. */
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL))
        ;
}

/* SleepEx: 0 milliseconds yields, INFINITE never returns. Always 0: nothing is ever queued to the
 * thread. */
DWORD WINAPI SleepEx(DWORD milliseconds, BOOL alertable)
{
    (void)alertable;
    if (milliseconds == INFINITE) {
        for (;;)
            sleep_until(deadline_after(INFINITE - 1));
    }
    if (milliseconds)
        sleep_until(deadline_after(milliseconds));
    else
        sched_yield();
    return 0;
}

/* Sleep */
VOID WINAPI Sleep(DWORD milliseconds)
{
    SleepEx(milliseconds, FALSE);
}

/* SwitchToThread: whether another thread ran is not known here; TRUE means that it was given the
 * chance. */
BOOL WINAPI SwitchToThread(void)
{
    return !sched_yield();
}
