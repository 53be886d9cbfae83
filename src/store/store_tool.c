/* SPDX-License-Identifier: MIT */
#include "store_tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "download_values.h"
#include "src/port/memory.h"
#include "src/port/private_item.h"
#include "store_internal.h"
#include "store_requests.h"

#define LONGEST_WAIT_MS 5000

_Static_assert(STORE_ID_TEXT_SIZE == ID_TEXT_SIZE, "STORE_ID_TEXT_SIZE");

void store_tool_format_id(const struct store_id *id, char ret[STORE_ID_TEXT_SIZE])
{
    store_id_format(id, ret);
}

bool store_tool_parse_id(const char *text, struct store_id *ret)
{
    char braced[STORE_ID_TEXT_SIZE];
    const char *rest;
    int length;

    if (text[0] == '{')
        return store_id_parse(text, ret, &rest) && !*rest;
    length = snprintf(braced, sizeof(braced), "{%s}", text);
    return length == STORE_ID_TEXT_SIZE - 1 && store_id_parse(braced, ret, &rest) && !*rest;
}

/* The app's folders, and the names of its hives in order. */
struct tool {
    struct store_folders folders;
    char (*names)[HIVE_NAME_SIZE]; /* "": groups.hive */
    size_t count, capacity;
    enum port_status status;
};

static bool note_hive(void *context, const char *file, enum file_kind kind)
{
    struct tool *tool = context;
    char name[HIVE_NAME_SIZE] = "";

    if (kind != FILE_KIND_FILE ||
        (strcmp(file, GROUPS_FILE) && !hive_name_parse(file, HIVE_ENDING, false, name)))
        return true;
    if (tool->count == tool->capacity) {
        size_t capacity = tool->capacity ? tool->capacity * 2 : 16;
        void *grown = memory_resize(tool->names, capacity * sizeof(*tool->names));

        if (!grown) {
            tool->status = PORT_NO_MEMORY;
            return false;
        }
        tool->names = grown;
        tool->capacity = capacity;
    }
    memcpy(tool->names[tool->count++], name, sizeof(name));
    return true;
}

static int compare(const void *one, const void *other)
{
    return strcmp(one, other);
}

static void tool_free(struct tool *tool)
{
    memory_free(tool->names);
    store_folders_free(&tool->folders);
}

/* tool_free afterwards, also on failure. Without a store there are no hives. */
static enum port_status tool_init(struct tool *tool, const char *folder)
{
    enum port_status status;

    memset(tool, 0, sizeof(*tool));
    status = store_folders_init(&tool->folders, folder);
    if (!status)
        status = private_item_check_root(tool->folders.app);
    if (!status)
        status = private_item_check(tool->folders.transfers);
    if (!status)
        status = file_visit(tool->folders.transfers, note_hive, tool);
    if (!status)
        status = tool->status;
    if (!status && tool->count)
        qsort(tool->names, tool->count, sizeof(*tool->names), compare);
    return status == PORT_NOT_FOUND ? PORT_OK : status;
}

/* Keeps adopters away, to whom a lock that we try would look like an owner's. Where nothing can be
 * written there are none. */
static enum port_status lock_adoptions(const struct tool *tool, struct file_lock **ret)
{
    char *path = hive_name_path(&tool->folders, "", ADOPTION_LOCK);
    enum port_status status = PORT_NO_MEMORY;

    *ret = NULL;
    if (path)
        status = store_wait_for_lock(path, LONGEST_WAIT_MS, ret);
    memory_free(path);
    return status;
}

/* With the lock of adoptions. PORT_BUSY: its owner runs. */
static enum port_status lock_hive(const struct tool *tool, const char *name, bool create,
                                  struct file_lock **ret)
{
    char *path = hive_name_path(&tool->folders, name, LOCK_ENDING);
    enum port_status status = PORT_NO_MEMORY;

    *ret = NULL;
    if (path)
        status = file_lock_take(path, create, ret);
    memory_free(path);
    return status;
}

static bool is_live(const struct tool *tool, const char *name)
{
    struct file_lock *lock;
    bool live;

    if (!name[0])
        return false;
    live = lock_hive(tool, name, false, &lock) == PORT_BUSY;
    file_lock_release(lock, false);
    return live;
}

/* False to stop. */
static bool visit_hive(const struct tool *tool, const char *name, bool live,
                       store_tool_hive_visitor visitor, void *context, enum port_status *ret)
{
    char *path = hive_name_path(&tool->folders, name, name[0] ? HIVE_ENDING : GROUPS_FILE);
    struct store_tool_hive hive = { .path = path, .is_groups = !name[0], .live = live };
    bool more = true;

    if (!path) {
        *ret = PORT_NO_MEMORY;
        return false;
    }
    hive.name = strrchr(path, '/') + 1;
    hive.status = hive_open_read_only(path, &hive.hive);
    if (hive.status != PORT_NOT_FOUND) /* adopted meanwhile: its records are elsewhere */
        more = visitor(context, &hive);
    hive_close(hive.hive);
    memory_free(path);
    return more;
}

