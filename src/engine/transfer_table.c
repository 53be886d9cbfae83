/* SPDX-License-Identifier: MIT */
/* All of the app's transfers in this process: the store's, and those that are in it. */
#include <stdlib.h>
#include <string.h>

#include "engine_store.h"
#include "runtime.h"
#include "src/port/app_identity.h"
#include "src/port/clock.h"
#include "src/port/memory.h"
#include "src/port/process.h"
#include "transfer_internal.h"

/* What is asked for every day need not be written every time. */
#define ASKED_AGAIN_AFTER INT64_C(864000000000) /* a day, in 100 ns */

static enum port_status open_store(const char *explicit_id, struct store **ret)
{
    enum port_status status;
    char *folder;

    *ret = NULL;
    status = app_state_folder(explicit_id, &folder);
    if (!status)
        status = store_create(folder, ret);
    memory_free(folder);
    return status;
}

/* Two that come at a time make one: the second waits in the engine's mutex. */
static enum port_status need_store(const char *explicit_id, struct store **ret)
{
    struct engine *engine = engine_get();
    enum port_status status = PORT_OK;
    bool opened = false;

    if (process_is_forked_child()) {
        *ret = NULL;
        return PORT_NOT_SUPPORTED;
    }
    mutex_lock(&engine->store_mutex);
    if (!engine->store) {
        status = open_store(explicit_id, &engine->store);
        opened = !status;
    }
    *ret = engine->store;
    mutex_unlock(&engine->store_mutex);
    if (opened)
        store_set_request_handler(*ret, transfer_table_requested, engine);
    return status;
}

enum port_status transfers_open(const char *explicit_id)
{
    struct store *store;

    process_watch_fork();
    return need_store(explicit_id, &store);
}

const char *transfers_folder(void)
{
    struct store *store = engine_store(NULL);

    return store ? store_get_folder(store) : NULL;
}

struct store *engine_store(enum port_status *ret_status)
{
    struct store *store;
    enum port_status status = need_store(NULL, &store);

    if (ret_status)
        *ret_status = status;
    return store;
}

enum port_status transfers_make_private_file(char **ret_path, file_handle *ret_file)
{
    enum port_status status;
    struct store *store = engine_store(&status);

    *ret_path = NULL;
    *ret_file = FILE_HANDLE_NONE;
    return store ? store_private_file(store, "body", ret_path, ret_file) : status;
}

void transfer_table_add(struct transfer *transfer)
{
    struct engine *engine = engine_get();

    transfer_addref(transfer);
    mutex_lock(&engine->mutex);
    transfer->known = true;
    transfer->next_known = NULL;
    transfer->previous_known = engine->last_known;
    if (engine->last_known)
        engine->last_known->next_known = transfer;
    else
        engine->first_known = transfer;
    engine->last_known = transfer;
    mutex_unlock(&engine->mutex);
}

void transfer_table_remove(struct transfer *transfer)
{
    struct engine *engine = engine_get();
    bool known;

    mutex_lock(&engine->mutex);
    known = transfer->known;
    if (known) {
        if (transfer->previous_known)
            transfer->previous_known->next_known = transfer->next_known;
        else
            engine->first_known = transfer->next_known;
        if (transfer->next_known)
            transfer->next_known->previous_known = transfer->previous_known;
        else
            engine->last_known = transfer->previous_known;
        transfer->known = false;
    }
    mutex_unlock(&engine->mutex);
    if (known)
        transfer_release(transfer);
}

/* The known transfer with that id, with a reference. Only for what people ask for, so a walk will
 * do. */
static struct transfer *find(struct engine *engine, const struct store_id *id)
{
    struct transfer *transfer;

    mutex_lock(&engine->mutex);
    for (transfer = engine->first_known; transfer; transfer = transfer->next_known) {
        if (!memcmp(transfer->id.bytes, id->bytes, sizeof(id->bytes)))
            break;
    }
    if (transfer)
        transfer_addref(transfer);
    mutex_unlock(&engine->mutex);
    return transfer;
}

