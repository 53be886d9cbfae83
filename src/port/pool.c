/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include "clock.h"
#include "memory.h"

#define IDLE_LIFE_NS       (5 * 1000000000ull) /* a thread above the minimum ends after this */
#define PATIENCE_NS        (POOL_PATIENCE_MS * 1000000ull)
#define CONTAINER(p, t, m) ((t *)((char *)(p)-offsetof(t, m)))

struct pool {
    struct mutex mutex;
    struct condition work;    /* a task was queued, or the pool ends */
    struct condition stuck;   /* the watch is wanted, or the pool ends */
    struct condition changed; /* for pool_destroy: a thread has ended */
    struct pool_task *head, **tail;
    const char *name;
    void (*enter)(void);
    void (*leave)(void);
    size_t threads, idle, queued;
    size_t leaving; /* of `threads`: past their last task */
    size_t moved;   /* tasks taken from the queue so far, modulo 2^n */
    bool waking;    /* an idle thread was woken and has not looked yet; it wakes the next one */
    bool watched;   /* the watch thread exists */
    bool wanted;    /* it is to look at the queue */
    bool watching;  /* it does */
    bool ending;
};

static void pool_thread(void *argument);

/* With the lock held. */
static enum port_status add_thread(struct pool *pool)
{
    enum port_status status = thread_start(pool->name, pool_thread, pool);

    if (!status)
        pool->threads++;
    return status;
}

/* With the lock: each time the head of the queue has not moved for the patience, one thread more.
 * If none can be started now, there may be memory for it the next time. Nobody wakes it: it looks
 * when the time is over, so that a queue that moves costs nothing. */
static void watch_queue(struct pool *pool)
{
    while (pool->head) {
        uint64_t deadline = clock_monotonic_ns() + PATIENCE_NS;
        size_t moved = pool->moved;

        while (pool->head && condition_wait_until(&pool->stuck, &pool->mutex, deadline))
            continue;
        if (pool->head && pool->moved == moved && pool->threads < POOL_MAX_THREADS)
            add_thread(pool);
    }
}

/*
 * The watch looks after a queue that all threads are too busy for. It exists as long as the pool:
 * if it had to be started when it is needed, that could fail, and tasks that wait for one another
 * would do so for ever.
 */
static void watch_thread(void *argument)
{
    struct pool *pool = argument;

    mutex_lock(&pool->mutex);
    while (!pool->ending || pool->head) {
        if (pool->wanted) {
            pool->wanted = false;
            pool->watching = true;
            watch_queue(pool);
            pool->watching = false;
        } else {
            condition_wait(&pool->stuck, &pool->mutex);
        }
    }
    pool->watched = false;
    condition_broadcast(&pool->changed);
    mutex_unlock(&pool->mutex);
}

/*
 * With the lock held: whether an idle thread is to be woken, which the caller does without the lock
 * that it would run into. One at a time, and each wakes the next one when it has seen that there is
 * more: what comes in a burst and is done quickly then costs one wake-up, not one a task.
 */
static bool may_wake(struct pool *pool)
{
    bool may = pool->head && pool->idle && !pool->waking;

    pool->waking |= may;
    return may;
}

/* Gives the lock up. */
static void unlock_and_wake(struct pool *pool)
{
    bool wake = may_wake(pool);

    mutex_unlock(&pool->mutex);
    if (wake)
        condition_signal(&pool->work);
}

/* With the lock held: sees to it that somebody will take the head of the queue. */
static void ensure_worker(struct pool *pool)
{
    if (pool->idle >= pool->queued)
        return;
    if (pool->threads < POOL_MIN_THREADS && !add_thread(pool))
        return;
    if (!pool->wanted && !pool->watching)
        condition_signal(&pool->stuck);
    pool->wanted = true;
}

static struct pool_task *take_task(struct pool *pool)
{
    struct pool_task *task = pool->head;

    pool->head = task->next;
    if (!pool->head)
        pool->tail = &pool->head;
    pool->queued--;
    pool->moved++;
    return task;
}

/* With the lock held. */
static bool is_surplus(const struct pool *pool)
{
    return pool->threads - pool->leaving > POOL_MIN_THREADS;
}

/* With the lock held: until there is a task, or the pool ends, or the thread's life is over. A
 * thread that stays for good has nothing to wake up for. */
static void wait_for_task(struct pool *pool)
{
    uint64_t deadline = clock_monotonic_ns() + IDLE_LIFE_NS;
    bool in_time = true;

    pool->idle++;
    while (!pool->head && !pool->ending && in_time) {
        if (is_surplus(pool))
            in_time = condition_wait_until(&pool->work, &pool->mutex, deadline);
        else
            condition_wait(&pool->work, &pool->mutex);
        pool->waking = false;
    }
    pool->idle--;
}

