/* SPDX-License-Identifier: MIT */
/*
 * Taking over one hive whose owner is dead. If we have none of our own it becomes ours as it is: so
 * a new process has 100,000 transfers without copying one. Else its records are copied into ours,
 * that is synced, and the other is removed. Killed at any point of that, a record is in one hive or
 * in both, and the next adopter, which gets both, takes that of the higher generation.
 */
#include <string.h>

#include "download_values.h"
#include "log_format.h"
#include "record.h"
#include "src/port/memory.h"
#include "store_internal.h"

/* How a header begins (log_format.c). */
#define LOG_MAGIC_SIZE   8
#define LOG_VERSION_SIZE 4

/* What is being taken. */
struct taken_hive {
    const char *name;
    char *path;
    struct hive *hive;
    struct file_lock *lock;
    bool damaged;
};

/* A file that is no hive, or has damage in it, is kept for people, out of the way, until it is
 * stale. */
static enum port_status set_aside(struct store *store, const struct taken_hive *taken)
{
    char *aside = hive_name_path(&store->folders, taken->name, HIVE_ENDING DAMAGED_ENDING);
    enum port_status status = PORT_NO_MEMORY;

    if (aside)
        status = file_rename(taken->path, aside, true);
    memory_free(aside);
    return status;
}

/* Ours now: its records are the application's, once told. False: we have got one meanwhile. */
static bool become_ours(struct store *store, struct taken_hive *taken)
{
    bool done;

    mutex_lock(&store->mutex);
    done = !store->hive;
    if (done) {
        store_set_hive(store, taken->name, taken->lock, taken->hive);
        taken->hive = NULL;
        taken->lock = NULL;
        /* Its owner may have died before it had synced anything, even the names. */
        hive_name_is_new(store->hive);
        store->new_folders = true;
        store_note_written(store);
    }
    mutex_unlock(&store->mutex);
    return done;
}

static enum port_status take_whole(struct store *store, struct taken_hive *taken, bool *ret_done)
{
    size_t before = store->untold.count;
    enum port_status status;

    status = id_list_add_hive(&store->untold, taken->hive);
    if (!status) {
        store_sweep_hive(&store->folders, taken->name, taken->hive);
        *ret_done = become_ours(store, taken);
    }
    if (!*ret_done)
        store->untold.count = before;
    return status;
}

/* With the store's mutex: whether our hive has the record, and one that is as new. */
static enum port_status have_as_new(struct store *store, const char *key,
                                    const struct value_set *record, bool *ret_have, bool *ret_new)
{
    struct value_set *ours = NULL;
    enum port_status status;

    status = hive_query_values(store->hive, key, &ours);
    *ret_have = !status;
    *ret_new = !status && value_set_get_qword(ours, DOWNLOAD_GENERATION, 0) >=
                              value_set_get_qword(record, DOWNLOAD_GENERATION, 0);
    value_set_free(ours);
    return status == PORT_NOT_FOUND ? PORT_OK : status;
}

static enum port_status copy_record(struct store *store, const struct store_id *id,
                                    struct value_set *record)
{
    bool was_void = id_list_has(&store->void_copies, id), have = false, as_new = false;
    enum port_status status;
    char key[ID_KEY_SIZE];

    store_id_key(id, key);
    mutex_lock(&store->mutex);
    status = store_need_hive(store);
    if (!status)
        status = have_as_new(store, key, record, &have, &as_new);
    if (!status && !as_new)
        status = hive_set_values(store->hive, key, record);
    if (!status && !as_new) {
        store->has_secrets |= record_has_secrets(record);
        store_note_written(store);
    }
    mutex_unlock(&store->mutex);
    if (!status && (!have || was_void))
        status = id_list_add(&store->untold, id);
    return status;
}

static enum port_status copy_records(struct store *store, struct hive *hive)
{
    struct id_list ids = { .ids = NULL };
    enum port_status status;
    size_t i;

    status = id_list_add_hive(&ids, hive);
    for (i = 0; i < ids.count && !status; i++) {
        struct value_set *record;
        char key[ID_KEY_SIZE];

        store_id_key(&ids.ids[i], key);
        status = hive_query_values(hive, key, &record);
        if (!status)
            status = copy_record(store, &ids.ids[i], record);
        value_set_free(record);
    }
    id_list_clear(&ids);
    return status;
}

/* The other hive stays, so what was copied from it must go; where that fails too, it must not be
 * told, and not be taken for a record of our own when the other is tried again. */
