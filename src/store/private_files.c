/* SPDX-License-Identifier: MIT */
/*
 * Private files are named after the hive of the process that made them: "<hive>.<random>.<kind>".
 * A merge leaves them where they are, so after it the hive that names them is another one; their
 * own is gone then. docs/store.md
 */
#include <stdlib.h>
#include <string.h>

#include "download_values.h"
#include "record.h"
#include "src/port/memory.h"
#include "src/port/private_item.h"
#include "src/port/process.h"
#include "store_internal.h"

struct name_list {
    char **names;
    size_t count, capacity;
    enum port_status status;
};

static void name_list_clear(struct name_list *list)
{
    while (list->count)
        memory_free(list->names[--list->count]);
    memory_free(list->names);
}

static void name_list_add(struct name_list *list, const char *name)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        char **grown = memory_resize(list->names, capacity * sizeof(*grown));

        if (!grown) {
            list->status = PORT_NO_MEMORY;
            return;
        }
        list->names = grown;
        list->capacity = capacity;
    }
    list->names[list->count] = memory_strdup(name);
    if (list->names[list->count])
        list->count++;
    else
        list->status = PORT_NO_MEMORY;
}

static int compare(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

static bool name_list_has(const struct name_list *list, const char *name)
{
    return list->count && bsearch(&name, list->names, list->count, sizeof(*list->names), compare);
}

/* Whose it was. */
static bool parse_owner(const char *name, char ret[HIVE_NAME_SIZE])
{
    char random[HIVE_NAME_SIZE];

    return hive_name_parse(name, ".", true, ret) &&
           hive_name_parse(name + HIVE_NAME_SIZE, ".", true, random);
}

static enum port_status need_private_folder(struct store *store)
{
    enum port_status status = PORT_OK;

    if (store->private_ready)
        return status;
    status = private_item_make_folder(store->folders.private);
    store->private_ready = !status;
    /* Whoever made it: the folder's name has to be durable before a record names a file in it. */
    store->new_folders |= store->private_ready;
    return status;
}

enum port_status store_private_file(struct store *store, const char *kind, char **ret_path,
                                    file_handle *ret_file)
{
    char random[HIVE_NAME_SIZE], *path = NULL;
    enum port_status status;

    *ret_path = NULL;
    *ret_file = FILE_HANDLE_NONE;
    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    status = hive_name_make(random);
    if (status)
        return status;
    mutex_lock(&store->mutex);
    status = store_need_hive(store);
    if (!status)
        status = need_private_folder(store);
    mutex_unlock(&store->mutex);
    if (!status) {
        path = memory_format("%s/%s.%s.%s", store->folders.private, store->name, random, kind);
        status = path ? PORT_OK : PORT_NO_MEMORY;
    }
    if (!status)
        status = file_open(path,
                           FILE_OPEN_READ | FILE_OPEN_WRITE | FILE_OPEN_CREATE |
                               FILE_OPEN_EXCLUSIVE | FILE_OPEN_PRIVATE | FILE_OPEN_NO_FOLLOW,
                           ret_file);
    if (status)
        memory_free(path);
    else
        *ret_path = path;
    return status;
}

static void remove_named(void *context, const char *name)
{
    const struct store_folders *folders = context;
    char owner[HIVE_NAME_SIZE], *path;

    /* Nothing but what is named as ours are, whatever a record says. */
    if (!parse_owner(name, owner))
        return;
    path = memory_format("%s/%s", folders->private, name);
    if (path)
        file_remove(path);
    memory_free(path);
}

void store_remove_private_files(const struct store_folders *folders, const struct value_set *record)
{
    record_visit_private(record, remove_named, (void *)folders);
}

static void add_named(void *context, const char *name)
{
    name_list_add(context, name);
}

/* The names of all private files in the hive's records; with the store's mutex, for a moment each,
 * if that is not NULL. */
static enum port_status collect_named(struct hive *hive, struct mutex *mutex,
                                      struct name_list *named)
{
    struct id_list ids = { .ids = NULL };
    enum port_status status;
    size_t i;

    if (mutex)
        mutex_lock(mutex);
    status = id_list_add_hive(&ids, hive);
    if (mutex)
        mutex_unlock(mutex);
    for (i = 0; i < ids.count && !status; i++) {
        struct value_set *record = NULL;
        char key[ID_KEY_SIZE];

        store_id_key(&ids.ids[i], key);
        if (mutex)
            mutex_lock(mutex);
        status = hive_query_values(hive, key, &record);
        if (mutex)
            mutex_unlock(mutex);
        if (!status) {
            record_visit_private(record, add_named, named);
            status = named->status;
        } else if (status == PORT_NOT_FOUND) {
            status = PORT_OK;
        }
        value_set_free(record);
    }
    id_list_clear(&ids);
    return status;
}

/* Those that nobody names any more. */
static void remove_unnamed(const struct store_folders *folders, struct name_list *found,
                           struct name_list *named)
{
    size_t i;

    if (named->count)
        qsort(named->names, named->count, sizeof(*named->names), compare);
    for (i = 0; i < found->count; i++) {
        if (!name_list_has(named, found->names[i]))
            remove_named((void *)folders, found->names[i]);
    }
}

struct search {
    struct name_list found;
    const struct store_folders *folders;
    const char *owner; /* NULL: of hives that are gone */
};

static bool note_file(void *context, const char *name, enum file_kind kind)
{
    struct search *search = context;
    char owner[HIVE_NAME_SIZE];

    if (kind == FILE_KIND_FILE && parse_owner(name, owner) &&
        (search->owner ? !strcmp(owner, search->owner)
                       : store_hive_is_gone(search->folders, owner)))
        name_list_add(&search->found, name);
    return !search->found.status;
}

void store_sweep_hive(const struct store_folders *folders, const char *name, struct hive *hive)
{
    struct search search = { .folders = folders, .owner = name };
    struct name_list named = { .names = NULL };
    struct hive_damage damage;

    /* What an unreadable record names is kept. */
    hive_get_damage(hive, &damage);
    file_visit(folders->private, note_file, &search);
    if (search.found.count && !damage.bad_records && !collect_named(hive, NULL, &named))
        remove_unnamed(folders, &search.found, &named);
    name_list_clear(&named);
    name_list_clear(&search.found);
}

struct all_hives {
    struct store *store;
    char own[HIVE_NAME_SIZE]; /* "": none */
    struct name_list named;
    enum port_status status;
};

static enum port_status collect_from_file(struct all_hives *all, const char *name)
{
    char *path = hive_name_path(&all->store->folders, name, HIVE_ENDING);
    struct hive_damage damage;
    enum port_status status;
    struct hive *hive;

    if (!path)
        return PORT_NO_MEMORY;
    status = hive_open_read_only(path, &hive);
    if (!status) {
        hive_get_damage(hive, &damage);
        status = damage.bad_records ? PORT_IO : collect_named(hive, NULL, &all->named);
        hive_close(hive);
    }
    memory_free(path);
    return status;
}

static bool collect_from(void *context, const char *name, enum file_kind kind)
{
    char hive_name[HIVE_NAME_SIZE];
    struct all_hives *all = context;

    if (kind == FILE_KIND_FILE && hive_name_parse(name, HIVE_ENDING, false, hive_name) &&
        strcmp(hive_name, all->own))
        all->status = collect_from_file(all, hive_name);
    return !all->status;
}

/* No hive goes meanwhile, since that happens with the lock of adoptions alone. One that cannot be
 * read may name anything: then nothing is removed. */
void store_sweep_gone(struct store *store)
{
    struct search search = { .folders = &store->folders };
    struct all_hives all = { .store = store };
    enum port_status status = PORT_OK;
    struct hive *hive;

    file_visit(store->folders.private, note_file, &search);
    if (!search.found.count)
        goto done;
    mutex_lock(&store->mutex);
    hive = store->hive;
    memcpy(all.own, store->name, sizeof(all.own));
    mutex_unlock(&store->mutex);
    if (hive)
        status = collect_named(hive, &store->mutex, &all.named);
    if (!status)
        status = file_visit(store->folders.transfers, collect_from, &all);
    if (!status && !all.status && !search.found.status)
        remove_unnamed(&store->folders, &search.found, &all.named);

done:
    name_list_clear(&all.named);
    name_list_clear(&search.found);
}
