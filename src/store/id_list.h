/* SPDX-License-Identifier: MIT */
/* A list of ids that grows. All zeros is an empty one. */
#ifndef WINRT_STORE_ID_LIST_H
#define WINRT_STORE_ID_LIST_H

#include "hive.h"
#include "store.h"

struct id_list {
    struct store_id *ids;
    size_t count, capacity;
};

/* PORT_NO_MEMORY */
enum port_status id_list_add(struct id_list *list, const struct store_id *id);
bool id_list_remove(struct id_list *list, const struct store_id *id); /* whether it was there */
bool id_list_has(const struct id_list *list, const struct store_id *id);
void id_list_clear(struct id_list *list);

/* Adds those of all downloads in the hive. Keys that are no ids are passed over. */
enum port_status id_list_add_hive(struct id_list *list, struct hive *hive);

#endif
