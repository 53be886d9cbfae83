/* SPDX-License-Identifier: MIT */
#include "item_disk.h"

#include <stdlib.h>
#include <string.h>

#include "item_error.h"

#include "src/port/memory.h"

struct collector {
    struct item_list *list;
    enum port_status status;
};

static bool collect(void *context, const char *name, enum file_kind kind)
{
    struct collector *collector = context;
    struct item_list *list = collector->list;
    char *copy;

    collector->status = PORT_NO_MEMORY;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 32;
        void *larger;

        if (capacity > SIZE_MAX / sizeof(list->entries[0]))
            return false;
        larger = memory_resize(list->entries, capacity * sizeof(list->entries[0]));
        if (!larger)
            return false;
        list->entries = larger;
        list->capacity = capacity;
    }
    copy = memory_strdup(name);
    if (!copy)
        return false;
    list->entries[list->count].name = copy;
    list->entries[list->count].kind = kind;
    list->count++;
    collector->status = PORT_OK;
    return true;
}

static int compare(const void *one, const void *other)
{
    return strcmp(((const struct item_entry *)one)->name, ((const struct item_entry *)other)->name);
}

HRESULT item_list_load(const char *path, struct item_list *ret)
{
    struct collector collector = { .list = ret };
    enum port_status status;

    memset(ret, 0, sizeof(*ret));
    status = file_visit(path, collect, &collector);
    if (!status)
        status = collector.status;
    if (status) {
        item_list_free(ret);
        return item_error(status, "list", path);
    }
    if (ret->count)
        qsort(ret->entries, ret->count, sizeof(ret->entries[0]), compare);
    return S_OK;
}

void item_list_free(struct item_list *list)
{
    size_t i;

    for (i = 0; i < list->count; i++)
        memory_free(list->entries[i].name);
    memory_free(list->entries);
    memset(list, 0, sizeof(*list));
}
