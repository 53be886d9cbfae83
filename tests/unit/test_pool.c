/* SPDX-License-Identifier: MIT */
/* Worker pools and strands, as docs/threading.md has them. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "src/port/clock.h"
#include "src/port/memory.h"
#include "src/port/pool.h"
#include "src/port/threads.h"

#define LIMIT_NS (20 * 1000000000ull)

/* A count that threads raise and the main thread waits for. */
struct counter {
    struct mutex mutex;
    struct condition changed;
    int value;
};

static void counter_init(struct counter *counter)
{
    mutex_init(&counter->mutex);
    condition_init(&counter->changed);
    counter->value = 0;
}

static void counter_add(struct counter *counter)
{
    mutex_lock(&counter->mutex);
    counter->value++;
    condition_broadcast(&counter->changed);
    mutex_unlock(&counter->mutex);
}

/* Whether the value was reached before the limit. */
static bool counter_wait(struct counter *counter, int value)
{
    uint64_t deadline = clock_monotonic_ns() + LIMIT_NS;
    bool reached;

    mutex_lock(&counter->mutex);
    while (counter->value < value &&
           condition_wait_until(&counter->changed, &counter->mutex, deadline))
        ;
    reached = counter->value >= value;
    mutex_unlock(&counter->mutex);
    return reached;
}

static struct pool *new_pool(void)
{
    struct pool *pool = NULL;

    assert_int_equal(pool_create("test", NULL, NULL, &pool), PORT_OK);
    assert_int_equal(pool_prepare(pool), PORT_OK);
    return pool;
}

struct counted_task {
    struct pool_task task;
    struct counter *counter;
};

static void count_task(struct pool_task *task)
{
    counter_add(((struct counted_task *)task)->counter);
}

enum {
    MANY_TASKS = 10000
};

/* Queues them all, and returns when each has run. */
static void run_short_tasks(struct pool *pool, struct counter *counter)
{
    static struct counted_task tasks[MANY_TASKS];
    int i;

    counter_init(counter);
    for (i = 0; i < MANY_TASKS; i++) {
        tasks[i].task.run = count_task;
        tasks[i].counter = counter;
        pool_submit(pool, &tasks[i].task);
    }
    assert_true(counter_wait(counter, MANY_TASKS));
}

static void every_task_runs_once(void **state)
{
    struct pool *pool = new_pool();
    struct counter counter;

    (void)state;
    run_short_tasks(pool, &counter);
    pool_destroy(pool);
    assert_int_equal(counter.value, MANY_TASKS);
}

static void a_burst_of_short_tasks_needs_few_threads(void **state)
{
    struct pool *pool = new_pool();
    struct counter counter;

    (void)state;
    run_short_tasks(pool, &counter);
    assert_in_range(pool_thread_count(pool), 1, POOL_MAX_THREADS / 8);
    pool_destroy(pool);
}

/* Each task waits until the next one has run: only a pool that grows brings this to an end. */
struct waiting_task {
    struct pool_task task;
    struct counter *done;
    int after;
    atomic_bool in_time;
};

static void wait_task(struct pool_task *task)
{
    struct waiting_task *waiting = (struct waiting_task *)task;

    waiting->in_time = counter_wait(waiting->done, waiting->after);
    counter_add(waiting->done);
}

static void blocked_tasks_do_not_stop_the_others(void **state)
{
    enum {
        DEPTH = 64
    };
    static struct waiting_task tasks[DEPTH];
    struct pool *pool = new_pool();
    struct counter done;
    int i;

    (void)state;
    counter_init(&done);
    for (i = 0; i < DEPTH; i++) {
        tasks[i].task.run = wait_task;
        tasks[i].done = &done;
        tasks[i].after = DEPTH - 1 - i;
        pool_submit(pool, &tasks[i].task);
    }
    assert_true(counter_wait(&done, DEPTH));
    for (i = 0; i < DEPTH; i++)
        assert_true(tasks[i].in_time);
    pool_destroy(pool);
}

