/* SPDX-License-Identifier: MIT */
/* One thread, which sleeps until the bus, the kernel or the end has something to tell. */
#include "src/port/network_source.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "network_manager.h"
#include "network_routes.h"
#include "src/port/clock.h"
#include "src/port/memory.h"
#include "src/port/process.h"
#include "src/port/threads.h"

/* Whoever starts the first transfer waits that long at most for a bus that hangs. */
#define FIRST_ANSWER_NS UINT64_C(100000000)

extern const struct clock_ops clock_real_ops;

struct network_source {
    void (*changed)(void *context);
    void *context;
    struct network_manager *manager; /* these three are the thread's */
    int routes;                      /* or -1 */
    bool has_default;
    int stop;

    struct mutex mutex; /* for what follows */
    struct condition progress;
    struct network_state state;
    bool known; /* the first answer is there */
    bool ended; /* the thread is done with this struct, but for the mutex that it gives back */
};

static struct network_state judge(const struct network_source *source, bool *known)
{
    struct network_state state = { .cost = NETWORK_COST_UNRESTRICTED };
    enum network_manager_answer answer = network_manager_get(source->manager, &state.cost);

    state.online = answer == NETWORK_MANAGER_ONLINE ||
                   (answer != NETWORK_MANAGER_OFFLINE && source->has_default);
    *known = answer != NETWORK_MANAGER_ASKED;
    return state;
}

/* Whether that is news. What is known stays until there is another answer. */
static bool publish(struct network_source *source)
{
    bool known, news = false;
    struct network_state state = judge(source, &known);

    mutex_lock(&source->mutex);
    if (known || !source->known) {
        news = state.online != source->state.online || state.cost != source->state.cost;
        source->state = state;
    }
    if (known && !source->known) {
        source->known = true;
        condition_broadcast(&source->progress);
    }
    mutex_unlock(&source->mutex);
    return news;
}

/* Whether routes have changed. A watch that is broken is not asked again. */
static bool read_routes(struct network_source *source)
{
    if (!network_routes_drain(source->routes)) {
        close(source->routes);
        source->routes = -1;
    }
    source->has_default = network_routes_have_default();
    return true;
}

static void source_run(void *argument)
{
    struct network_source *source = argument;
    struct pollfd polled[3] = { { .fd = source->stop, .events = POLLIN } };
    bool news = publish(source);
    int timeout;

    while (!polled[0].revents) {
        if (news)
            source->changed(source->context);
        polled[1] = (struct pollfd){ .fd = source->routes, .events = POLLIN };
        network_manager_prepare(source->manager, &polled[2], &timeout);
        if (poll(polled, 3, timeout) < 0 && errno != EINTR)
            break;
        news = polled[1].revents && read_routes(source);
        network_manager_process(source->manager);
        news |= publish(source);
    }
    network_manager_free(source->manager);
    mutex_lock(&source->mutex);
    source->known = source->ended = true;
    condition_broadcast(&source->progress);
    mutex_unlock(&source->mutex);
}

static void source_free(struct network_source *source)
{
    if (source->routes >= 0)
        close(source->routes);
    if (source->stop >= 0)
        close(source->stop);
    condition_destroy(&source->progress);
    mutex_destroy(&source->mutex);
    memory_free(source);
}

static void wait_for_first_answer(struct network_source *source)
{
    uint64_t deadline = clock_real_ops.monotonic_ns() + FIRST_ANSWER_NS;

    mutex_lock(&source->mutex);
    while (!source->known && condition_wait_until(&source->progress, &source->mutex, deadline))
        ;
    mutex_unlock(&source->mutex);
}

/* Without a thread or a descriptor the state stays what it is now. */
enum port_status network_source_start(void (*changed)(void *context), void *context,
                                      struct network_source **ret)
{
    struct network_source *source = memory_zalloc(sizeof(*source));

    *ret = NULL;
    if (!source)
        return PORT_NO_MEMORY;
    mutex_init(&source->mutex);
    condition_init(&source->progress);
    source->changed = changed;
    source->context = context;
    source->routes = network_routes_watch();
    source->has_default = network_routes_have_default();
    source->state.online = source->has_default;
    source->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    source->manager = network_manager_create();
    if (!source->manager) {
        source_free(source);
        return PORT_NO_MEMORY;
    }
    if (source->stop < 0 || thread_start("winrt-network", source_run, source)) {
        network_manager_free(source->manager);
        source->ended = true;
    } else {
        wait_for_first_answer(source);
    }
    *ret = source;
    return PORT_OK;
}

void network_source_get(struct network_source *source, struct network_state *ret)
{
    mutex_lock(&source->mutex);
    *ret = source->state;
    mutex_unlock(&source->mutex);
}

void network_source_stop(struct network_source *source)
{
    if (!source)
        return;
    mutex_lock(&source->mutex);
    if (!source->ended)
        eventfd_write(source->stop, 1);
    while (!source->ended)
        condition_wait(&source->progress, &source->mutex);
    mutex_unlock(&source->mutex);
    source_free(source);
}
