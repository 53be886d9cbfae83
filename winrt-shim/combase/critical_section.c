/* SPDX-License-Identifier: MIT */
/*
 * Critical sections (synchapi.h): recursive locks. LockCount is the word that threads sleep on;
 * spinning does not pay for waits as these, so a spin count is only remembered.
 */
#include <windows.h>

#include <string.h>

#include "winrt-shim/combase/deadline.h"
#include "winrt-shim/combase/futex.h"

/* Values of LockCount. */
#define UNLOCKED ((uint32_t)-1)
#define LOCKED   0
#define AWAITED  1 /* locked, and perhaps somebody sleeps */

static futex_word *word_of(CRITICAL_SECTION *section)
{
    return (futex_word *)&section->LockCount;
}

/* Tells living threads apart, also in a forked child. */
static HANDLE own_mark(void)
{
    static _Thread_local char mark;

    return (HANDLE)&mark;
}

/* Already owned: one time more. */
static BOOL enter_again(CRITICAL_SECTION *section)
{
    if (__atomic_load_n(&section->OwningThread, __ATOMIC_RELAXED) != own_mark())
        return FALSE;
    section->RecursionCount++;
    return TRUE;
}

static void become_owner(CRITICAL_SECTION *section)
{
    __atomic_store_n(&section->OwningThread, own_mark(), __ATOMIC_RELAXED);
    section->RecursionCount = 1;
}

static BOOL try_lock(CRITICAL_SECTION *section)
{
    uint32_t expected = UNLOCKED;

    return __atomic_compare_exchange_n(word_of(section), &expected, LOCKED, false, __ATOMIC_ACQUIRE,
                                       __ATOMIC_RELAXED);
}

/* InitializeCriticalSectionEx: always succeeds; needs no memory. */
BOOL WINAPI InitializeCriticalSectionEx(CRITICAL_SECTION *section, DWORD spin_count, DWORD flags)
{
    (void)flags;
    memset(section, 0, sizeof(*section));
    section->LockCount = (LONG)UNLOCKED;
    section->SpinCount = spin_count;
    return TRUE;
}

/* InitializeCriticalSectionAndSpinCount */
BOOL WINAPI InitializeCriticalSectionAndSpinCount(CRITICAL_SECTION *section, DWORD spin_count)
{
    return InitializeCriticalSectionEx(section, spin_count, 0);
}

/* InitializeCriticalSection */
void WINAPI InitializeCriticalSection(CRITICAL_SECTION *section)
{
    InitializeCriticalSectionEx(section, 0, 0);
}

/* SetCriticalSectionSpinCount: the count before. */
DWORD WINAPI SetCriticalSectionSpinCount(CRITICAL_SECTION *section, DWORD spin_count)
{
    return (DWORD)__atomic_exchange_n(&section->SpinCount, spin_count, __ATOMIC_RELAXED);
}

/* DeleteCriticalSection: nobody may own it or wait for it. */
void WINAPI DeleteCriticalSection(CRITICAL_SECTION *section)
{
    InitializeCriticalSection(section);
}

/* EnterCriticalSection */
void WINAPI EnterCriticalSection(CRITICAL_SECTION *section)
{
    if (enter_again(section))
        return;
    if (!try_lock(section))
        while (__atomic_exchange_n(word_of(section), AWAITED, __ATOMIC_ACQUIRE) != UNLOCKED)
            futex_wait(word_of(section), AWAITED, DEADLINE_NEVER);
    become_owner(section);
}

/* TryEnterCriticalSection: FALSE if another thread owns it. */
BOOL WINAPI TryEnterCriticalSection(CRITICAL_SECTION *section)
{
    if (enter_again(section))
        return TRUE;
    if (!try_lock(section))
        return FALSE;
    become_owner(section);
    return TRUE;
}

/* LeaveCriticalSection: by the owner, once for each time it entered. */
void WINAPI LeaveCriticalSection(CRITICAL_SECTION *section)
{
    if (--section->RecursionCount)
        return;
    __atomic_store_n(&section->OwningThread, NULL, __ATOMIC_RELAXED);
    if (__atomic_exchange_n(word_of(section), UNLOCKED, __ATOMIC_RELEASE) == AWAITED)
        futex_wake(word_of(section), 1);
}
