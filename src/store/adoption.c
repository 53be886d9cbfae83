/* SPDX-License-Identifier: MIT */
/*
 * Adoption: what dead instances have left becomes ours (hive_taking.c), and then the application is
 * told, record by record. Of two that adopt at the same time one waits: so what a crash amid a
 * merge has left in two hives is never taken by two processes. docs/store.md
 */
#include <stdlib.h>
#include <string.h>

#include "download_values.h"
#include "record.h"
#include "src/port/clock.h"
#include "src/port/memory.h"
#include "src/port/private_item.h"
#include "src/port/process.h"
#include "store_internal.h"

/* How long another adoption may take before its hives count as somebody's. */
#define LONGEST_WAIT_MS 10000

#define POLL_NS 2000000

enum port_status store_wait_for_lock(const char *path, unsigned milliseconds,
                                     struct file_lock **ret)
{
    uint64_t deadline = clock_monotonic_ms() + milliseconds;
    struct mutex mutex = MUTEX_INITIALIZER;
    struct condition never;
    enum port_status status;

    condition_init(&never);
    mutex_lock(&mutex);
    while ((status = file_lock_take(path, true, ret)) == PORT_BUSY &&
           clock_monotonic_ms() < deadline)
        condition_wait_until(&never, &mutex, clock_monotonic_ns() + POLL_NS);
    mutex_unlock(&mutex);
    condition_destroy(&never);
    mutex_destroy(&mutex);
    return status;
}

struct telling {
    struct store *store;
    store_adopted adopted;
    void *context;
    int64_t now;
    uint64_t stale_days;
    bool enough; /* the application wants no more now */
};

static enum port_status drop(struct store *store, const struct store_id *id,
                             const struct value_set *record)
{
    enum port_status status = store_remove(store, id);

    if (!status)
        store_remove_private_files(&store->folders, record);
    return status;
}

static enum port_status tell_record(struct telling *telling, const struct store_id *id,
                                    struct value_set *record)
{
    enum port_status status;
    bool changed;

    if (record_is_stale(record, telling->now, telling->stale_days))
        return drop(telling->store, id, record);
    status = record_make_ours(record, &changed);
    if (!status && changed)
        status = store_put(telling->store, id, record);
    if (!status)
        telling->enough = !telling->adopted(telling->context, id, record);
    return status;
}

/* Whether the application knows of it now, or need not. */
static bool tell_one(struct telling *telling, const struct store_id *id, enum port_status *ret)
{
    struct store *store = telling->store;
    struct value_set *record = NULL;
    enum port_status status;
    char key[ID_KEY_SIZE];

    store_id_key(id, key);
    mutex_lock(&store->mutex);
    status = hive_query_values(store->hive, key, &record);
    if (!status) {
        uint64_t generation = value_set_get_qword(record, DOWNLOAD_GENERATION, 0);

        if (store->generation < generation)
            store->generation = generation;
    }
    mutex_unlock(&store->mutex);
    if (!status)
        status = tell_record(telling, id, record);
    value_set_free(record);
    if (status == PORT_NOT_FOUND)
        status = PORT_OK;
    if (status && !*ret)
        *ret = status;
    return !status && !telling->enough;
}

static enum port_status tell(struct telling *telling)
{
    struct id_list *untold = &telling->store->untold;
    enum port_status status = PORT_OK;
    size_t i, kept = 0;

    for (i = 0; i < untold->count; i++) {
        struct store_id id = untold->ids[i];

        if (telling->enough || !tell_one(telling, &id, &status))
            untold->ids[kept++] = id;
    }
    untold->count = kept;
    if (!kept)
        id_list_clear(untold);
    return status;
}

/* The hives of a folder, with the largest first. */
struct found_hive {
    char name[HIVE_NAME_SIZE];
    uint64_t size;
};

struct search {
    struct store *store;
    struct found_hive *hives;
    size_t count, capacity;
    enum port_status status;
};

static void note_size(const struct store *store, struct found_hive *hive)
{
    char *path = hive_name_path(&store->folders, hive->name, HIVE_ENDING);
    struct file_info info;

    hive->size = path && !file_path_info(path, &info) ? info.size : 0;
    memory_free(path);
}

static bool note_hive(void *context, const char *name, enum file_kind kind)
{
    struct search *search = context;
    struct found_hive hive;

    if (kind != FILE_KIND_FILE || !hive_name_parse(name, HIVE_ENDING, false, hive.name))
        return true;
    if (search->count == search->capacity) {
        size_t capacity = search->capacity ? search->capacity * 2 : 16;
        struct found_hive *grown = memory_resize(search->hives, capacity * sizeof(*grown));

        if (!grown) {
            search->status = PORT_NO_MEMORY;
            return false;
        }
        search->hives = grown;
        search->capacity = capacity;
    }
    note_size(search->store, &hive);
    search->hives[search->count++] = hive;
    return true;
}

static int compare(const void *one, const void *other)
{
    const struct found_hive *first = one, *second = other;

    if (first->size != second->size)
        return first->size > second->size ? -1 : 1;
    return strcmp(first->name, second->name);
}

/* With the lock of adoptions. The first failure counts, after all were tried. */
static enum port_status take_all(struct store *store)
{
    struct search search = { .store = store };
    enum port_status status, first;
    size_t i;

    first = file_visit(store->folders.transfers, note_hive, &search);
    if (!first)
        first = search.status;
    if (search.count)
        qsort(search.hives, search.count, sizeof(*search.hives), compare);
    for (i = 0; i < search.count; i++) {
        status = store_take_hive(store, search.hives[i].name);
        if (!first)
            first = status;
    }
    memory_free(search.hives);
    store_sweep_leftovers(store);
    return first;
}

static enum port_status take_free_hives(struct store *store)
{
    struct file_lock *lock = NULL;
    enum port_status status;
    char *path;

    status = private_item_check_root(store->folders.app);
    if (!status)
        status = private_item_check(store->folders.transfers);
    if (status)
        return status == PORT_NOT_FOUND ? PORT_OK : status;
    path = hive_name_path(&store->folders, "", ADOPTION_LOCK);
    if (!path)
        return PORT_NO_MEMORY;
    status = store_wait_for_lock(path, LONGEST_WAIT_MS, &lock);
    if (!status)
        status = take_all(store);
    else if (status == PORT_BUSY)
        status = PORT_OK;
    file_lock_release(lock, false);
    memory_free(path);
    return status;
}

static void set_adopting(struct store *store, bool adopting)
{
    mutex_lock(&store->mutex);
    store->adopting = adopting;
    mutex_unlock(&store->mutex);
}

enum port_status store_adopt(struct store *store, store_adopted adopted, void *context)
{
    struct telling telling = { .store = store, .adopted = adopted, .context = context };
    enum port_status status, told;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    telling.now = clock_universal_time();
    telling.stale_days = record_stale_days();
    mutex_lock(&store->adoption);
    set_adopting(store, true);
    status = take_free_hives(store);
    told = tell(&telling);
    set_adopting(store, false);
    mutex_unlock(&store->adoption);
    store_look_for_requests(store);
    return status ? status : told;
}