enum port_status store_tool_visit_hives(const char *folder, store_tool_hive_visitor visitor,
                                        void *context)
{
    struct file_lock *lock = NULL;
    enum port_status status;
    bool *live = NULL;
    struct tool tool;
    size_t i;

    status = tool_init(&tool, folder);
    if (status || !tool.count)
        goto done;
    live = memory_zalloc_array(tool.count, sizeof(*live));
    if (!live) {
        status = PORT_NO_MEMORY;
        goto done;
    }
    /* Only for looking: if somebody has it for long, what we try may be taken for an owner's. */
    lock_adoptions(&tool, &lock);
    for (i = 0; i < tool.count; i++)
        live[i] = is_live(&tool, tool.names[i]);
    file_lock_release(lock, false);
    for (i = 0; i < tool.count; i++) {
        if (!visit_hive(&tool, tool.names[i], live[i], visitor, context, &status))
            break;
    }

done:
    memory_free(live);
    tool_free(&tool);
    return status;
}

struct record_visit {
    store_tool_visitor visitor;
    void *context;
    enum port_status status;
    bool enough;
};

static bool visit_records(void *context, const struct store_tool_hive *hive)
{
    struct record_visit *visit = context;
    enum port_status status = hive->status;
    struct id_list ids = { .ids = NULL };
    size_t i;

    if (!status && !hive->is_groups)
        status = id_list_add_hive(&ids, hive->hive);
    for (i = 0; i < ids.count && !visit->enough; i++) {
        struct store_tool_record record = { .hive = hive, .id = ids.ids[i] };
        enum port_status read;
        struct value_set *values;
        char key[ID_KEY_SIZE];

        store_id_key(&ids.ids[i], key);
        read = hive_query_values(hive->hive, key, &values);
        record.values = values;
        if (read)
            status = read;
        else
            visit->enough = !visit->visitor(visit->context, &record);
        value_set_free(values);
    }
    id_list_clear(&ids);
    if (!visit->status)
        visit->status = status;
    return !visit->enough;
}

enum port_status store_tool_visit(const char *folder, store_tool_visitor visitor, void *context)
{
    struct record_visit visit = { .visitor = visitor, .context = context };
    enum port_status status = store_tool_visit_hives(folder, visit_records, &visit);

    return status ? status : visit.status;
}

static enum port_status ask(const struct tool *tool, const struct store_id *id,
                            enum store_request request)
{
    enum port_status status = private_item_make_folder(tool->folders.requests);
    char *path = store_request_path(&tool->folders, id, request);
    file_handle file = FILE_HANDLE_NONE;

    if (!status && !path)
        status = PORT_NO_MEMORY;
    if (!status)
        status = file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_PRIVATE, &file);
    file_close(file);
    memory_free(path);
    return status;
}

/* With its lock. */
static enum port_status cancel_in(struct hive *hive, const char *key)
{
    struct value_set *values;
    enum port_status status;

    status = hive_query_values(hive, key, &values);
    if (status)
        return status;
    if (value_set_get_dword(values, DOWNLOAD_STATE, DOWNLOAD_ACTIVE) >= DOWNLOAD_COMPLETED)
        status = PORT_WRONG_STATE;
    if (!status)
        status = value_set_put_dword(values, DOWNLOAD_STATE, DOWNLOAD_CANCELED);
    if (!status)
        status = value_set_put_qword(values, DOWNLOAD_GENERATION,
                                     value_set_get_qword(values, DOWNLOAD_GENERATION, 0) + 1);
    if (!status)
        status = hive_set_values(hive, key, values);
    if (!status)
        status = hive_sync(hive);
    value_set_free(values);
    return status;
}

/* With the lock of adoptions. PORT_NOT_FOUND: this hive has no such record. *ret_asked is set if
 * its owner was asked, and stays as it is otherwise. */