static void undo_copies(struct store *store, size_t before)
{
    struct id_list *untold = &store->untold;

    while (untold->count > before) {
        const struct store_id *id = &untold->ids[--untold->count];

        if (!store_remove(store, id))
            id_list_remove(&store->void_copies, id);
        else if (!id_list_has(&store->void_copies, id))
            id_list_add(&store->void_copies, id);
    }
}

static enum port_status merge(struct store *store, struct taken_hive *taken)
{
    size_t before = store->untold.count, i;
    enum port_status status;

    status = copy_records(store, taken->hive);
    if (!status)
        status = store_flush(store);
    hive_close(taken->hive); /* some systems remove no open file */
    taken->hive = NULL;
    if (!status)
        status = taken->damaged ? set_aside(store, taken) : file_remove(taken->path);
    if (status) {
        undo_copies(store, before);
        return status;
    }
    for (i = before; i < store->untold.count && store->void_copies.count; i++)
        id_list_remove(&store->void_copies, &store->untold.ids[i]);
    /* Else a power cut could bring back what the application has finished with. */
    return file_sync_folder(store->folders.transfers);
}

/* Whether it is a hive, of a version that is not ours: it is left for who knows that. */
static bool is_other_version(const uint8_t *header)
{
    uint8_t ours[LOG_HEADER_SIZE];

    log_header_put(ours, 0);
    return !memcmp(header, ours, LOG_MAGIC_SIZE) &&
           memcmp(header + LOG_MAGIC_SIZE, ours + LOG_MAGIC_SIZE, LOG_VERSION_SIZE) != 0;
}

static bool read_header(const char *path, uint8_t header[LOG_HEADER_SIZE])
{
    enum port_status status;
    file_handle file;
    size_t count = 0;

    status = file_open(path, FILE_OPEN_READ, &file);
    if (!status)
        status = file_read_at(file, 0, header, LOG_HEADER_SIZE, &count);
    file_close(file);
    return !status && count == LOG_HEADER_SIZE;
}

/* What hive_open does not take for one. *ret_gone: it is out of the way. A log that a power cut has
 * kept from getting its header had nothing that was ever durable, so that is no failure. */
static enum port_status refuse(struct store *store, struct taken_hive *taken, bool *ret_gone)
{
    uint8_t header[LOG_HEADER_SIZE];
    bool whole = read_header(taken->path, header), torn = whole && log_header_is_torn(header);

    if (whole && !torn && is_other_version(header))
        return PORT_INVALID;
    *ret_gone = !set_aside(store, taken);
    return torn && *ret_gone ? PORT_OK : PORT_INVALID;
}

static bool have_hive(struct store *store)
{
    bool have;

    mutex_lock(&store->mutex);
    have = store->hive;
    mutex_unlock(&store->mutex);
    return have;
}

/* With its lock. *ret_gone: so is the file. */
static enum port_status take_locked(struct store *store, struct taken_hive *taken, bool *ret_gone)
{
    struct hive_damage damage;
    enum port_status status;
    bool done = false;

    status = hive_open(taken->path, &taken->hive);
    if (status == PORT_INVALID)
        return refuse(store, taken, ret_gone);
    if (status)
        return status;
    hive_get_damage(taken->hive, &damage);
    taken->damaged = damage.bad_records;
    if (!taken->damaged && !hive_count_keys(taken->hive, KEY_DOWNLOADS)) {
        hive_close(taken->hive);
        taken->hive = NULL;
        status = file_remove(taken->path);
        *ret_gone = !status;
        return status;
    }
    if (!taken->damaged && !have_hive(store))
        status = take_whole(store, taken, &done);
    if (status || done)
        return status;
    status = merge(store, taken);
    *ret_gone = !status;
    return status;
}

enum port_status store_take_hive(struct store *store, const char *name)
{
    char *lock_path = hive_name_path(&store->folders, name, LOCK_ENDING);
    struct taken_hive taken = { .name = name,
                                .path = hive_name_path(&store->folders, name, HIVE_ENDING) };
    enum port_status status = PORT_NO_MEMORY;
    struct file_info info;
    bool gone = false;

    if (!lock_path || !taken.path)
        goto done;
    status = file_lock_take(lock_path, true, &taken.lock);
    if (status)
        goto done;
    /* It may have gone before we had the lock. */
    gone = file_path_info(taken.path, &info) == PORT_NOT_FOUND;
    if (!gone)
        status = take_locked(store, &taken, &gone);

done:
    hive_close(taken.hive);
    file_lock_release(taken.lock, gone);
    memory_free(taken.path);
    memory_free(lock_path);
    return status == PORT_BUSY ? PORT_OK : status;
}
