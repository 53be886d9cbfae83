/* SPDX-License-Identifier: MIT */
/* Critical sections, reader/writer locks, condition variables, one-time initialization. */
#include <windows.h>

#include "tests/support/check.h"
#include "tests/support/platform.h"
#include "tests/support/test_event.h"
#include "tests/support/test_main.h"
#include "tests/support/test_thread.h"

#define THREADS 6
#define ROUNDS  3000

static void run_threads(void (*run)(void *), void *argument)
{
    struct test_thread *threads[THREADS];
    int i;

    for (i = 0; i < THREADS; i++)
        threads[i] = test_thread_start(run, argument);
    for (i = 0; i < THREADS; i++)
        test_thread_join(threads[i]);
}

/* What another thread is told by a lock. */
struct attempt {
    BOOL (*try_it)(void *lock);
    void *lock;
    BOOL result;
};

static void run_attempt(void *argument)
{
    struct attempt *attempt = argument;

    attempt->result = attempt->try_it(attempt->lock);
}

static BOOL try_on_another_thread(BOOL (*try_it)(void *), void *lock)
{
    struct attempt attempt = { try_it, lock, FALSE };

    test_thread_run(run_attempt, &attempt);
    return attempt.result;
}

static BOOL try_section(void *section)
{
    if (!TryEnterCriticalSection(section))
        return FALSE;
    LeaveCriticalSection(section);
    return TRUE;
}

static BOOL try_exclusive(void *lock)
{
    if (!TryAcquireSRWLockExclusive(lock))
        return FALSE;
    ReleaseSRWLockExclusive(lock);
    return TRUE;
}

static BOOL try_shared(void *lock)
{
    if (!TryAcquireSRWLockShared(lock))
        return FALSE;
    ReleaseSRWLockShared(lock);
    return TRUE;
}

static void critical_section_is_recursive(void **state)
{
    CRITICAL_SECTION section;

    (void)state;
    InitializeCriticalSection(&section);
    EnterCriticalSection(&section);
    EnterCriticalSection(&section);
    assert_true(TryEnterCriticalSection(&section));
    assert_int_equal(section.RecursionCount, 3);
    LeaveCriticalSection(&section);
    LeaveCriticalSection(&section);
    assert_false(try_on_another_thread(try_section, &section));
    LeaveCriticalSection(&section);
    assert_true(try_on_another_thread(try_section, &section));
    DeleteCriticalSection(&section);
}

static void critical_section_remembers_its_spin_count(void **state)
{
    CRITICAL_SECTION section;

    (void)state;
    assert_true(InitializeCriticalSectionAndSpinCount(&section, 400));
    assert_int_equal(SetCriticalSectionSpinCount(&section, 500), 400);
    assert_int_equal(section.SpinCount, 500);
    DeleteCriticalSection(&section);
    assert_true(InitializeCriticalSectionEx(&section, 0, CRITICAL_SECTION_NO_DEBUG_INFO));
    EnterCriticalSection(&section);
    LeaveCriticalSection(&section);
    DeleteCriticalSection(&section);
}

struct counter {
    CRITICAL_SECTION section;
    SRWLOCK lock;
    CONDITION_VARIABLE changed;
    int count, wrong;
};

static void count_in_section(void *argument)
{
    struct counter *counter = argument;
    int i;

    for (i = 0; i < ROUNDS; i++) {
        EnterCriticalSection(&counter->section);
        counter->count++;
        LeaveCriticalSection(&counter->section);
    }
}

static void critical_section_excludes(void **state)
{
    struct counter counter = { .count = 0 };

    (void)state;
    InitializeCriticalSection(&counter.section);
    run_threads(count_in_section, &counter);
    assert_int_equal(counter.count, THREADS * ROUNDS);
    DeleteCriticalSection(&counter.section);
}

static void srw_lock_shares_and_excludes(void **state)
{
    SRWLOCK lock = SRWLOCK_INIT;

    (void)state;
    AcquireSRWLockShared(&lock);
    assert_true(try_on_another_thread(try_shared, &lock));
    assert_false(try_on_another_thread(try_exclusive, &lock));
    ReleaseSRWLockShared(&lock);
    AcquireSRWLockExclusive(&lock);
    assert_false(try_on_another_thread(try_shared, &lock));
    assert_false(try_on_another_thread(try_exclusive, &lock));
    ReleaseSRWLockExclusive(&lock);
    assert_true(try_on_another_thread(try_exclusive, &lock));
    assert_null(lock.Ptr);
    InitializeSRWLock(&lock);
    assert_null(lock.Ptr);
}

