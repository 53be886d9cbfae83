/* SPDX-License-Identifier: MIT */
/* What libraries have freed when a thread ends, is freed before its thread_end is called. */
#include <pthread.h>

#include "test_main.h"

#include "src/port/threads.h"
#include "test_event.h"

static pthread_key_t early, late;
static unsigned freed, freed_at_end;
static struct test_event ended;
static struct thread_end end;

static void free_value(void *value)
{
    (void)value;
    freed++;
}

static void note_end(struct thread_end *at_end)
{
    freed_at_end = at_end == &end ? freed : 0;
    test_event_set(&ended);
}

static void run(void *argument)
{
    (void)argument;
    pthread_setspecific(early, &early);
    end.run = note_end;
    thread_at_end(&end);
    pthread_key_create(&late, free_value);
    pthread_setspecific(late, &late);
}

static void the_end_comes_after_other_destructors(void **state)
{
    (void)state;
    test_event_init(&ended);
    assert_int_equal(pthread_key_create(&early, free_value), 0);
    assert_int_equal(thread_start("test", run, NULL), PORT_OK);
    assert_true(test_event_wait(&ended, TEST_WAIT_MS));
    assert_int_equal(freed_at_end, 2);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_end_comes_after_other_destructors),
};

TEST_MAIN_UNIT(tests)