static enum port_status cancel_or_ask(const struct tool *tool, const char *name,
                                      const struct store_id *id, bool *ret_asked)
{
    char *path = hive_name_path(&tool->folders, name, HIVE_ENDING), key[ID_KEY_SIZE];
    struct file_lock *lock = NULL;
    struct hive *hive = NULL;
    enum port_status status;
    bool live;

    if (!path)
        return PORT_NO_MEMORY;
    store_id_key(id, key);
    status = lock_hive(tool, name, true, &lock);
    live = status == PORT_BUSY;
    if (!status || live)
        status = live ? hive_open_read_only(path, &hive) : hive_open(path, &hive);
    if (!status && !hive_has_key(hive, key))
        status = PORT_NOT_FOUND;
    if (!status)
        status = live ? ask(tool, id, STORE_REQUEST_CANCEL) : cancel_in(hive, key);
    *ret_asked |= !status && live;
    hive_close(hive);
    file_lock_release(lock, false);
    memory_free(path);
    return status;
}

enum port_status store_tool_cancel(const char *folder, const struct store_id *id, bool *ret_asked)
{
    enum port_status status, found = PORT_NOT_FOUND;
    struct file_lock *lock = NULL;
    struct tool tool;
    size_t i;

    *ret_asked = false;
    status = tool_init(&tool, folder);
    if (!status && tool.count)
        status = lock_adoptions(&tool, &lock);
    /* A crash amid an adoption may have left it in two. */
    for (i = 0; i < tool.count && !status; i++) {
        enum port_status here = PORT_NOT_FOUND;

        if (tool.names[i][0])
            here = cancel_or_ask(&tool, tool.names[i], id, ret_asked);
        if (here == PORT_NOT_FOUND)
            continue;
        if (found)
            found = here;
    }
    file_lock_release(lock, false);
    tool_free(&tool);
    return status ? status : found;
}

struct purge {
    const struct tool *tool;
    store_tool_visitor chosen;
    void *context;
    size_t count;
};

/* With its lock. */
static enum port_status purge_record(struct purge *purge, const struct store_tool_hive *hive,
                                     const struct store_id *id)
{
    struct store_tool_record record = { .hive = hive, .id = *id };
    struct value_set *values;
    enum port_status status;
    char key[ID_KEY_SIZE];

    store_id_key(id, key);
    status = hive_query_values(hive->hive, key, &values);
    if (status)
        return status;
    record.values = values;
    if (purge->chosen(purge->context, &record)) {
        status = hive_delete_tree(hive->hive, key);
        if (!status) {
            store_remove_private_files(&purge->tool->folders, values);
            purge->count++;
        }
    }
    value_set_free(values);
    return status;
}

static enum port_status purge_records(struct purge *purge, const struct store_tool_hive *hive)
{
    struct id_list ids = { .ids = NULL };
    size_t before = purge->count, i;
    enum port_status status;

    status = id_list_add_hive(&ids, hive->hive);
    for (i = 0; i < ids.count && !status; i++)
        status = purge_record(purge, hive, &ids.ids[i]);
    if (!status && purge->count != before)
        status = hive_sync(hive->hive);
    id_list_clear(&ids);
    return status;
}

/* With the lock of adoptions. One whose owner runs is left alone. */
static enum port_status purge_hive(struct purge *purge, const char *name)
{
    char *path = hive_name_path(&purge->tool->folders, name, HIVE_ENDING);
    struct store_tool_hive hive = { .path = path };
    struct file_lock *lock = NULL;
    enum port_status status;
    bool empty = false;

    if (!path)
        return PORT_NO_MEMORY;
    hive.name = strrchr(path, '/') + 1;
    status = lock_hive(purge->tool, name, true, &lock);
    if (!status)
        status = hive_open(path, &hive.hive);
    if (!status) {
        struct hive_damage damage;

        status = purge_records(purge, &hive);
        hive_get_damage(hive.hive, &damage);
        empty = !status && !damage.bad_records && !hive_count_keys(hive.hive, KEY_DOWNLOADS);
    }
    hive_close(hive.hive);
    if (empty)
        status = file_remove(path);
    file_lock_release(lock, empty && !status);
    memory_free(path);
    return status == PORT_BUSY ? PORT_OK : status;
}

enum port_status store_tool_purge(const char *folder, store_tool_visitor chosen, void *context,
                                  size_t *ret_count)
{
    struct purge purge = { .chosen = chosen, .context = context };
    enum port_status status, first = PORT_OK;
    struct file_lock *lock = NULL;
    struct tool tool;
    size_t i;

    *ret_count = 0;
    purge.tool = &tool;
    status = tool_init(&tool, folder);
    if (!status && tool.count)
        status = lock_adoptions(&tool, &lock);
    for (i = 0; i < tool.count && !status; i++) {
        enum port_status here = tool.names[i][0] ? purge_hive(&purge, tool.names[i]) : PORT_OK;

        if (!first)
            first = here;
    }
    file_lock_release(lock, false);
    tool_free(&tool);
    *ret_count = purge.count;
    return status ? status : first;
}
