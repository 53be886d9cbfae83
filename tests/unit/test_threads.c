/* SPDX-License-Identifier: MIT */
/* The end of a thread, and sockets that children do not get. */
#include "test_main.h"

#include "inheritance.h"
#include "src/port/sockets.h"
#include "src/port/threads.h"
#include "test_event.h"
#include "test_thread.h"

static uint64_t started_on, ended_on;
static struct test_event ended;
static struct thread_end end;

static void note_end(struct thread_end *at_end)
{
    ended_on = at_end == &end ? test_thread_self() : 0;
    test_event_set(&ended);
}

static void run(void *argument)
{
    (void)argument;
    started_on = test_thread_self();
    end.run = note_end;
    thread_at_end(&end);
}

static void the_end_is_told_on_the_thread_itself(void **state)
{
    (void)state;
    test_event_init(&ended);
    assert_int_equal(thread_start("test", run, NULL), PORT_OK);
    assert_true(test_event_wait(&ended, TEST_WAIT_MS));
    assert_int_not_equal(started_on, test_thread_self());
    assert_int_equal(ended_on, started_on);
}

static void children_do_not_get_sockets(void **state)
{
    intptr_t sockets[2];

    (void)state;
    make_inherited_sockets(sockets);
    assert_true(is_inherited(sockets[0]));
    socket_keep_from_children(sockets[0]);
    assert_false(is_inherited(sockets[0]));
    assert_true(is_inherited(sockets[1]));
    close_sockets(sockets);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_end_is_told_on_the_thread_itself),
    cmocka_unit_test(children_do_not_get_sockets),
};

TEST_MAIN_UNIT(tests)
