/* SPDX-License-Identifier: MIT */
/*
 * Slim reader/writer locks (synchapi.h): one pointer, zero when free; not recursive. Once somebody
 * has to wait, later readers wait too, so that a stream of readers cannot hold up a writer.
 */
#include <windows.h>

#include "winrt-shim/combase/deadline.h"
#include "winrt-shim/combase/futex.h"

#define WRITER  1u
#define WAITERS 2u /* somebody sleeps; cleared when the lock gets free and wakes all of them */
#define READER  4u /* one reader; the rest of the word counts them */
#define READERS (~(READER - 1))

static futex_word *word_of(SRWLOCK *lock)
{
    return (futex_word *)&lock->Ptr;
}

/* From `state` to `next`; on failure, `state` is what the word really is. */
static BOOL change(futex_word *word, uint32_t *state, uint32_t next)
{
    return __atomic_compare_exchange_n(word, state, next, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_RELAXED);
}

/* Sleeps until the lock may be free. `state` is what kept the caller from having it. */
static void sleep_on(futex_word *word, uint32_t state)
{
    if (state & WAITERS || change(word, &state, state | WAITERS))
        futex_wait(word, state | WAITERS, DEADLINE_NEVER);
}

/* Both give the state that is in the way, or 0. */
static uint32_t try_exclusive(futex_word *word)
{
    uint32_t state = 0;

    return change(word, &state, WRITER) ? 0 : state;
}

static uint32_t try_shared(futex_word *word)
{
    uint32_t state = __atomic_load_n(word, __ATOMIC_RELAXED);

    while (!(state & (WRITER | WAITERS)))
        if (change(word, &state, state + READER))
            return 0;
    return state;
}

/* InitializeSRWLock: the same as SRWLOCK_INIT. */
VOID WINAPI InitializeSRWLock(PSRWLOCK lock)
{
    lock->Ptr = NULL;
}

/* AcquireSRWLockExclusive */
VOID WINAPI AcquireSRWLockExclusive(PSRWLOCK lock)
{
    uint32_t state;

    while ((state = try_exclusive(word_of(lock))))
        sleep_on(word_of(lock), state);
}

/* AcquireSRWLockShared */
VOID WINAPI AcquireSRWLockShared(PSRWLOCK lock)
{
    uint32_t state;

    while ((state = try_shared(word_of(lock))))
        sleep_on(word_of(lock), state);
}

/* TryAcquireSRWLockExclusive */
BOOLEAN WINAPI TryAcquireSRWLockExclusive(PSRWLOCK lock)
{
    return !try_exclusive(word_of(lock));
}

/* TryAcquireSRWLockShared */
BOOLEAN WINAPI TryAcquireSRWLockShared(PSRWLOCK lock)
{
    return !try_shared(word_of(lock));
}

/* ReleaseSRWLockExclusive */
VOID WINAPI ReleaseSRWLockExclusive(PSRWLOCK lock)
{
    if (__atomic_exchange_n(word_of(lock), 0, __ATOMIC_RELEASE) & WAITERS)
        futex_wake(word_of(lock), FUTEX_ALL);
}

/* ReleaseSRWLockShared */
VOID WINAPI ReleaseSRWLockShared(PSRWLOCK lock)
{
    futex_word *word = word_of(lock);
    uint32_t state = __atomic_load_n(word, __ATOMIC_RELAXED), next;

    do {
        next = state - READER;
        if (!(next & READERS))
            next = 0;
    } while (!change(word, &state, next));
    if (!next && state & WAITERS)
        futex_wake(word, FUTEX_ALL);
}
