/* SPDX-License-Identifier: MIT */
/*
 * Condition variables (synchapi.h): one pointer, of which the first 32 bits count the wakes. A
 * sleeper notes the count before it gives up its lock, so no wake in between is missed. A sleep may
 * end for no reason, as documented.
 */
#include <windows.h>

#include "winrt-shim/combase/deadline.h"
#include "winrt-shim/combase/futex.h"

static futex_word *word_of(CONDITION_VARIABLE *variable)
{
    return (futex_word *)&variable->Ptr;
}

static uint32_t get_count(CONDITION_VARIABLE *variable)
{
    return __atomic_load_n(word_of(variable), __ATOMIC_ACQUIRE);
}

static BOOL sleep_until(CONDITION_VARIABLE *variable, uint32_t count, uint64_t deadline)
{
    if (futex_wait(word_of(variable), count, deadline))
        return TRUE;
    SetLastError(ERROR_TIMEOUT);
    return FALSE;
}

static void wake(CONDITION_VARIABLE *variable, int threads)
{
    __atomic_add_fetch(word_of(variable), 1, __ATOMIC_RELEASE);
    futex_wake(word_of(variable), threads);
}

/* InitializeConditionVariable: the same as CONDITION_VARIABLE_INIT. */
VOID WINAPI InitializeConditionVariable(PCONDITION_VARIABLE variable)
{
    variable->Ptr = NULL;
}

/*
 * SleepConditionVariableCS: the caller owns the section, once, and owns it again on return.
 * FALSE and ERROR_TIMEOUT when the time is over.
 */
BOOL WINAPI SleepConditionVariableCS(PCONDITION_VARIABLE variable, PCRITICAL_SECTION section,
                                     DWORD milliseconds)
{
    uint64_t deadline = deadline_after(milliseconds);
    uint32_t count = get_count(variable);
    BOOL woken;

    LeaveCriticalSection(section);
    woken = sleep_until(variable, count, deadline);
    EnterCriticalSection(section);
    return woken;
}

/*
 * SleepConditionVariableSRW: as SleepConditionVariableCS, with a lock held exclusively, or shared
 * with CONDITION_VARIABLE_LOCKMODE_SHARED. ERROR_INVALID_PARAMETER for other flags.
 */
BOOL WINAPI SleepConditionVariableSRW(PCONDITION_VARIABLE variable, PSRWLOCK lock,
                                      DWORD milliseconds, ULONG flags)
{
    uint64_t deadline = deadline_after(milliseconds);
    uint32_t count = get_count(variable);
    BOOL woken;

    if (flags & ~CONDITION_VARIABLE_LOCKMODE_SHARED) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    if (flags & CONDITION_VARIABLE_LOCKMODE_SHARED)
        ReleaseSRWLockShared(lock);
    else
        ReleaseSRWLockExclusive(lock);
    woken = sleep_until(variable, count, deadline);
    if (flags & CONDITION_VARIABLE_LOCKMODE_SHARED)
        AcquireSRWLockShared(lock);
    else
        AcquireSRWLockExclusive(lock);
    return woken;
}

/* WakeConditionVariable */
VOID WINAPI WakeConditionVariable(PCONDITION_VARIABLE variable)
{
    wake(variable, 1);
}

/* WakeAllConditionVariable */
VOID WINAPI WakeAllConditionVariable(PCONDITION_VARIABLE variable)
{
    wake(variable, FUTEX_ALL);
}
