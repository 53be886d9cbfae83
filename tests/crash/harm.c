/* SPDX-License-Identifier: MIT */
/*
 * Put into a program that has the component in itself: the program kills itself at one of its calls
 * to the file system, as $WINRT_TEST_HARM says:
 *
 *     before:N   at its Nth call, which is not made
 *     after:N    at the Nth that changes or syncs something, when that has been made
 *     half:N     at its Nth write, when half of the bytes are written
 *     count      at none
 *
 * Then "harm: NAME PATH" stands on standard error; if there was no such call, and a proper end,
 * "calls: NAME COUNT..." does.
 */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/port/files.h"

/* Those up to CALL_CLOSE change or sync something, or may. */
enum call {
    CALL_OPEN,
    CALL_WRITE,
    CALL_RESIZE,
    CALL_SYNC,
    CALL_SYNC_TIMES,
    CALL_SYNC_VOLUME,
    CALL_COPY_ACCESS,
    CALL_RENAME,
    CALL_REMOVE,
    CALL_MAKE_FOLDER,
    CALL_REMOVE_FOLDER,
    CALL_SYNC_FOLDER,
    CALL_CLOSE,
    CALL_READ,
    CALL_INFO,
    CALL_CHECK_SYNCED,
    CALL_PATH_INFO,
    CALL_VISIT,
    CALL_REAL_PATH,
    CALLS,
};

static const char *const names[CALLS] = {
    "open",   "write",  "resize",    "sync",  "times",       "volume", "copy_access",
    "rename", "remove", "mkdir",     "rmdir", "sync_folder", "close",  "read",
    "info",   "check",  "path_info", "visit", "real_path",
};

static const char *const modes[] = { "count", "before", "after", "half" };
enum mode {
    MODE_COUNT,
    MODE_BEFORE,
    MODE_AFTER,
    MODE_HALF
};

static enum mode mode;
static unsigned long chosen;
static atomic_ulong made, changes, counts[CALLS];

