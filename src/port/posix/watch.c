/* SPDX-License-Identifier: MIT */
/*
 * inotify, and one thread a watch, which sleeps in poll until the kernel has something to tell or
 * the event descriptor says that it is over.
 */
#include "src/port/watch.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "src/port/memory.h"
#include "src/port/process.h"
#include "src/port/threads.h"
#include "status.h"

/* Not IN_MODIFY: half a file is no news. The last two come when the folder itself goes. */
#define CHANGES                                                                              \
    (IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE_SELF | \
     IN_MOVE_SELF)

struct folder_watch {
    void (*changed)(void *context);
    void *context;
    int notify, stop;
    struct mutex mutex;
    struct condition over;
    bool ended; /* the thread is done with this struct, but for the mutex that it gives back */
};

/* What changed does not matter. False if there is nothing any more. */
static bool drain(int notify)
{
    char buffer[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    ssize_t count;

    do {
        count = read(notify, buffer, sizeof(buffer));
    } while (count > 0 || (count < 0 && errno == EINTR));
    return count < 0 && errno == EAGAIN;
}

static void watch_run(void *argument)
{
    struct folder_watch *watch = argument;
    struct pollfd polled[] = { { .fd = watch->stop, .events = POLLIN },
                               { .fd = watch->notify, .events = POLLIN } };

    for (;;) {
        if (poll(polled, 2, -1) < 0) {
            if (errno == EINTR)
                continue;
            break;
        }
        if (polled[0].revents || !drain(watch->notify))
            break;
        watch->changed(watch->context);
    }
    mutex_lock(&watch->mutex);
    watch->ended = true;
    condition_signal(&watch->over);
    mutex_unlock(&watch->mutex);
}

static void watch_free(struct folder_watch *watch)
{
    if (watch->notify >= 0)
        close(watch->notify);
    if (watch->stop >= 0)
        close(watch->stop);
    condition_destroy(&watch->over);
    mutex_destroy(&watch->mutex);
    memory_free(watch);
}

/* There are limits on both objects, a user's; inotify says ENOSPC for one that is reached. */
static enum port_status watch_init(struct folder_watch *watch, const char *path)
{
    watch->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    watch->notify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (watch->stop < 0 || watch->notify < 0)
        return status_from_errno(errno);
    if (inotify_add_watch(watch->notify, path, CHANGES | IN_ONLYDIR) < 0)
        return errno == ENOSPC ? PORT_NO_HANDLES : status_from_errno(errno);
    return thread_start("winrt-watch", watch_run, watch);
}

enum port_status watch_folder(const char *path, void (*changed)(void *context), void *context,
                              struct folder_watch **ret)
{
    struct folder_watch *watch = memory_zalloc(sizeof(*watch));
    enum port_status status;

    *ret = NULL;
    if (!watch)
        return PORT_NO_MEMORY;
    process_watch_fork();
    watch->changed = changed;
    watch->context = context;
    mutex_init(&watch->mutex);
    condition_init(&watch->over);
    status = watch_init(watch, path);
    if (status)
        watch_free(watch);
    else
        *ret = watch;
    return status;
}

void watch_folder_end(struct folder_watch *watch)
{
    if (!watch)
        return;
    /* A forked child has no such thread, and a lock that may never open. */
    if (process_is_forked_child()) {
        close(watch->notify);
        close(watch->stop);
        memory_free(watch);
        return;
    }
    mutex_lock(&watch->mutex);
    eventfd_write(watch->stop, 1);
    while (!watch->ended)
        condition_wait(&watch->over, &watch->mutex);
    mutex_unlock(&watch->mutex);
    watch_free(watch);
}