static void read_and_write(void *argument)
{
    struct counter *counter = argument;
    int i, wrong = 0;

    for (i = 0; i < ROUNDS; i++) {
        if (i % 4) {
            AcquireSRWLockShared(&counter->lock);
            if (counter->count % 2)
                wrong++;
            ReleaseSRWLockShared(&counter->lock);
        } else {
            AcquireSRWLockExclusive(&counter->lock);
            counter->count++;
            counter->count++;
            ReleaseSRWLockExclusive(&counter->lock);
        }
    }
    AcquireSRWLockExclusive(&counter->lock);
    counter->wrong += wrong;
    ReleaseSRWLockExclusive(&counter->lock);
}

static void srw_lock_under_load(void **state)
{
    struct counter counter = { .lock = SRWLOCK_INIT };

    (void)state;
    run_threads(read_and_write, &counter);
    assert_int_equal(counter.wrong, 0);
    assert_int_equal(counter.count, 2 * THREADS * ((ROUNDS + 3) / 4));
    assert_null(counter.lock.Ptr);
}

static void pass_on_by_section(void *argument)
{
    struct counter *counter = argument;

    EnterCriticalSection(&counter->section);
    counter->count++;
    WakeAllConditionVariable(&counter->changed);
    while (counter->count < THREADS) {
        if (!SleepConditionVariableCS(&counter->changed, &counter->section, TEST_WAIT_MS)) {
            counter->wrong++;
            break;
        }
    }
    LeaveCriticalSection(&counter->section);
}

static void condition_variable_with_a_section(void **state)
{
    struct counter counter = { .changed = CONDITION_VARIABLE_INIT };

    (void)state;
    InitializeCriticalSection(&counter.section);
    run_threads(pass_on_by_section, &counter);
    assert_int_equal(counter.wrong, 0);
    assert_int_equal(counter.count, THREADS);
    DeleteCriticalSection(&counter.section);
}

/* Threads take turns: who sees an even count makes it odd, and so on; each wakes one. */
static void take_turns(void *argument)
{
    struct counter *counter = argument;
    int i;

    AcquireSRWLockExclusive(&counter->lock);
    for (i = 0; i < 200; i++) {
        counter->count++;
        WakeConditionVariable(&counter->changed);
        SleepConditionVariableSRW(&counter->changed, &counter->lock, 0, 0);
    }
    ReleaseSRWLockExclusive(&counter->lock);
}

static void wait_shared(void *argument)
{
    struct counter *counter = argument;
    BOOL failed = FALSE;

    AcquireSRWLockShared(&counter->lock);
    while (!counter->count && !failed)
        failed = !SleepConditionVariableSRW(&counter->changed, &counter->lock, TEST_WAIT_MS,
                                            CONDITION_VARIABLE_LOCKMODE_SHARED);
    ReleaseSRWLockShared(&counter->lock);
    if (failed) {
        AcquireSRWLockExclusive(&counter->lock);
        counter->wrong++;
        ReleaseSRWLockExclusive(&counter->lock);
    }
}

static void set_count(void *argument)
{
    struct counter *counter = argument;

    AcquireSRWLockExclusive(&counter->lock);
    counter->count = 1;
    ReleaseSRWLockExclusive(&counter->lock);
    WakeAllConditionVariable(&counter->changed);
}

static void condition_variable_with_a_srw_lock(void **state)
{
    struct counter counter = { .lock = SRWLOCK_INIT };
    struct test_thread *waiters[THREADS], *setter;
    int i;

    (void)state;
    InitializeConditionVariable(&counter.changed);
    run_threads(take_turns, &counter);
    assert_int_equal(counter.count, THREADS * 200);

    counter.count = 0;
    for (i = 0; i < THREADS; i++)
        waiters[i] = test_thread_start(wait_shared, &counter);
    setter = test_thread_start(set_count, &counter);
    for (i = 0; i < THREADS; i++)
        test_thread_join(waiters[i]);
    test_thread_join(setter);
    assert_int_equal(counter.wrong, 0);
}

static void condition_variable_times_out(void **state)
{
    CONDITION_VARIABLE variable = CONDITION_VARIABLE_INIT;
    CRITICAL_SECTION section;
    SRWLOCK lock = SRWLOCK_INIT;

    (void)state;
    InitializeCriticalSection(&section);
    EnterCriticalSection(&section);
    SetLastError(0);
    assert_false(SleepConditionVariableCS(&variable, &section, 1));
    assert_int_equal(GetLastError(), ERROR_TIMEOUT);
    assert_false(try_on_another_thread(try_section, &section));
    LeaveCriticalSection(&section);
    AcquireSRWLockExclusive(&lock);
    SetLastError(0);
    assert_false(SleepConditionVariableSRW(&variable, &lock, 1, 0));
    assert_int_equal(GetLastError(), ERROR_TIMEOUT);
    assert_false(try_on_another_thread(try_exclusive, &lock));
    ReleaseSRWLockExclusive(&lock);
    DeleteCriticalSection(&section);
}