static void die(enum call call, const char *path)
{
    dprintf(STDERR_FILENO, "harm: %s %s\n", names[call], path);
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/* Whether it is the chosen one, and dies after it or amid it. */
static bool begin(enum call call, const char *path)
{
    unsigned long number = atomic_fetch_add(&made, 1) + 1;
    unsigned long of_kind = atomic_fetch_add(&counts[call], 1) + 1;
    unsigned long change = call < CALL_CLOSE ? atomic_fetch_add(&changes, 1) + 1 : 0;

    if (mode == MODE_BEFORE && number == chosen)
        die(call, path);
    if (mode == MODE_AFTER)
        return change == chosen;
    return mode == MODE_HALF && call == CALL_WRITE && of_kind == chosen;
}

static enum port_status end(bool last, enum call call, const char *path, enum port_status status)
{
    if (last)
        die(call, path);
    return status;
}

static enum port_status harmed_open(const char *path, unsigned flags, file_handle *ret)
{
    bool last = begin(CALL_OPEN, path);

    return end(last, CALL_OPEN, path, file_real_ops.open(path, flags, ret));
}

static void harmed_close(file_handle file)
{
    bool last = begin(CALL_CLOSE, "");

    file_real_ops.close(file);
    end(last, CALL_CLOSE, "", PORT_OK);
}

static enum port_status harmed_read(file_handle file, uint64_t offset, void *buffer, size_t size,
                                    size_t *ret)
{
    bool last = begin(CALL_READ, "");

    return end(last, CALL_READ, "", file_real_ops.read_at(file, offset, buffer, size, ret));
}

static enum port_status harmed_write(file_handle file, uint64_t offset, const void *buffer,
                                     size_t size, size_t *ret)
{
    bool last = begin(CALL_WRITE, "");

    if (last && mode == MODE_HALF)
        size /= 2;
    return end(last, CALL_WRITE, "", file_real_ops.write_at(file, offset, buffer, size, ret));
}

static enum port_status harmed_info(file_handle file, struct file_info *ret)
{
    bool last = begin(CALL_INFO, "");

    return end(last, CALL_INFO, "", file_real_ops.info(file, ret));
}

static enum port_status harmed_resize(file_handle file, uint64_t size)
{
    bool last = begin(CALL_RESIZE, "");

    return end(last, CALL_RESIZE, "", file_real_ops.resize(file, size));
}

static enum port_status harmed_sync(file_handle file)
{
    bool last = begin(CALL_SYNC, "");

    return end(last, CALL_SYNC, "", file_real_ops.sync(file));
}

static enum port_status harmed_sync_times(file_handle file)
{
    bool last = begin(CALL_SYNC_TIMES, "");

    return end(last, CALL_SYNC_TIMES, "", file_real_ops.sync_times(file));
}

static enum port_status harmed_sync_volume(file_handle file)
{
    bool last = begin(CALL_SYNC_VOLUME, "");

    return end(last, CALL_SYNC_VOLUME, "", file_real_ops.sync_volume(file));
}

static enum port_status harmed_check_synced(file_handle file)
{
    bool last = begin(CALL_CHECK_SYNCED, "");

    return end(last, CALL_CHECK_SYNCED, "", file_real_ops.check_synced(file));
}

static enum port_status harmed_copy_access(file_handle from, file_handle to)
{
    bool last = begin(CALL_COPY_ACCESS, "");

    return end(last, CALL_COPY_ACCESS, "", file_real_ops.copy_access(from, to));
}

static enum port_status harmed_path_info(const char *path, struct file_info *ret)
{
    bool last = begin(CALL_PATH_INFO, path);

    return end(last, CALL_PATH_INFO, path, file_real_ops.path_info(path, ret));
}

static enum port_status harmed_rename(const char *from, const char *to, bool replace)
{
    bool last = begin(CALL_RENAME, from);

    return end(last, CALL_RENAME, from, file_real_ops.rename(from, to, replace));
}

static enum port_status harmed_remove(const char *path)
{
    bool last = begin(CALL_REMOVE, path);

    return end(last, CALL_REMOVE, path, file_real_ops.remove(path));
}

static enum port_status harmed_make_folder(const char *path, bool private)
{
    bool last = begin(CALL_MAKE_FOLDER, path);

    return end(last, CALL_MAKE_FOLDER, path, file_real_ops.make_folder(path, private));
}

static enum port_status harmed_remove_folder(const char *path)
{
    bool last = begin(CALL_REMOVE_FOLDER, path);

    return end(last, CALL_REMOVE_FOLDER, path, file_real_ops.remove_folder(path));
}

static enum port_status harmed_visit(const char *path, file_visitor visitor, void *context)
{
    bool last = begin(CALL_VISIT, path);

    return end(last, CALL_VISIT, path, file_real_ops.visit(path, visitor, context));
}

static enum port_status harmed_sync_folder(const char *path)
{
    bool last = begin(CALL_SYNC_FOLDER, path);

    return end(last, CALL_SYNC_FOLDER, path, file_real_ops.sync_folder(path));
}

static enum port_status harmed_real_path(const char *path, char **ret)
{
    bool last = begin(CALL_REAL_PATH, path);

    return end(last, CALL_REAL_PATH, path, file_real_ops.real_path(path, ret));
}

static const struct file_ops harmed = {
    harmed_open,        harmed_close,        harmed_read,        harmed_write,
    harmed_info,        harmed_resize,       harmed_sync,        harmed_sync_times,
    harmed_sync_volume, harmed_check_synced, harmed_copy_access, harmed_path_info,
    harmed_rename,      harmed_remove,       harmed_make_folder, harmed_remove_folder,
    harmed_visit,       harmed_sync_folder,  harmed_real_path,   false,
};

/* Registered first, so it runs when the engine has stopped. */
static void report(void)
{
    char text[1024];
    size_t used = 0;

    for (size_t i = 0; i < CALLS; i++) {
        unsigned long count = atomic_load(&counts[i]);

        if (count && used < sizeof(text))
            used += (size_t)snprintf(text + used, sizeof(text) - used, " %s %lu", names[i], count);
    }
    dprintf(STDERR_FILENO, "calls:%s\n", text);
}

__attribute__((constructor)) static void install(void)
{
    const char *value = getenv("WINRT_TEST_HARM");

    if (!value)
        return;
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        size_t length = strlen(modes[i]);

        if (strncmp(value, modes[i], length))
            continue;
        mode = (enum mode)i;
        if (value[length])
            chosen = strtoul(value + length + 1, NULL, 10);
    }
    atexit(report);
    file_set_ops(&harmed);
}
