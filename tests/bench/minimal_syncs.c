/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE

#include "minimal_syncs.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MOST   512 /* that wait, each with a descriptor */
#define MANY   24
#define RECORD 512

#define INTERVAL_NS 10000000 /* from the beginning of a batch to that of the next one, at least */

struct job {
    int file;
    bool whole;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct job waiting[MOST];
static size_t count;
static bool busy;
static int folder, log_file;

static void check(int result)
{
    if (result >= 0)
        return;
    perror("sync");
    _exit(1);
}

static void sync_batch(const struct job *batch, size_t batch_count)
{
    static const char record[RECORD];
    static off_t log_end;

    if (batch_count >= MANY)
        check(syncfs(batch[0].file));
    for (size_t i = 0; i < batch_count; i++) {
        if (batch_count >= MANY)
            check(sync_file_range(batch[i].file, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE));
        else
            check(fdatasync(batch[i].file));
    }
    check(fsync(folder));
    check((int)pwrite(log_file, record, RECORD, log_end));
    log_end += RECORD;
    check(fdatasync(log_file));
    for (size_t i = 0; i < batch_count; i++) {
        if (batch[i].whole)
            close(batch[i].file);
    }
}

static void rest(struct timespec *begun)
{
    begun->tv_nsec += INTERVAL_NS;
    if (begun->tv_nsec >= 1000000000) {
        begun->tv_nsec -= 1000000000;
        begun->tv_sec++;
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, begun, NULL);
    clock_gettime(CLOCK_MONOTONIC, begun);
}

static void *syncer(void *context)
{
    static struct job batch[MOST];
    struct timespec begun = { 0 };

    (void)context;
    for (;;) {
        size_t batch_count;

        pthread_mutex_lock(&mutex);
        busy = false;
        while (count == 0)
            pthread_cond_wait(&changed, &mutex);
        busy = true;
        pthread_mutex_unlock(&mutex);
        rest(&begun);
        pthread_mutex_lock(&mutex);
        batch_count = count;
        memcpy(batch, waiting, count * sizeof(batch[0]));
        count = 0;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&mutex);
        sync_batch(batch, batch_count);
    }
    return NULL;
}

void syncs_start(const char *folder_path, const char *log_path)
{
    pthread_t thread;

    check(folder = open(folder_path, O_RDONLY | O_DIRECTORY));
    check(log_file = open(log_path, O_WRONLY | O_CREAT | O_TRUNC, 0600));
    check(posix_fallocate(log_file, 0, 1024L * 1024) ? -1 : 0);
    check(-pthread_create(&thread, NULL, syncer, NULL));
}

void syncs_submit(int file, bool whole)
{
    pthread_mutex_lock(&mutex);
    while (count == MOST)
        pthread_cond_wait(&changed, &mutex);
    waiting[count++] = (struct job){ file, whole };
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

bool syncs_idle(void)
{
    bool idle;

    pthread_mutex_lock(&mutex);
    idle = count == 0 && !busy;
    pthread_mutex_unlock(&mutex);
    return idle;
}
