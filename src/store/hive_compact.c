/* SPDX-License-Identifier: MIT */
/*
 * Writes the log anew. The new one has its keys in the order of the tree, so where each record is
 * in it follows from their sizes, and nothing in memory changes before the new file has its name.
 */
#include "hive_internal.h"

#include <string.h>

#include "src/port/memory.h"

/* Whether the new log has the key. One whose record could not be read, and nothing below it, is
 * left behind. */
static bool is_kept(const struct hive_key *key)
{
    return !key->lost || key->first;
}

static enum port_status copy_key(struct hive *hive, struct log_file *fresh, struct hive_key *key)
{
    char path[LOG_PATH_MAX + 1];
    struct log_record old = { .values = NULL }, record = { .kind = LOG_VALUES, .path = path };
    enum port_status status = PORT_OK;

    record.path_length = hive_key_path(key, path);
    if (key->size)
        status = log_file_read(&hive->log, key->offset, key->size, &old);
    if (status && status != PORT_INVALID)
        return status;
    if (status && !key->lost)
        hive->damage.bad_records++;
    key->lost = status == PORT_INVALID;
    if (key->size && !key->lost) {
        record.values = old.values;
        record.values_size = old.values_size;
    }
    return is_kept(key) ? log_file_add(fresh, &record) : PORT_OK;
}

/* The same walk as that of the copying, so that each key finds its record's new place. */
static void place_keys(struct hive *hive)
{
    struct hive_key *key = hive_tree_next(hive->tree.root), *next;
    uint64_t offset = LOG_HEADER_SIZE;
    char path[LOG_PATH_MAX + 1];

    for (; key; key = next) {
        size_t size = key->size;

        next = hive_tree_next(key);
        if (!is_kept(key)) {
            hive_tree_remove(&hive->tree, key);
            continue;
        }
        if (!size || key->lost)
            size = log_record_size(hive_key_path(key, path), 0);
        hive_tree_place(&hive->tree, key, offset, size);
        offset += size;
    }
}

/*
 * Over the old one, which somebody may be syncing: then it stays open. Where the system does not
 * replace open files, ours is closed for the moment, and what others have open makes it PORT_BUSY.
 */
static enum port_status take_place(struct hive *hive, const char *new_path)
{
    enum port_status status = file_rename(new_path, hive->log.path, true);

    if (status != PORT_BUSY || hive->syncs)
        return status;
    file_close(hive->log.file);
    hive->log.file = FILE_HANDLE_NONE;
    status = file_rename(new_path, hive->log.path, true);
    if (status)
        log_file_reopen(&hive->log); /* else when it is needed */
    return status;
}

static void replace_log(struct hive *hive, struct log_file *fresh, struct retired_log *retired)
{
    if (retired) {
        retired->file = hive->log.file;
        retired->syncs = hive->syncs;
        retired->next = hive->retired;
        hive->retired = retired;
        hive->syncs = 0;
    } else {
        file_close(hive->log.file);
    }
    hive->log.file = fresh->file;
    hive->log.marker = fresh->marker;
    hive->log.end = fresh->end;
    hive->log.filled = fresh->filled;
    hive->log.later_size = 0; /* these keys are not in it */
    fresh->file = FILE_HANDLE_NONE;
    place_keys(hive);
    hive->folder_unsynced = true;
    hive->sync_failed = false;
}

enum port_status hive_compact(struct hive *hive)
{
    struct retired_log *retired = NULL;
    struct log_file fresh = { 0 };
    struct log_damage damage;
    enum port_status status;
    char *new_path;
    bool is_new;

    if (hive->log.read_only)
        return PORT_DENIED;
    new_path = memory_format("%s" HIVE_NEW_SUFFIX, hive->log.path);
    if (hive->syncs)
        retired = memory_zalloc(sizeof(*retired));
    if (!new_path || (hive->syncs && !retired)) {
        status = PORT_NO_MEMORY;
        goto done;
    }
    file_remove(new_path); /* of a process that died */
    status = log_file_open(&fresh, new_path, LOG_NEW, NULL, NULL, &damage, &is_new);
    if (status)
        goto done;
    for (struct hive_key *key = hive->tree.root; !status && (key = hive_tree_next(key));)
        status = copy_key(hive, &fresh, key);
    if (!status)
        status = log_file_flush(&fresh);
    if (!status)
        status = file_sync(fresh.file);
    if (!status)
        status = take_place(hive, new_path);
    if (status) {
        log_file_close(&fresh);
        file_remove(new_path);
        goto done;
    }
    replace_log(hive, &fresh, retired);
    retired = NULL;
    log_file_close(&fresh);
    status = hive_sync_folder(hive);

done:
    memory_free(retired);
    memory_free(new_path);
    return status;
}