void transfer_table_requested(void *context, enum store_request request, const struct store_id *id)
{
    struct transfer *transfer = find(context, id);

    if (!transfer)
        return;
    if (request == STORE_REQUEST_CANCEL)
        transfer_cancel(transfer);
    transfer_release(transfer);
}

static bool adopt(void *context, const struct store_id *id, const struct value_set *values)
{
    enum port_status *status = context;
    struct transfer *transfer;
    struct transfer_id transfer_id;

    memcpy(transfer_id.bytes, id->bytes, sizeof(transfer_id.bytes));
    *status = transfer_restore(&transfer_id, values, &transfer);
    /* A record that makes no transfer is nobody's fault here, and shall not hide the others. */
    if (*status == PORT_INVALID)
        *status = PORT_OK;
    if (!transfer)
        return !*status;
    transfer_table_add(transfer);
    transfer_release(transfer);
    return true;
}

enum port_status transfers_adopt(void)
{
    enum port_status status, adopted = PORT_OK;
    struct store *store = engine_store(&status);

    if (!store)
        return status;
    status = store_adopt(store, adopt, &adopted);
    return adopted ? adopted : status;
}

struct selection {
    enum transfer_filter filter;
    const char *name;
    struct transfer **found;
    size_t count, capacity;
};

static bool is_selected(const struct selection *selection, const struct transfer *transfer)
{
    switch (selection->filter) {
    case TRANSFER_FILTER_GROUP:
        return transfer->group && !strcmp(transfer->group, selection->name);
    case TRANSFER_FILTER_TRANSFER_GROUP:
        return transfer->transfer_group &&
               !strcmp(transfer_group_get_name(transfer->transfer_group), selection->name);
    default:
        return !transfer->group && !transfer->transfer_group;
    }
}

/* With the engine's mutex. */
static enum port_status add(struct selection *selection, struct transfer *transfer)
{
    if (selection->count == selection->capacity) {
        size_t capacity = selection->capacity ? selection->capacity * 2 : 16;
        struct transfer **grown =
            memory_resize(selection->found, capacity * sizeof(*selection->found));

        if (!grown)
            return PORT_NO_MEMORY;
        selection->found = grown;
        selection->capacity = capacity;
    }
    transfer_addref(transfer);
    selection->found[selection->count++] = transfer;
    return PORT_OK;
}

static int compare(const void *one, const void *other)
{
    const struct transfer *first = *(struct transfer *const *)one;
    const struct transfer *second = *(struct transfer *const *)other;

    if (first->created != second->created)
        return first->created < second->created ? -1 : 1;
    return memcmp(first->id.bytes, second->id.bytes, sizeof(first->id.bytes));
}

/* The application has asked: the record stays for another while. */
static void note_asked(struct transfer *transfer)
{
    int64_t now = clock_universal_time();

    mutex_lock(&transfer->mutex);
    if (now - transfer->last_asked > ASKED_AGAIN_AFTER || now < transfer->last_asked) {
        transfer->last_asked = now;
        transfer_save_locked(transfer);
    }
    mutex_unlock(&transfer->mutex);
}

enum port_status transfers_list(enum transfer_filter filter, const char *name,
                                struct transfer ***ret, size_t *ret_count)
{
    struct selection selection = { .filter = filter, .name = name };
    struct engine *engine = engine_get();
    enum port_status status = PORT_OK;
    struct transfer *transfer;

    *ret = NULL;
    *ret_count = 0;
    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&engine->mutex);
    for (transfer = engine->first_known; transfer && !status; transfer = transfer->next_known) {
        if (is_selected(&selection, transfer))
            status = add(&selection, transfer);
    }
    mutex_unlock(&engine->mutex);
    if (status) {
        while (selection.count)
            transfer_release(selection.found[--selection.count]);
        memory_free(selection.found);
        return status;
    }
    if (selection.count)
        qsort(selection.found, selection.count, sizeof(*selection.found), compare);
    for (size_t i = 0; i < selection.count; i++)
        note_asked(selection.found[i]);
    *ret = selection.found;
    *ret_count = selection.count;
    return PORT_OK;
}
