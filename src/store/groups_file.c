/* SPDX-License-Identifier: MIT */
/*
 * The app's transfer groups: a hive that all its instances write, each for the moment in which it
 * has groups.lock. Reading takes no lock: what is there is whole at any time. docs/store.md
 */
#include <stdio.h>
#include <string.h>

#include "download_values.h"
#include "names.h"
#include "src/port/memory.h"
#include "src/port/private_item.h"
#include "src/port/process.h"
#include "store_internal.h"

#define LONGEST_WAIT_MS 2000

#define HASH_DIGITS 16
#define KEY_SIZE    (sizeof(KEY_GROUPS "\\") + STORED_NAME_MAX)

static bool is_plain(unsigned char c)
{
    return c > ' ' && c != '\\' && c != '%' && !(c >= 'A' && c <= 'Z');
}

/* FNV-1a, 64 bits. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

/*
 * Names of keys have no backslash and mean the same in capitals; names of groups have what they
 * want and do not. So other bytes than plain ones are a percent sign and two digits; and a name
 * that gets too long is cut, and ends with a hash.
 */
static void make_key(const char *name, char key[KEY_SIZE])
{
    char *text = key + sizeof(KEY_GROUPS);
    size_t used = 0;
    const char *c;

    memcpy(key, KEY_GROUPS "\\", sizeof(KEY_GROUPS "\\"));
    for (c = name; *c && used + 3 <= STORED_NAME_MAX; c++) {
        if (is_plain((unsigned char)*c))
            text[used++] = *c;
        else
            used += (size_t)snprintf(text + used, 4, "%%%02x", (unsigned char)*c);
    }
    text[used] = 0;
    if (*c)
        snprintf(text + STORED_NAME_MAX - HASH_DIGITS - 3, HASH_DIGITS + 2, "~%016llx",
                 (unsigned long long)hash_of(name));
}

static enum port_status open_groups(const char *path, struct hive **ret)
{
    enum port_status status = hive_open(path, ret);
    char *aside;

    if (status != PORT_INVALID)
        return status;
    /* No hive: out of the way, for people. */
    aside = memory_format("%s" DAMAGED_ENDING, path);
    status = aside ? file_rename(path, aside, true) : PORT_NO_MEMORY;
    memory_free(aside);
    return status ? status : hive_open(path, ret);
}

/* Without a key it is only written anew. */
static enum port_status write_group(const char *path, const char *key, struct value_set *values)
{
    enum port_status status;
    struct hive *hive;

    status = open_groups(path, &hive);
    if (status)
        return status;
    status = key ? hive_set_values(hive, key, values) : hive_compact(hive);
    if (key && !status && hive_wants_compaction(hive))
        hive_compact(hive); /* if not now, then the next time */
    hive_close(hive);
    return status;
}

/* Nobody else's writing comes in between. */
static enum port_status write_alone(struct store *store, const char *key, struct value_set *values)
{
    char *path = hive_name_path(&store->folders, "", GROUPS_FILE);
    char *lock_path = hive_name_path(&store->folders, "", GROUPS_LOCK);
    enum port_status status = PORT_NO_MEMORY;
    struct file_lock *lock = NULL;

    if (path && lock_path) {
        mutex_lock(&store->groups);
        status = store_wait_for_lock(lock_path, LONGEST_WAIT_MS, &lock);
        if (!status)
            status = write_group(path, key, values);
        file_lock_release(lock, false);
        mutex_unlock(&store->groups);
    }
    memory_free(lock_path);
    memory_free(path);
    return status;
}

enum port_status store_put_group(struct store *store, const char *name, struct value_set *values)
{
    enum port_status status;
    char key[KEY_SIZE];

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    if (!name[0])
        return PORT_INVALID;
    make_key(name, key);
    status = private_item_make_folder(store->folders.app);
    if (!status)
        status = private_item_make_folder(store->folders.transfers);
    if (!status)
        status = write_alone(store, key, values);
    if (!status) {
        mutex_lock(&store->mutex);
        store->new_folders |= !store->groups_ready;
        store->groups_ready = store->groups_written = true;
        store_note_written(store);
        mutex_unlock(&store->mutex);
    }
    return status;
}

static enum port_status sync_file(const struct store *store)
{
    char *path = hive_name_path(&store->folders, "", GROUPS_FILE);
    enum port_status status = PORT_NO_MEMORY;
    file_handle file;

    if (path) {
        status = file_open(path, FILE_OPEN_READ | FILE_OPEN_WRITE, &file);
        if (!status)
            status = file_sync(file);
        file_close(file);
    }
    memory_free(path);
    return status;
}

enum port_status store_sync_groups(struct store *store)
{
    enum port_status status =
        store->groups_sync_failed ? write_alone(store, NULL, NULL) : sync_file(store);

    store->groups_sync_failed = status;
    /* Its name, too: whoever made it, maybe just now. */
    return status ? status : file_sync_folder(store->folders.transfers);
}

enum port_status store_get_group(struct store *store, const char *name, struct value_set **ret)
{
    char *path, key[KEY_SIZE];
    enum port_status status;
    struct hive *hive;

    *ret = NULL;
    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    path = hive_name_path(&store->folders, "", GROUPS_FILE);
    if (!path)
        return PORT_NO_MEMORY;
    make_key(name, key);
    status = hive_open_read_only(path, &hive);
    if (!status)
        status = hive_query_values(hive, key, ret);
    hive_close(hive);
    memory_free(path);
    /* What is no hive, the next that writes replaces. */
    return status == PORT_INVALID ? PORT_NOT_FOUND : status;
}
