/* SPDX-License-Identifier: MIT */
/* Our own hive: its making, and what is written to and read from it. */
#include "store.h"

#include <string.h>

#include "download_values.h"
#include "record.h"
#include "src/port/memory.h"
#include "src/port/private_item.h"
#include "src/port/process.h"
#include "store_internal.h"

/* Two processes that choose the same name, or an adoption that cleans up a lock just made. */
#define MAX_NAMES 16

static void destroy(struct store *store)
{
    hive_close(store->hive);
    file_lock_release(store->lock, false);
    id_list_clear(&store->untold);
    id_list_clear(&store->void_copies);
    store_folders_free(&store->folders);
    mutex_destroy(&store->groups);
    mutex_destroy(&store->adoption);
    condition_destroy(&store->changed);
    mutex_destroy(&store->mutex);
    memory_free(store);
}

enum port_status store_create(const char *folder, struct store **ret)
{
    struct store *store = memory_zalloc(sizeof(*store));
    enum port_status status;

    *ret = NULL;
    if (!store)
        return PORT_NO_MEMORY;
    process_watch_fork();
    mutex_init(&store->mutex);
    mutex_init(&store->adoption);
    mutex_init(&store->groups);
    condition_init(&store->changed);
    store->last = &store->first;
    status = store_folders_init(&store->folders, folder);
    if (status)
        destroy(store);
    else
        *ret = store;
    return status;
}

const char *store_get_folder(const struct store *store)
{
    return store->folders.app;
}

void store_close(struct store *store)
{
    /* A child leaves its parent's alone, and has no thread that could be waited for. */
    if (!store || process_is_forked_child())
        return;
    store_flush(store);
    mutex_lock(&store->mutex);
    store->closing = true;
    condition_broadcast(&store->changed);
    while (store->threaded)
        condition_wait(&store->changed, &store->mutex);
    mutex_unlock(&store->mutex);
    watch_folder_end(store->watch);
    destroy(store);
}

/* PORT_BUSY: somebody has the name. */
static enum port_status make_hive(struct store *store)
{
    char *path = NULL, *lock_path = NULL, name[HIVE_NAME_SIZE];
    struct file_lock *lock = NULL;
    struct hive *hive = NULL;
    enum port_status status;

    status = hive_name_make(name);
    if (status)
        return status;
    path = hive_name_path(&store->folders, name, HIVE_ENDING);
    lock_path = hive_name_path(&store->folders, name, LOCK_ENDING);
    if (!path || !lock_path) {
        status = PORT_NO_MEMORY;
        goto done;
    }
    /* The lock before the hive: an adopter must never find a hive of ours without. */
    status = file_lock_take(lock_path, true, &lock);
    if (!status) {
        status = hive_open(path, &hive);
        if (status)
            file_remove(path);
    }
    if (!status) {
        store_set_hive(store, name, lock, hive);
        store->new_folders = true;
        lock = NULL;
    }

done:
    file_lock_release(lock, true);
    memory_free(lock_path);
    memory_free(path);
    return status;
}

void store_set_hive(struct store *store, const char *name, struct file_lock *lock,
                    struct hive *hive)
{
    memcpy(store->name, name, HIVE_NAME_SIZE);
    store->lock = lock;
    store->hive = hive;
    store_want_watch(store);
    store->has_secrets = hive_count_keys(hive, "") != 0; /* of one that was adopted: perhaps */
}

enum port_status store_need_hive(struct store *store)
{
    enum port_status status = PORT_BUSY;
    int names;

    if (store->hive)
        return PORT_OK;
    status = private_item_make_folder(store->folders.app);
    if (!status)
        status = private_item_make_folder(store->folders.transfers);
    if (!status)
        status = make_hive(store);
    for (names = 1; status == PORT_BUSY && names < MAX_NAMES; names++)
        status = make_hive(store);
    return status;
}

void store_note_written(struct store *store)
{
    store->written++;
    store_wake_syncer(store);
}

enum port_status store_put(struct store *store, const struct store_id *id, struct value_set *values)
{
    enum port_status status;
    char key[ID_KEY_SIZE];

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    store_id_key(id, key);
    mutex_lock(&store->mutex);
    status = store_need_hive(store);
    if (!status)
        status = value_set_put_qword(values, DOWNLOAD_GENERATION, store->generation + 1);
    if (!status)
        status = hive_set_values(store->hive, key, values);
    if (!status) {
        store->has_secrets |= record_has_secrets(values);
        store->generation++;
        store_note_written(store);
    }
    mutex_unlock(&store->mutex);
    return status;
}

static enum port_status remove_by(enum port_status (*delete_tree)(struct hive *, const char *),
                                  struct store *store, const struct store_id *id)
{
    enum port_status status = PORT_OK;
    char key[ID_KEY_SIZE];

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    store_id_key(id, key);
    mutex_lock(&store->mutex);
    if (store->hive && hive_has_key(store->hive, key)) {
        status = delete_tree(store->hive, key);
        if (!status)
            store_note_written(store);
    }
    mutex_unlock(&store->mutex);
    return status;
}

enum port_status store_remove(struct store *store, const struct store_id *id)
{
    return remove_by(hive_delete_tree, store, id);
}

enum port_status store_remove_in_commit(struct store *store, const struct store_id *id)
{
    return remove_by(hive_delete_tree_later, store, id);
}

enum port_status store_get(struct store *store, const struct store_id *id, struct value_set **ret)
{
    enum port_status status = PORT_NOT_FOUND;
    char key[ID_KEY_SIZE];

    *ret = NULL;
    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    store_id_key(id, key);
    mutex_lock(&store->mutex);
    if (store->hive)
        status = hive_query_values(store->hive, key, ret);
    mutex_unlock(&store->mutex);
    return status;
}