static void pool_thread(void *argument)
{
    struct pool *pool = argument;

    if (pool->enter)
        pool->enter();
    mutex_lock(&pool->mutex);
    for (;;) {
        struct pool_task *task;

        wait_for_task(pool);
        if (!pool->head) {
            if (pool->ending || is_surplus(pool))
                break;
            continue;
        }
        task = take_task(pool);
        unlock_and_wake(pool);
        task->run(task);
        mutex_lock(&pool->mutex);
    }
    pool->leaving++;
    mutex_unlock(&pool->mutex);
    if (pool->leave)
        pool->leave();
    mutex_lock(&pool->mutex);
    pool->leaving--;
    pool->threads--;
    condition_broadcast(&pool->changed);
    mutex_unlock(&pool->mutex);
}

enum port_status pool_create(const char *name, void (*enter)(void), void (*leave)(void),
                             struct pool **ret)
{
    struct pool *pool = memory_zalloc(sizeof(*pool));

    *ret = NULL;
    if (!pool)
        return PORT_NO_MEMORY;
    mutex_init(&pool->mutex);
    condition_init(&pool->work);
    condition_init(&pool->stuck);
    condition_init(&pool->changed);
    pool->tail = &pool->head;
    pool->name = name;
    pool->enter = enter;
    pool->leave = leave;
    *ret = pool;
    return PORT_OK;
}

enum port_status pool_prepare(struct pool *pool)
{
    enum port_status status = PORT_OK;

    mutex_lock(&pool->mutex);
    if (!pool->watched) {
        status = thread_start(pool->name, watch_thread, pool);
        pool->watched = !status;
    }
    if (!status && !pool->threads)
        status = add_thread(pool);
    mutex_unlock(&pool->mutex);
    return status;
}

/* With the lock held, which is to be given up by unlock_and_wake. */
static void submit(struct pool *pool, struct pool_task *task)
{
    task->next = NULL;
    *pool->tail = task;
    pool->tail = &task->next;
    pool->queued++;
    ensure_worker(pool);
}

void pool_submit(struct pool *pool, struct pool_task *task)
{
    mutex_lock(&pool->mutex);
    submit(pool, task);
    unlock_and_wake(pool);
}

size_t pool_thread_count(struct pool *pool)
{
    size_t count;

    mutex_lock(&pool->mutex);
    count = pool->threads;
    mutex_unlock(&pool->mutex);
    return count;
}

void pool_destroy(struct pool *pool)
{
    mutex_lock(&pool->mutex);
    pool->ending = true;
    condition_broadcast(&pool->work);
    condition_broadcast(&pool->stuck);
    while (pool->threads || pool->watched)
        condition_wait(&pool->changed, &pool->mutex);
    mutex_unlock(&pool->mutex);
    condition_destroy(&pool->changed);
    condition_destroy(&pool->stuck);
    condition_destroy(&pool->work);
    mutex_destroy(&pool->mutex);
    memory_free(pool);
}

/* There may be as many as there are transfers, so it has no lock of its own: the pool's is taken
 * anyway when a strand gets its turn. */
struct strand {
    struct pool *pool;
    struct pool_task *head, **tail; /* all that follows under the pool's lock */
    struct pool_task turn;          /* what the strand itself queues on the pool */
    bool active;                    /* `turn` is queued or running */
    bool released;
};

/* One task of the strand, then back to the end of the pool's queue, to be fair to others. */
static void strand_turn(struct pool_task *turn)
{
    struct strand *strand = CONTAINER(turn, struct strand, turn);
    struct pool *pool = strand->pool;
    struct pool_task *task;
    bool last;

    mutex_lock(&pool->mutex);
    task = strand->head;
    strand->head = task->next;
    if (!strand->head)
        strand->tail = &strand->head;
    mutex_unlock(&pool->mutex);

    task->run(task);

    mutex_lock(&pool->mutex);
    strand->active = strand->head != NULL;
    last = !strand->active && strand->released;
    if (strand->active)
        submit(pool, turn);
    unlock_and_wake(pool);
    if (last)
        memory_free(strand);
}

enum port_status strand_create(struct pool *pool, struct strand **ret)
{
    struct strand *strand = memory_zalloc(sizeof(*strand));

    *ret = NULL;
    if (!strand)
        return PORT_NO_MEMORY;
    strand->pool = pool;
    strand->tail = &strand->head;
    strand->turn.run = strand_turn;
    *ret = strand;
    return PORT_OK;
}

void strand_release(struct strand *strand)
{
    bool last;

    if (!strand)
        return;
    mutex_lock(&strand->pool->mutex);
    strand->released = true;
    last = !strand->active;
    mutex_unlock(&strand->pool->mutex);
    if (last)
        memory_free(strand);
}

void strand_submit(struct strand *strand, struct pool_task *task)
{
    struct pool *pool = strand->pool;

    mutex_lock(&pool->mutex);
    task->next = NULL;
    *strand->tail = task;
    strand->tail = &task->next;
    if (!strand->active) {
        strand->active = true;
        submit(pool, &strand->turn);
    }
    unlock_and_wake(pool);
}
