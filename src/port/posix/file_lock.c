/* SPDX-License-Identifier: MIT */
/*
 * A lock of an open file description (page fcntl of the Linux manual): unlike F_SETLK it is not
 * lost when the process closes another descriptor of the file, and unlike flock programs under Wine
 * see it. It lasts as long as any descriptor of that description, so a forked child gives its own
 * up at once, and exec does.
 */
#define _GNU_SOURCE
#include "src/port/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/port/memory.h"
#include "src/port/threads.h"
#include "status.h"

#define MODE_PRIVATE 0600

/* Somebody removes the file between our open and our lock: again. So often in a row is no race. */
#define MAX_TRIES 100

struct file_lock {
    struct file_lock *next, **link; /* NULL: in a forked child, which has closed the file */
    int file;
    char path[];
};

static struct mutex mutex = MUTEX_INITIALIZER; /* over the list */
static struct file_lock *locks;

static void before_fork(void)
{
    mutex_lock(&mutex);
}

static void after_fork_in_parent(void)
{
    mutex_unlock(&mutex);
}

static void after_fork_in_child(void)
{
    struct file_lock *lock;

    for (lock = locks; lock; lock = lock->next) {
        close(lock->file);
        lock->link = NULL;
    }
    locks = NULL;
    mutex_unlock(&mutex);
}

static void watch_fork(void)
{
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

/* With the file at the path and that alone is anybody else kept out. */
static bool is_at_path(int file, const char *path)
{
    struct stat ours, there;

    return !fstat(file, &ours) && !lstat(path, &there) && ours.st_dev == there.st_dev &&
           ours.st_ino == there.st_ino;
}

/* PORT_FILE_CHANGED: the file that was locked is not at the path any more. */
static enum port_status try_lock(const char *path, int flags, int *ret)
{
    struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1 };
    enum port_status status = PORT_OK;
    int file;

    do {
        file = open(path, flags, MODE_PRIVATE);
    } while (file < 0 && errno == EINTR);
    if (file < 0)
        return errno == ELOOP ? PORT_DENIED : status_from_errno(errno);
    if (fcntl(file, F_OFD_SETLK, &range) < 0)
        status = errno == EAGAIN || errno == EACCES ? PORT_BUSY : status_from_errno(errno);
    else if (!is_at_path(file, path))
        status = PORT_FILE_CHANGED;
    else if (flags & O_CREAT && fchmod(file, MODE_PRIVATE) < 0) /* what an odd umask took away */
        status = status_from_errno(errno);
    if (status)
        close(file);
    else
        *ret = file;
    return status;
}

enum port_status file_lock_take(const char *path, bool create, struct file_lock **ret)
{
    static struct once fork_watched = ONCE_INITIALIZER;
    int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK | (create ? O_CREAT : 0);
    enum port_status status = PORT_FILE_CHANGED;
    size_t size = strlen(path) + 1;
    struct file_lock *lock;
    int tries;

    *ret = NULL;
    lock = memory_alloc(sizeof(*lock) + size);
    if (!lock)
        return PORT_NO_MEMORY;
    memcpy(lock->path, path, size);
    once_run(&fork_watched, watch_fork);

    /* A child that is forked while we have the descriptor must find it in the list. */
    mutex_lock(&mutex);
    for (tries = 0; status == PORT_FILE_CHANGED && tries < MAX_TRIES; tries++)
        status = try_lock(path, flags, &lock->file);
    if (!status) {
        lock->next = locks;
        lock->link = &locks;
        if (locks)
            locks->link = &lock->next;
        locks = lock;
    }
    mutex_unlock(&mutex);
    if (status) {
        memory_free(lock);
        return status == PORT_FILE_CHANGED ? PORT_BUSY : status;
    }
    *ret = lock;
    return PORT_OK;
}

void file_lock_release(struct file_lock *lock, bool remove)
{
    if (!lock)
        return;
    if (lock->link) {
        if (remove)
            file_remove(lock->path);
        mutex_lock(&mutex);
        *lock->link = lock->next;
        if (lock->next)
            lock->next->link = lock->link;
        close(lock->file);
        mutex_unlock(&mutex);
    }
    memory_free(lock);
}