static void *no_memory(size_t size)
{
    (void)size;
    return NULL;
}

static void *no_more_memory(void *block, size_t size)
{
    (void)block;
    (void)size;
    return NULL;
}

struct gate_task {
    struct pool_task task;
    struct counter *entered, *open;
    atomic_bool in_time;
};

static void wait_for_gate(struct pool_task *task)
{
    struct gate_task *gate = (struct gate_task *)task;

    counter_add(gate->entered);
    gate->in_time = counter_wait(gate->open, 1);
}

/* All threads wait for a task for which no thread could be started: there is memory again later. */
static void a_thread_that_could_not_be_started_is_tried_again(void **state)
{
    static const struct memory_ops nothing = { no_memory, no_more_memory, free };
    static struct gate_task gates[POOL_MIN_THREADS];
    struct counted_task opener = { .task.run = count_task };
    struct pool *pool = new_pool();
    struct counter entered, open;
    int i;

    (void)state;
    counter_init(&entered);
    counter_init(&open);
    opener.counter = &open;
    for (i = 0; i < POOL_MIN_THREADS; i++) {
        gates[i].task.run = wait_for_gate;
        gates[i].entered = &entered;
        gates[i].open = &open;
        pool_submit(pool, &gates[i].task);
        assert_true(counter_wait(&entered, i + 1));
    }
    memory_set_ops(&nothing);
    pool_submit(pool, &opener.task);
    memory_set_ops(NULL);
    pool_destroy(pool);
    for (i = 0; i < POOL_MIN_THREADS; i++)
        assert_true(gates[i].in_time);
}

struct ordered_task {
    struct pool_task task;
    int number;
    int *order;
    atomic_int *next;
    atomic_int *running;
    atomic_bool *overlapped;
    struct counter *counter;
};

static void ordered_task_run(struct pool_task *task)
{
    struct ordered_task *ordered = (struct ordered_task *)task;

    if (atomic_fetch_add(ordered->running, 1) != 0)
        *ordered->overlapped = true;
    ordered->order[atomic_fetch_add(ordered->next, 1)] = ordered->number;
    atomic_fetch_sub(ordered->running, 1);
    counter_add(ordered->counter);
}

static void a_strand_runs_its_tasks_in_order_and_alone(void **state)
{
    enum {
        TASKS = 2000,
        STRANDS = 3
    };
    static struct ordered_task tasks[STRANDS][TASKS];
    static int order[STRANDS][TASKS];
    atomic_int next[STRANDS], running[STRANDS];
    atomic_bool overlapped = false;
    struct pool *pool = new_pool();
    struct strand *strands[STRANDS];
    struct counter counter;
    int i, s;

    (void)state;
    counter_init(&counter);
    for (s = 0; s < STRANDS; s++) {
        assert_int_equal(strand_create(pool, &strands[s]), PORT_OK);
        next[s] = running[s] = 0;
    }
    for (i = 0; i < TASKS; i++) {
        for (s = 0; s < STRANDS; s++) {
            tasks[s][i] = (struct ordered_task){ .task.run = ordered_task_run,
                                                 .number = i,
                                                 .order = order[s],
                                                 .next = &next[s],
                                                 .running = &running[s],
                                                 .overlapped = &overlapped,
                                                 .counter = &counter };
            strand_submit(strands[s], &tasks[s][i].task);
        }
    }
    assert_true(counter_wait(&counter, TASKS * STRANDS));
    for (s = 0; s < STRANDS; s++)
        strand_release(strands[s]);
    pool_destroy(pool);

    assert_false(overlapped);
    for (s = 0; s < STRANDS; s++) {
        for (i = 0; i < TASKS; i++)
            assert_int_equal(order[s][i], i);
    }
}

struct releasing_task {
    struct pool_task task;
    struct strand *strand;
    struct counter *counter;
};

