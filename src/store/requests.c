/* SPDX-License-Identifier: MIT */
/*
 * What tools ask of a live instance: an empty file in the folder of requests, named after the
 * download and what is to become of it ("{...}.cancel"). Whoever has the record acts, so a request
 * reaches also the one that adopts it. docs/store.md
 */
#include <string.h>

#include "download_values.h"
#include "src/port/clock.h"
#include "src/port/memory.h"
#include "src/port/private_item.h"
#include "src/port/process.h"
#include "store_internal.h"
#include "store_requests.h"

/* A process that ends sooner is spared the end of its watch, which takes Linux some 15 ms. */
#define WATCH_DELAY_NS UINT64_C(250000000)

static const struct {
    const char *ending;
    enum store_request request;
} table[] = {
    { ".cancel", STORE_REQUEST_CANCEL },
};

char *store_request_path(const struct store_folders *folders, const struct store_id *id,
                         enum store_request request)
{
    char text[ID_TEXT_SIZE];
    size_t i = 0;

    while (table[i].request != request)
        i++;
    store_id_format(id, text);
    return memory_format("%s/%s%s", folders->requests, text, table[i].ending);
}

static bool parse(const char *name, struct store_id *ret, enum store_request *ret_request)
{
    const char *rest;
    size_t i;

    if (!store_id_parse(name, ret, &rest))
        return false;
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (!strcmp(rest, table[i].ending)) {
            *ret_request = table[i].request;
            return true;
        }
    }
    return false;
}

struct found_request {
    struct found_request *next;
    struct store_id id;
    enum store_request request;
};

static bool note_request(void *context, const char *name, enum file_kind kind)
{
    struct found_request **list = context, *found;
    enum store_request request;
    struct store_id id;

    (void)kind;
    if (!parse(name, &id, &request))
        return true;
    found = memory_zalloc(sizeof(*found));
    if (!found)
        return false;
    found->id = id;
    found->request = request;
    found->next = *list;
    *list = found;
    return true;
}

/* Of a record of ours that the application knows. While an adoption goes on that is not known yet;
 * at its end it looks itself. */
static bool is_ours(struct store *store, const struct store_id *id)
{
    char key[ID_KEY_SIZE];
    bool ours;

    store_id_key(id, key);
    mutex_lock(&store->mutex);
    ours = !store->adopting && store->hive && hive_has_key(store->hive, key) &&
           !id_list_has(&store->untold, id);
    mutex_unlock(&store->mutex);
    return ours;
}

/* Whoever removes the file acts on it, so that two threads that look do not both. */
static void act(struct store *store, const struct found_request *found)
{
    char *path = store_request_path(&store->folders, &found->id, found->request);
    store_requested requested;
    void *context;
    bool claimed;

    claimed = path && !file_remove(path);
    memory_free(path);
    mutex_lock(&store->mutex);
    requested = store->requested;
    context = store->requested_context;
    mutex_unlock(&store->mutex);
    if (claimed && requested)
        requested(context, found->request, &found->id);
}

void store_look_for_requests(struct store *store)
{
    struct found_request *list = NULL, *found;
    bool wanted;

    mutex_lock(&store->mutex);
    wanted = store->requested;
    mutex_unlock(&store->mutex);
    if (!wanted)
        return;
    file_visit(store->folders.requests, note_request, &list);
    while (list) {
        found = list;
        list = found->next;
        if (is_ours(store, &found->id))
            act(store, found);
        memory_free(found);
    }
}

static void folder_changed(void *context)
{
    store_look_for_requests(context);
}

/* Without a watch, since the system has no more of them, a request waits for the next adoption. */
void store_begin_watch(struct store *store)
{
    enum port_status status;
    bool wanted;

    mutex_lock(&store->mutex);
    wanted = store->requested && store->hive && !store->watch;
    mutex_unlock(&store->mutex);
    if (!wanted)
        return;
    status = private_item_make_folder(store->folders.requests);
    if (!status)
        status = watch_folder(store->folders.requests, folder_changed, store, &store->watch);
    if (!status)
        store_look_for_requests(store);
}

void store_want_watch(struct store *store)
{
    store->watch_wanted = true;
    store->watch_due_ns = clock_monotonic_ns() + WATCH_DELAY_NS;
}

void store_set_request_handler(struct store *store, store_requested handler, void *context)
{
    if (process_is_forked_child())
        return;
    mutex_lock(&store->mutex);
    store->requested = handler;
    store->requested_context = context;
    store->watch_wanted = false;
    if (handler && store->hive)
        store_want_watch(store);
    store_wake_syncer(store);
    mutex_unlock(&store->mutex);
}
