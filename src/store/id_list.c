/* SPDX-License-Identifier: MIT */
#include "id_list.h"

#include <string.h>

#include "download_values.h"
#include "src/port/memory.h"
#include "store_names.h"

enum port_status id_list_add(struct id_list *list, const struct store_id *id)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        struct store_id *grown = memory_resize(list->ids, capacity * sizeof(*grown));

        if (!grown)
            return PORT_NO_MEMORY;
        list->ids = grown;
        list->capacity = capacity;
    }
    list->ids[list->count++] = *id;
    return PORT_OK;
}

static size_t find(const struct id_list *list, const struct store_id *id)
{
    size_t i = 0;

    while (i < list->count && memcmp(&list->ids[i], id, sizeof(*id)))
        i++;
    return i;
}

bool id_list_remove(struct id_list *list, const struct store_id *id)
{
    size_t i = find(list, id);

    if (i == list->count)
        return false;
    list->ids[i] = list->ids[--list->count];
    return true;
}

bool id_list_has(const struct id_list *list, const struct store_id *id)
{
    return find(list, id) < list->count;
}

void id_list_clear(struct id_list *list)
{
    memory_free(list->ids);
    memset(list, 0, sizeof(*list));
}

struct hive_ids {
    struct id_list *list;
    enum port_status status;
};

static bool add_key(void *context, const char *name)
{
    struct hive_ids *ids = context;
    struct store_id id;
    const char *rest;

    if (store_id_parse(name, &id, &rest) && !*rest)
        ids->status = id_list_add(ids->list, &id);
    return !ids->status;
}

enum port_status id_list_add_hive(struct id_list *list, struct hive *hive)
{
    struct hive_ids ids = { .list = list };
    enum port_status status = hive_enum_keys(hive, KEY_DOWNLOADS, add_key, &ids);

    return status == PORT_NOT_FOUND ? PORT_OK : ids.status;
}
