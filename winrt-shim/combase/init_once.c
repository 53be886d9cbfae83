/* SPDX-License-Identifier: MIT */
/*
 * One-time initialization (synchapi.h): one pointer, whose low bits are the state and whose other
 * bits are the context that the initialization left. Those who wait sleep on a counter that all
 * share.
 */
#include <windows.h>

#include <stdbool.h>

#include "winrt-shim/combase/deadline.h"
#include "winrt-shim/combase/futex.h"

#define STATE_MASK ((ULONG_PTR)3)

enum state {
    STATE_NONE = 0,
    STATE_RUNNING = 1, /* one thread initializes, others wait */
    STATE_DONE = 2,
    STATE_RACING = 3, /* asynchronous: several may initialize, the first to complete wins */
};

static futex_word completions;

static ULONG_PTR load(PINIT_ONCE once)
{
    return (ULONG_PTR)__atomic_load_n(&once->Ptr, __ATOMIC_ACQUIRE);
}

static bool change(PINIT_ONCE once, enum state from, ULONG_PTR to)
{
    PVOID expected = (PVOID)(ULONG_PTR)from;

    return __atomic_compare_exchange_n(&once->Ptr, &expected, (PVOID)to, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE);
}

static BOOL fail(DWORD error)
{
    SetLastError(error);
    return FALSE;
}

static BOOL done(ULONG_PTR value, PBOOL pending, LPVOID *context)
{
    *pending = FALSE;
    if (context)
        *context = (LPVOID)(value & ~STATE_MASK);
    return TRUE;
}

static void wait_while_running(PINIT_ONCE once)
{
    uint32_t seen = __atomic_load_n(&completions, __ATOMIC_ACQUIRE);

    if ((load(once) & STATE_MASK) == STATE_RUNNING)
        futex_wait(&completions, seen, DEADLINE_NEVER);
}

static void wake_waiting(void)
{
    __atomic_add_fetch(&completions, 1, __ATOMIC_RELEASE);
    futex_wake(&completions, FUTEX_ALL);
}

/* InitOnceInitialize: the same as INIT_ONCE_STATIC_INIT. */
VOID WINAPI InitOnceInitialize(PINIT_ONCE once)
{
    once->Ptr = NULL;
}

/*
 * InitOnceBeginInitialize: *pending says whether the caller is to initialize. With
 * INIT_ONCE_CHECK_ONLY, FALSE and ERROR_GEN_FAILURE as long as that is not done.
 * ERROR_INVALID_PARAMETER for flags that do not fit one another or a begun initialization.
 */
BOOL WINAPI InitOnceBeginInitialize(PINIT_ONCE once, DWORD flags, PBOOL pending, LPVOID *context)
{
    enum state begun = (flags & INIT_ONCE_ASYNC) ? STATE_RACING : STATE_RUNNING;
    ULONG_PTR value;

    if (!pending || flags & ~(INIT_ONCE_CHECK_ONLY | INIT_ONCE_ASYNC) ||
        flags == (INIT_ONCE_CHECK_ONLY | INIT_ONCE_ASYNC))
        return fail(ERROR_INVALID_PARAMETER);
    *pending = TRUE;
    if (context)
        *context = NULL;

    for (;;) {
        value = load(once);
        if ((value & STATE_MASK) == STATE_DONE)
            return done(value, pending, context);
        if (flags & INIT_ONCE_CHECK_ONLY)
            return fail(ERROR_GEN_FAILURE);
        if (value == STATE_NONE) {
            if (change(once, STATE_NONE, begun))
                return TRUE;
        } else if ((value & STATE_MASK) != begun) {
            return fail(ERROR_INVALID_PARAMETER);
        } else if (begun == STATE_RACING) {
            return TRUE;
        } else {
            wait_while_running(once);
        }
    }
}

/*
 * InitOnceComplete: `context` has its two low bits clear. With INIT_ONCE_INIT_FAILED somebody else
 * is to try. FALSE and ERROR_GEN_FAILURE for the loser of an asynchronous race,
 * ERROR_INVALID_PARAMETER.
 */
BOOL WINAPI InitOnceComplete(PINIT_ONCE once, DWORD flags, LPVOID context)
{
    ULONG_PTR value = (ULONG_PTR)context;

    if (value & STATE_MASK)
        return fail(ERROR_INVALID_PARAMETER);
    switch (flags) {
    case 0:
        if (!change(once, STATE_RUNNING, value | STATE_DONE))
            return fail(ERROR_INVALID_PARAMETER);
        break;
    case INIT_ONCE_INIT_FAILED:
        if (value || !change(once, STATE_RUNNING, STATE_NONE))
            return fail(ERROR_INVALID_PARAMETER);
        break;
    case INIT_ONCE_ASYNC:
        if (!change(once, STATE_RACING, value | STATE_DONE))
            return fail((load(once) & STATE_MASK) == STATE_DONE ? ERROR_GEN_FAILURE
                                                                : ERROR_INVALID_PARAMETER);
        break;
    default:
        return fail(ERROR_INVALID_PARAMETER);
    }
    wake_waiting();
    return TRUE;
}

/* InitOnceExecuteOnce: FALSE if this call's initialization failed; the next call
 * tries again then. */
BOOL WINAPI InitOnceExecuteOnce(PINIT_ONCE once, PINIT_ONCE_FN initialize, PVOID parameter,
                                LPVOID *context)
{
    LPVOID made = NULL;
    BOOL pending;

    if (!InitOnceBeginInitialize(once, 0, &pending, context))
        return FALSE;
    if (!pending)
        return TRUE;
    if (!initialize(once, parameter, &made)) {
        InitOnceComplete(once, INIT_ONCE_INIT_FAILED, NULL);
        return FALSE;
    }
    if (!InitOnceComplete(once, 0, made)) {
        InitOnceComplete(once, INIT_ONCE_INIT_FAILED, NULL);
        return fail(ERROR_INVALID_PARAMETER);
    }
    if (context)
        *context = made;
    return TRUE;
}
