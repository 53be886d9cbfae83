/* SPDX-License-Identifier: MIT */
/* What processes that died amid something have left, and what nobody has wanted for long. */
#include "record.h"
#include "src/port/clock.h"
#include "src/port/memory.h"
#include "store_internal.h"

#define DAY          (INT64_C(86400) * 10000000) /* in 100 ns */
#define REQUEST_DAYS 1

struct leftovers {
    const struct store_folders *folders;
    const char *folder;
    int64_t now, days; /* older ones go */
};

static void remove_in(const char *folder, const char *name)
{
    char *path = memory_format("%s/%s", folder, name);

    if (path)
        file_remove(path);
    memory_free(path);
}

static void remove_if_old(const struct leftovers *leftovers, const char *name)
{
    char *path = memory_format("%s/%s", leftovers->folder, name);
    struct file_info info;

    if (path && !file_path_info(path, &info) &&
        leftovers->now - info.modified > leftovers->days * DAY)
        file_remove(path);
    memory_free(path);
}

bool store_hive_is_gone(const struct store_folders *folders, const char *name)
{
    char *path = hive_name_path(folders, name, HIVE_ENDING);
    struct file_info info;
    bool gone;

    gone = path && file_path_info(path, &info) == PORT_NOT_FOUND;
    memory_free(path);
    return gone;
}

/* A lock without a hive is one that a crash has left, or that of a process which is about to make
 * its hive: that one takes another name if it finds its lock taken. */
static void remove_lock(const struct leftovers *leftovers, const char *name)
{
    char *path = hive_name_path(leftovers->folders, name, LOCK_ENDING);
    struct file_lock *lock;

    if (path && store_hive_is_gone(leftovers->folders, name) && !file_lock_take(path, false, &lock))
        file_lock_release(lock, store_hive_is_gone(leftovers->folders, name));
    memory_free(path);
}

static bool look_at_transfers(void *context, const char *name, enum file_kind kind)
{
    const struct leftovers *leftovers = context;
    char hive[HIVE_NAME_SIZE];

    if (kind != FILE_KIND_FILE)
        return true;
    if (hive_name_parse(name, LOCK_ENDING, false, hive))
        remove_lock(leftovers, hive);
    else if (hive_name_parse(name, HIVE_ENDING HIVE_NEW_SUFFIX, false, hive)) {
        if (store_hive_is_gone(leftovers->folders, hive))
            remove_in(leftovers->folder, name);
    } else if (hive_name_parse(name, HIVE_ENDING DAMAGED_ENDING, false, hive)) {
        remove_if_old(leftovers, name);
    }
    return true;
}

static bool look_at_requests(void *context, const char *name, enum file_kind kind)
{
    if (kind == FILE_KIND_FILE)
        remove_if_old(context, name);
    return true;
}

void store_sweep_leftovers(struct store *store)
{
    struct leftovers leftovers = { .folders = &store->folders, .now = clock_universal_time() };

    leftovers.folder = store->folders.transfers;
    leftovers.days = (int64_t)record_stale_days();
    file_visit(leftovers.folder, look_at_transfers, &leftovers);
    leftovers.folder = store->folders.requests;
    leftovers.days = REQUEST_DAYS;
    file_visit(leftovers.folder, look_at_requests, &leftovers);
    store_sweep_gone(store);
}