static void condition_variable_checks_its_flags(void **state)
{
    CONDITION_VARIABLE variable = CONDITION_VARIABLE_INIT;
    SRWLOCK lock = SRWLOCK_INIT;

    (void)state;
    skip_under_wine("SleepConditionVariableSRW takes any flags");
    AcquireSRWLockExclusive(&lock);
    SetLastError(0);
    assert_false(SleepConditionVariableSRW(&variable, &lock, 1, 8));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    assert_false(try_on_another_thread(try_exclusive, &lock));
    ReleaseSRWLockExclusive(&lock);
}

struct initialization {
    INIT_ONCE once;
    int calls;
    BOOL outcome;
    void *made;
};

static BOOL WINAPI initialize(PINIT_ONCE once, void *parameter, void **context)
{
    struct initialization *initialization = parameter;

    (void)once;
    initialization->calls++;
    *context = initialization->made;
    return initialization->outcome;
}

static void initialize_on_thread(void *argument)
{
    struct initialization *initialization = argument;
    void *context = NULL;

    if (!InitOnceExecuteOnce(&initialization->once, initialize, initialization, &context) ||
        context != initialization->made)
        __atomic_store_n(&initialization->outcome, FALSE, __ATOMIC_RELAXED);
}

static void init_once_runs_once(void **state)
{
    static int object;
    struct initialization initialization = { INIT_ONCE_STATIC_INIT, 0, TRUE, &object };

    (void)state;
    run_threads(initialize_on_thread, &initialization);
    assert_int_equal(initialization.calls, 1);
    assert_true(initialization.outcome);
}

static void init_once_is_tried_again_after_a_failure(void **state)
{
    static int object;
    struct initialization initialization = { INIT_ONCE_STATIC_INIT, 0, FALSE, &object };
    void *context = (void *)0xdead;
    BOOL pending = FALSE;

    (void)state;
    assert_false(InitOnceExecuteOnce(&initialization.once, initialize, &initialization, &context));
    assert_false(
        InitOnceBeginInitialize(&initialization.once, INIT_ONCE_CHECK_ONLY, &pending, &context));
    assert_int_equal(GetLastError(), ERROR_GEN_FAILURE);
    initialization.outcome = TRUE;
    assert_true(InitOnceExecuteOnce(&initialization.once, initialize, &initialization, &context));
    assert_ptr_equal(context, &object);
    assert_int_equal(initialization.calls, 2);
    assert_true(InitOnceExecuteOnce(&initialization.once, initialize, &initialization, NULL));
    assert_int_equal(initialization.calls, 2);
    assert_true(
        InitOnceBeginInitialize(&initialization.once, INIT_ONCE_CHECK_ONLY, &pending, &context));
    assert_false(pending);
}

static void init_once_step_by_step(void **state)
{
    INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    static int object;
    void *context = (void *)0xdead;
    BOOL pending = FALSE;

    (void)state;
    assert_true(InitOnceBeginInitialize(&once, 0, &pending, &context));
    assert_true(pending);
    assert_false(InitOnceBeginInitialize(&once, INIT_ONCE_ASYNC, &pending, &context));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    assert_false(InitOnceComplete(&once, 0, (char *)&object + 1));
    assert_true(InitOnceComplete(&once, INIT_ONCE_INIT_FAILED, NULL));
    assert_true(InitOnceBeginInitialize(&once, 0, &pending, &context));
    assert_true(InitOnceComplete(&once, 0, &object));
    assert_false(InitOnceComplete(&once, 0, &object));
    assert_true(InitOnceBeginInitialize(&once, 0, &pending, &context));
    assert_false(pending);
    assert_ptr_equal(context, &object);

    InitOnceInitialize(&once);
    assert_true(InitOnceBeginInitialize(&once, INIT_ONCE_ASYNC, &pending, NULL));
    assert_true(InitOnceBeginInitialize(&once, INIT_ONCE_ASYNC, &pending, NULL));
    assert_true(pending);
    assert_true(InitOnceComplete(&once, INIT_ONCE_ASYNC, &object));
    assert_false(InitOnceComplete(&once, INIT_ONCE_ASYNC, &object));
    assert_int_equal(GetLastError(), ERROR_GEN_FAILURE);
    assert_false(
        InitOnceBeginInitialize(&once, INIT_ONCE_ASYNC | INIT_ONCE_CHECK_ONLY, &pending, NULL));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(critical_section_is_recursive),
    cmocka_unit_test(critical_section_remembers_its_spin_count),
    cmocka_unit_test(critical_section_excludes),
    cmocka_unit_test(srw_lock_shares_and_excludes),
    cmocka_unit_test(srw_lock_under_load),
    cmocka_unit_test(condition_variable_with_a_section),
    cmocka_unit_test(condition_variable_with_a_srw_lock),
    cmocka_unit_test(condition_variable_times_out),
    cmocka_unit_test(condition_variable_checks_its_flags),
    cmocka_unit_test(init_once_runs_once),
    cmocka_unit_test(init_once_is_tried_again_after_a_failure),
    cmocka_unit_test(init_once_step_by_step),
};

TEST_MAIN(tests)