static void release_own_strand(struct pool_task *task)
{
    struct releasing_task *releasing = (struct releasing_task *)task;

    strand_release(releasing->strand);
    counter_add(releasing->counter);
}

static void a_strand_can_be_released_by_its_own_task(void **state)
{
    struct releasing_task task = { .task.run = release_own_strand };
    struct pool *pool = new_pool();
    struct counter counter;

    (void)state;
    counter_init(&counter);
    task.counter = &counter;
    assert_int_equal(strand_create(pool, &task.strand), PORT_OK);
    strand_submit(task.strand, &task.task);
    assert_true(counter_wait(&counter, 1));
    pool_destroy(pool);
}

/* A clock that lets threads with nothing to do end within a millisecond and, from some moment on,
 * has the one that adds others be patient. */
#define HURRY_NS UINT64_C(4999000000)
#define HOUR_NS  UINT64_C(3600000000000)

static const struct clock_ops *real_clock;
static atomic_bool patient;
static _Thread_local bool hurries;
static struct counter busy, released, leaving;
static struct mutex gate;

static uint64_t hurried_ns(void)
{
    uint64_t now = real_clock->monotonic_ns();

    if (hurries)
        return now - HURRY_NS;
    return atomic_load(&patient) ? now + HOUR_NS : now;
}

static void hurry_up(void)
{
    hurries = true;
}

static void leave_through_gate(void)
{
    counter_add(&leaving);
    mutex_lock(&gate);
    mutex_unlock(&gate);
}

static int released_at = 1;

static void be_busy(struct pool_task *task)
{
    (void)task;
    counter_add(&busy);
    counter_wait(&released, released_at);
}

static void idle_threads_end_down_to_the_minimum(void **state)
{
    enum {
        THREADS = 2 * POOL_MIN_THREADS
    };
    static const struct clock_ops ops = { .monotonic_ns = hurried_ns };
    static struct pool_task tasks[THREADS];
    struct pool *pool;
    size_t threads;
    int surplus;

    (void)state;
    counter_init(&busy);
    counter_init(&released);
    counter_init(&leaving);
    mutex_init(&gate);
    mutex_lock(&gate);
    real_clock = clock_set_ops(&ops);
    assert_int_equal(pool_create("test", hurry_up, leave_through_gate, &pool), PORT_OK);
    assert_int_equal(pool_prepare(pool), PORT_OK);
    for (int i = 0; i < THREADS; i++) {
        tasks[i].run = be_busy;
        pool_submit(pool, &tasks[i]);
    }
    assert_true(counter_wait(&busy, THREADS));
    /* On a busy machine one was added because another was long in coming. */
    threads = pool_thread_count(pool);
    assert_in_range(threads, THREADS, 2 * THREADS);
    surplus = (int)threads - POOL_MIN_THREADS;
    atomic_store(&patient, true);
    counter_add(&released);

    /* While some are on their way out, the others stay, and work. */
    assert_true(counter_wait(&leaving, surplus));
    released_at = 2;
    for (int i = 0; i < POOL_MIN_THREADS; i++)
        pool_submit(pool, &tasks[i]);
    assert_true(counter_wait(&busy, THREADS + POOL_MIN_THREADS));
    assert_int_equal(leaving.value, surplus);
    assert_int_equal(pool_thread_count(pool), threads);
    counter_add(&released);
    mutex_unlock(&gate);
    pool_destroy(pool);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_task_runs_once),
    cmocka_unit_test(a_burst_of_short_tasks_needs_few_threads),
    cmocka_unit_test(blocked_tasks_do_not_stop_the_others),
    cmocka_unit_test(a_thread_that_could_not_be_started_is_tried_again),
    cmocka_unit_test(a_strand_runs_its_tasks_in_order_and_alone),
    cmocka_unit_test(a_strand_can_be_released_by_its_own_task),
    cmocka_unit_test(idle_threads_end_down_to_the_minimum),
};

TEST_MAIN_UNIT(tests)
