/* SPDX-License-Identifier: MIT */
/* Events, handles, and waits for one, any and all, from several threads. */
#include <windows.h>

#include "tests/support/check.h"
#include "tests/support/platform.h"
#include "tests/support/test_event.h"
#include "tests/support/test_main.h"
#include "tests/support/test_thread.h"

static HANDLE make_event(BOOL manual_reset, BOOL signaled)
{
    HANDLE event = CreateEventW(NULL, manual_reset, signaled, NULL);

    assert_non_null(event);
    return event;
}

static void automatic_event_is_taken_once(void **state)
{
    HANDLE event = make_event(FALSE, TRUE);

    (void)state;
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    assert_true(SetEvent(event));
    assert_true(SetEvent(event));
    assert_int_equal(WaitForSingleObjectEx(event, INFINITE, TRUE), WAIT_OBJECT_0);
    assert_int_equal(WaitForSingleObject(event, 1), WAIT_TIMEOUT);
    assert_true(CloseHandle(event));
}

static void manual_event_stays(void **state)
{
    HANDLE event = make_event(TRUE, FALSE);

    (void)state;
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    assert_true(SetEvent(event));
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    assert_int_equal(WaitForSingleObject(event, INFINITE), WAIT_OBJECT_0);
    assert_true(ResetEvent(event));
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    assert_true(CloseHandle(event));
}

static void all_ways_to_make_an_event(void **state)
{
    HANDLE event;

    (void)state;
    event = CreateEventA(NULL, FALSE, TRUE, NULL);
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    assert_true(CloseHandle(event));
    event = CreateEventExW(NULL, NULL, CREATE_EVENT_MANUAL_RESET | CREATE_EVENT_INITIAL_SET,
                           EVENT_ALL_ACCESS);
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    assert_true(CloseHandle(event));
    event = CreateEventExA(NULL, NULL, 0, EVENT_ALL_ACCESS);
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    assert_true(CloseHandle(event));
}

static void event_flags_are_checked(void **state)
{
    (void)state;
    skip_under_wine("CreateEventEx takes any flags");
    assert_null(CreateEventExW(NULL, NULL, 0x10, EVENT_ALL_ACCESS));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void named_events_are_not_supported(void **state)
{
    (void)state;
    skip_but_natively("Windows has named events");
    assert_null(CreateEventW(NULL, FALSE, FALSE, u"name"));
    assert_int_equal(GetLastError(), ERROR_NOT_SUPPORTED);
    assert_null(CreateEventA(NULL, FALSE, FALSE, "name"));
}

static void closed_handles_are_refused(void **state)
{
    HANDLE closed = make_event(TRUE, TRUE);

    (void)state;
    assert_true(CloseHandle(closed));
    assert_false(SetEvent(closed));
    assert_int_equal(GetLastError(), ERROR_INVALID_HANDLE);
    SetLastError(0);
    assert_false(CloseHandle(closed));
    assert_int_equal(GetLastError(), ERROR_INVALID_HANDLE);
}

static void bad_handles_are_refused(void **state)
{
    HANDLE fresh = make_event(TRUE, TRUE);
    const HANDLE bad[] = { NULL, (HANDLE)0xdeadbeef, (HANDLE)&fresh, (HANDLE)3 };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        SetLastError(0);
        assert_int_equal(WaitForSingleObject(bad[i], 0), WAIT_FAILED);
        assert_int_equal(GetLastError(), ERROR_INVALID_HANDLE);
        assert_false(SetEvent(bad[i]));
        assert_false(ResetEvent(bad[i]));
    }
    assert_false(CloseHandle(NULL));
    assert_false(CloseHandle((HANDLE)&fresh));
    SetLastError(0);
    assert_false(SetEvent(INVALID_HANDLE_VALUE));
    assert_int_equal(GetLastError(), ERROR_INVALID_HANDLE);
    assert_true(CloseHandle(GetCurrentProcess()));
    assert_true(CloseHandle(fresh));
}

static void handles_are_reused_but_never_equal_soon(void **state)
{
    HANDLE before = NULL;
    int i;

    (void)state;
    skip_but_natively("Windows may give a handle's value to the next object");
    for (i = 0; i < 1000; i++) {
        HANDLE event = make_event(FALSE, FALSE);

        assert_ptr_not_equal(event, before);
        assert_int_equal((ULONG_PTR)event & 3, 0);
        assert_true(CloseHandle(event));
        before = event;
    }
}

/* Not even when there is something else in its place. */
static void closed_handles_stay_refused(void **state)
{
    HANDLE closed = make_event(TRUE, TRUE), fresh;
    const HANDLE bad[] = { closed, INVALID_HANDLE_VALUE, (HANDLE)4096, (HANDLE) ~(ULONG_PTR)3 };
    size_t i;

    (void)state;
    skip_but_natively("Windows may give a handle's value to the next object");
    assert_true(CloseHandle(closed));
    fresh = make_event(TRUE, TRUE);
    assert_ptr_not_equal(fresh, closed);
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        SetLastError(0);
        assert_int_equal(WaitForSingleObject(bad[i], 0), WAIT_FAILED);
        assert_int_equal(GetLastError(), ERROR_INVALID_HANDLE);
        assert_false(SetEvent(bad[i]));
        assert_false(ResetEvent(bad[i]));
    }
    assert_false(CloseHandle(closed));
    assert_true(CloseHandle(fresh));
}

#define MANY 3000

static void many_handles(void **state)
{
    static HANDLE events[MANY];
    int i;

    (void)state;
    for (i = 0; i < MANY; i++)
        events[i] = make_event(TRUE, i % 2);
    for (i = 0; i < MANY; i++)
        assert_int_equal(WaitForSingleObject(events[i], 0), i % 2 ? WAIT_OBJECT_0 : WAIT_TIMEOUT);
    for (i = 0; i < MANY; i++)
        assert_true(CloseHandle(events[i]));
}

static void duplicate_is_the_same_object(void **state)
{
    HANDLE event = make_event(TRUE, FALSE), copy = NULL;
    const HANDLE self = GetCurrentProcess();

    (void)state;
    assert_true(DuplicateHandle(self, event, self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    assert_ptr_not_equal(copy, event);
    assert_true(SetEvent(event));
    assert_true(CloseHandle(event));
    assert_int_equal(WaitForSingleObject(copy, 0), WAIT_OBJECT_0);
    assert_true(CloseHandle(copy));
}

static void duplicate_closes_the_source(void **state)
{
    HANDLE copy = make_event(TRUE, FALSE), moved = NULL;
    const HANDLE self = GetCurrentProcess();

    (void)state;
    skip_under_wine("a handle that moves within a process keeps its value");
    assert_true(DuplicateHandle(self, copy, self, &moved, 0, FALSE,
                                DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
    assert_false(CloseHandle(copy));
    assert_false(DuplicateHandle(self, copy, self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    assert_int_equal(GetLastError(), ERROR_INVALID_HANDLE);
    assert_null(copy);
    assert_false(DuplicateHandle(NULL, moved, self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    assert_false(DuplicateHandle(self, moved, self, NULL, 0, FALSE, DUPLICATE_SAME_ACCESS));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    assert_true(DuplicateHandle(self, moved, NULL, NULL, 0, FALSE, DUPLICATE_CLOSE_SOURCE) ||
                GetLastError() == ERROR_INVALID_HANDLE);
    assert_false(CloseHandle(moved));
}

static void wait_for_any_tells_the_first(void **state)
{
    HANDLE events[] = { make_event(FALSE, FALSE), make_event(FALSE, TRUE),
                        make_event(FALSE, TRUE) };

    (void)state;
    assert_int_equal(WaitForMultipleObjects(3, events, FALSE, INFINITE), WAIT_OBJECT_0 + 1);
    assert_int_equal(WaitForMultipleObjects(3, events, FALSE, INFINITE), WAIT_OBJECT_0 + 2);
    assert_int_equal(WaitForMultipleObjects(3, events, FALSE, 0), WAIT_TIMEOUT);
    CloseHandle(events[0]);
    CloseHandle(events[1]);
    CloseHandle(events[2]);
}

static void wait_for_all_takes_all_or_none(void **state)
{
    HANDLE events[] = { make_event(FALSE, TRUE), make_event(FALSE, FALSE) };

    (void)state;
    assert_int_equal(WaitForMultipleObjects(2, events, TRUE, 1), WAIT_TIMEOUT);
    assert_int_equal(WaitForSingleObject(events[0], 0), WAIT_OBJECT_0);
    SetEvent(events[0]);
    SetEvent(events[1]);
    assert_int_equal(WaitForMultipleObjectsEx(2, events, TRUE, INFINITE, FALSE), WAIT_OBJECT_0);
    assert_int_equal(WaitForSingleObject(events[0], 0), WAIT_TIMEOUT);
    assert_int_equal(WaitForSingleObject(events[1], 0), WAIT_TIMEOUT);
    CloseHandle(events[0]);
    CloseHandle(events[1]);
}

static void waits_have_limits(void **state)
{
    HANDLE events[MAXIMUM_WAIT_OBJECTS + 1];
    int i;

    (void)state;
    for (i = 0; i <= MAXIMUM_WAIT_OBJECTS; i++)
        events[i] = make_event(FALSE, i == MAXIMUM_WAIT_OBJECTS - 1);
    assert_int_equal(WaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS, events, FALSE, 0),
                     WAIT_OBJECT_0 + MAXIMUM_WAIT_OBJECTS - 1);
    assert_int_equal(WaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS + 1, events, FALSE, 0),
                     WAIT_FAILED);
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    assert_int_equal(WaitForMultipleObjects(0, events, FALSE, 0), WAIT_FAILED);
    for (i = 0; i <= MAXIMUM_WAIT_OBJECTS; i++)
        CloseHandle(events[i]);
}

static void waits_for_all_need_different_objects(void **state)
{
    HANDLE event = make_event(FALSE, FALSE), twice[] = { event, event };

    (void)state;
    skip_under_wine("WaitForMultipleObjects takes a handle twice");
    SetLastError(0);
    assert_int_equal(WaitForMultipleObjects(2, twice, TRUE, 0), WAIT_FAILED);
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    CloseHandle(event);
}

static void waits_need_handles(void **state)
{
    (void)state;
    skip_but_natively("what NULL pointers get is not documented");
    assert_int_equal(WaitForMultipleObjects(1, NULL, FALSE, 0), WAIT_FAILED);
}

static void time_limit_is_kept(void **state)
{
    HANDLE event = make_event(FALSE, FALSE);
    ULONGLONG begun = GetTickCount64(), passed;

    (void)state;
    assert_int_equal(WaitForSingleObject(event, 50), WAIT_TIMEOUT);
    passed = GetTickCount64() - begun;
    assert_in_range(passed, 50 - 16, TEST_WAIT_MS); /* ticks have up to 16 ms */
    CloseHandle(event);
}

struct thread_wait {
    struct test_thread *thread;
    HANDLE handles[2];
    DWORD count;
    BOOL all;
    DWORD result;
    HANDLE done; /* signaled after the wait; may be NULL */
};

static void run_wait(void *argument)
{
    struct thread_wait *wait = argument;

    wait->result = WaitForMultipleObjects(wait->count, wait->handles, wait->all, TEST_WAIT_MS);
    if (wait->done)
        SetEvent(wait->done);
}

static void start(struct thread_wait *wait)
{
    wait->thread = test_thread_start(run_wait, wait);
}

#define THREADS 8

static void manual_event_wakes_everybody(void **state)
{
    HANDLE event = make_event(TRUE, FALSE);
    struct thread_wait waits[THREADS];
    int i;

    (void)state;
    for (i = 0; i < THREADS; i++) {
        waits[i] = (struct thread_wait){ .handles = { event }, .count = 1 };
        start(&waits[i]);
    }
    SetEvent(event);
    for (i = 0; i < THREADS; i++) {
        test_thread_join(waits[i].thread);
        assert_int_equal(waits[i].result, WAIT_OBJECT_0);
    }
    CloseHandle(event);
}

static void automatic_event_wakes_one_a_time(void **state)
{
    HANDLE event = make_event(FALSE, FALSE), done = make_event(FALSE, FALSE);
    struct thread_wait waits[THREADS];
    int i;

    (void)state;
    for (i = 0; i < THREADS; i++) {
        waits[i] = (struct thread_wait){ .handles = { event }, .count = 1, .done = done };
        start(&waits[i]);
    }
    for (i = 0; i < THREADS; i++) {
        SetEvent(event);
        assert_int_equal(WaitForSingleObject(done, TEST_WAIT_MS), WAIT_OBJECT_0);
    }
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    for (i = 0; i < THREADS; i++) {
        test_thread_join(waits[i].thread);
        assert_int_equal(waits[i].result, WAIT_OBJECT_0);
    }
    CloseHandle(event);
    CloseHandle(done);
}

/* Two threads want both events; the signals must never be split between them. */
static void waits_for_all_do_not_split_signals(void **state)
{
    HANDLE one = make_event(FALSE, FALSE), other = make_event(FALSE, FALSE);
    HANDLE done = make_event(FALSE, FALSE);
    struct thread_wait waits[2] = {
        { .handles = { one, other }, .count = 2, .all = TRUE, .done = done },
        { .handles = { other, one }, .count = 2, .all = TRUE, .done = done },
    };

    (void)state;
    start(&waits[0]);
    start(&waits[1]);
    SetEvent(one);
    SetEvent(other);
    assert_int_equal(WaitForSingleObject(done, TEST_WAIT_MS), WAIT_OBJECT_0);
    SetEvent(other);
    SetEvent(one);
    assert_int_equal(WaitForSingleObject(done, TEST_WAIT_MS), WAIT_OBJECT_0);
    test_thread_join(waits[0].thread);
    test_thread_join(waits[1].thread);
    assert_int_equal(waits[0].result, WAIT_OBJECT_0);
    assert_int_equal(waits[1].result, WAIT_OBJECT_0);
    CloseHandle(one);
    CloseHandle(other);
    CloseHandle(done);
}

static void object_lives_until_its_last_handle(void **state)
{
    HANDLE event = make_event(TRUE, FALSE), copy = NULL, ready = make_event(FALSE, FALSE);
    struct thread_wait wait = { .handles = { event, ready }, .count = 2 };

    (void)state;
    assert_true(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &copy, 0, FALSE,
                                DUPLICATE_SAME_ACCESS));
    start(&wait);
    SetEvent(ready); /* taken by the wait, or left */
    test_thread_join(wait.thread);
    assert_int_equal(wait.result, WAIT_OBJECT_0 + 1);

    wait = (struct thread_wait){ .handles = { event }, .count = 1 };
    start(&wait);
    SetEvent(copy);
    CloseHandle(copy);
    test_thread_join(wait.thread);
    assert_int_equal(wait.result, WAIT_OBJECT_0);
    CloseHandle(event);
    CloseHandle(ready);
}

#define ROUNDS 2000

struct ping_pong {
    HANDLE ping, pong;
    int count;
    DWORD result;
};

static void play(void *argument)
{
    struct ping_pong *game = argument;
    int i;

    for (i = 0; i < ROUNDS; i++) {
        game->result = WaitForSingleObject(game->ping, TEST_WAIT_MS);
        if (game->result)
            return;
        game->count++; /* handed over by the events, not by a lock */
        SetEvent(game->pong);
    }
}

static void events_hand_memory_over(void **state)
{
    struct ping_pong game = { make_event(FALSE, FALSE), make_event(FALSE, FALSE), 0, 99 };
    struct test_thread *thread;
    int i;

    (void)state;
    thread = test_thread_start(play, &game);
    for (i = 0; i < ROUNDS; i++) {
        game.count++;
        SetEvent(game.ping);
        assert_int_equal(WaitForSingleObject(game.pong, TEST_WAIT_MS), WAIT_OBJECT_0);
    }
    test_thread_join(thread);
    assert_int_equal(game.count, 2 * ROUNDS);
    CloseHandle(game.ping);
    CloseHandle(game.pong);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(automatic_event_is_taken_once),
    cmocka_unit_test(manual_event_stays),
    cmocka_unit_test(all_ways_to_make_an_event),
    cmocka_unit_test(event_flags_are_checked),
    cmocka_unit_test(named_events_are_not_supported),
    cmocka_unit_test(closed_handles_are_refused),
    cmocka_unit_test(bad_handles_are_refused),
    cmocka_unit_test(handles_are_reused_but_never_equal_soon),
    cmocka_unit_test(closed_handles_stay_refused),
    cmocka_unit_test(many_handles),
    cmocka_unit_test(duplicate_is_the_same_object),
    cmocka_unit_test(duplicate_closes_the_source),
    cmocka_unit_test(wait_for_any_tells_the_first),
    cmocka_unit_test(wait_for_all_takes_all_or_none),
    cmocka_unit_test(waits_have_limits),
    cmocka_unit_test(waits_for_all_need_different_objects),
    cmocka_unit_test(waits_need_handles),
    cmocka_unit_test(time_limit_is_kept),
    cmocka_unit_test(manual_event_wakes_everybody),
    cmocka_unit_test(automatic_event_wakes_one_a_time),
    cmocka_unit_test(waits_for_all_do_not_split_signals),
    cmocka_unit_test(object_lives_until_its_last_handle),
    cmocka_unit_test(events_hand_memory_over),
};

TEST_MAIN(tests)
