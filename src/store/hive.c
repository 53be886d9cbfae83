/* SPDX-License-Identifier: MIT */
#include "hive_internal.h"

#include <string.h>

#include "src/port/memory.h"

/* A new log costs a sync and a rename: not for less than this. */
#define COMPACT_LEAST (256u << 10)

static enum port_status replay_values(struct hive *hive, uint64_t offset,
                                      const struct log_record *record)
{
    struct hive_key *key, *made;
    enum port_status status;

    status = hive_tree_make(&hive->tree, record->path, record->path_length, &key, &made);
    if (!status)
        hive_tree_place(&hive->tree, key, offset,
                        log_record_size(record->path_length, record->values_size));
    return status;
}

static enum port_status replay_gone(struct hive *hive, const struct log_record *record)
{
    struct hive_key *key;

    if (!hive_path_is_good(record->path, record->path_length))
        return PORT_INVALID;
    key = hive_tree_find(&hive->tree, record->path, record->path_length);
    if (key)
        hive_tree_remove(&hive->tree, key);
    return PORT_OK;
}

static enum port_status replay(void *context, uint64_t offset, const struct log_record *record)
{
    switch (record->kind) {
    case LOG_VALUES:
        return replay_values(context, offset, record);
    case LOG_GONE:
        return replay_gone(context, record);
    default:
        return PORT_INVALID;
    }
}

static enum port_status open_in_mode(const char *path, enum log_mode mode, struct hive **ret)
{
    struct hive *hive = memory_zalloc(sizeof(*hive));
    enum port_status status;

    *ret = NULL;
    if (!hive)
        return PORT_NO_MEMORY;
    status = hive_tree_init(&hive->tree);
    if (!status)
        status = log_file_open(&hive->log, path, mode, replay, hive, &hive->damage,
                               &hive->folder_unsynced);
    if (status)
        hive_close(hive);
    else
        *ret = hive;
    return status;
}

enum port_status hive_open(const char *path, struct hive **ret)
{
    enum port_status status = open_in_mode(path, LOG_OPEN, ret);
    char *unfinished;

    if (status)
        return status;
    /* Of a hive_compact in a process that has died. */
    unfinished = memory_format("%s" HIVE_NEW_SUFFIX, path);
    if (unfinished)
        file_remove(unfinished);
    memory_free(unfinished);
    return PORT_OK;
}

enum port_status hive_open_read_only(const char *path, struct hive **ret)
{
    return open_in_mode(path, LOG_READ_ONLY, ret);
}

void hive_close(struct hive *hive)
{
    if (!hive)
        return;
    log_file_write_later(&hive->log);
    while (hive->retired) {
        struct retired_log *retired = hive->retired;

        hive->retired = retired->next;
        file_close(retired->file);
        memory_free(retired);
    }
    log_file_close(&hive->log);
    hive_tree_free(&hive->tree);
    memory_free(hive);
}

void hive_get_damage(const struct hive *hive, struct hive_damage *ret)
{
    ret->torn_bytes = hive->damage.torn_bytes;
    ret->bad_records = hive->damage.bad_records;
}

/* A key's values, as bytes, into the log and then into the tree. The memory is there before the
 * record, so that nothing can fail after it. */
static enum port_status put_record(struct hive *hive, const char *path, const void *values,
                                   size_t size)
{
    struct log_record record = { .kind = LOG_VALUES,
                                 .path = path,
                                 .path_length = strlen(path),
                                 .values = values,
                                 .values_size = size };
    struct hive_key *key, *made;
    enum port_status status;
    uint64_t offset;

    status = hive_tree_make(&hive->tree, path, record.path_length, &key, &made);
    if (status)
        return status;
    status = log_file_append(&hive->log, &record, &offset);
    if (!status)
        hive_tree_place(&hive->tree, key, offset, log_record_size(record.path_length, size));
    else if (made)
        hive_tree_remove(&hive->tree, made);
    return status;
}

enum port_status hive_create_key(struct hive *hive, const char *path)
{
    if (hive_tree_find(&hive->tree, path, strlen(path)))
        return PORT_OK;
    return put_record(hive, path, NULL, 0);
}

enum port_status hive_set_values(struct hive *hive, const char *path, struct value_set *values)
{
    enum port_status status;
    const void *bytes;
    size_t size;

    status = value_set_encode(values, &bytes, &size);
    return status ? status : put_record(hive, path, bytes, size);
}

enum port_status hive_query_values(struct hive *hive, const char *path, struct value_set **ret)
{
    struct hive_key *key = hive_tree_find(&hive->tree, path, strlen(path));
    struct log_record record;
    enum port_status status;

    *ret = NULL;
    if (!key)
        return PORT_NOT_FOUND;
    if (!key->size)
        return value_set_create(ret);
    status = log_file_read(&hive->log, key->offset, key->size, &record);
    if (!status)
        status = value_set_decode(record.values, record.values_size, ret);
    return status == PORT_INVALID ? PORT_IO : status;
}

enum port_status hive_set_value(struct hive *hive, const char *path, const char *name,
                                enum registry_type type, const void *data, size_t size)
{
    struct value_set *values;
    enum port_status status;

    status = hive_query_values(hive, path, &values);
    if (status == PORT_NOT_FOUND)
        status = value_set_create(&values);
    if (status)
        return status;
    status = value_set_put(values, name, type, data, size);
    if (!status)
        status = hive_set_values(hive, path, values);
    value_set_free(values);
    return status;
}

enum port_status hive_query_value(struct hive *hive, const char *path, const char *name,
                                  enum registry_type type, void *buffer, size_t *size)
{
    struct stored_value value;
    struct value_set *values;
    enum port_status status;

    status = hive_query_values(hive, path, &values);
    if (status)
        return status;
    if (!value_set_get(values, name, type, &value))
        status = PORT_NOT_FOUND;
    else if (buffer && value.size > *size)
        status = PORT_FILE_TOO_BIG;
    else if (buffer && value.size)
        memcpy(buffer, value.data, value.size);
    if (status != PORT_NOT_FOUND)
        *size = value.size;
    value_set_free(values);
    return status;
}

enum port_status hive_enum_keys(struct hive *hive, const char *path, hive_visitor visitor,
                                void *context)
{
    struct hive_key *key = hive_tree_find(&hive->tree, path, strlen(path));

    if (!key)
        return PORT_NOT_FOUND;
    for (key = key->first; key; key = key->next) {
        if (!visitor(context, key->name))
            break;
    }
    return PORT_OK;
}

bool hive_has_key(const struct hive *hive, const char *path)
{
    return hive_tree_find(&hive->tree, path, strlen(path)) != NULL;
}

size_t hive_count_keys(const struct hive *hive, const char *path)
{
    const struct hive_key *key = hive_tree_find(&hive->tree, path, strlen(path));

    return key ? key->children : 0;
}

enum port_status hive_delete_tree(struct hive *hive, const char *path)
{
    struct log_record record = { .kind = LOG_GONE, .path = path, .path_length = strlen(path) };
    struct hive_key *key = hive_tree_find(&hive->tree, path, record.path_length);
    enum port_status status;
    uint64_t offset;

    if (!hive_path_is_good(path, record.path_length))
        return PORT_INVALID;
    if (!key)
        return PORT_OK;
    status = log_file_append(&hive->log, &record, &offset);
    if (!status)
        hive_tree_remove(&hive->tree, key);
    return status;
}

enum port_status hive_delete_tree_later(struct hive *hive, const char *path)
{
    size_t length = strlen(path);
    struct hive_key *key = hive_tree_find(&hive->tree, path, length);
    enum port_status status;

    if (!hive_path_is_good(path, length))
        return PORT_INVALID;
    if (!key)
        return PORT_OK;
    status = log_file_put_off(&hive->log, path);
    if (!status)
        hive_tree_remove(&hive->tree, key);
    return status;
}

bool hive_wants_compaction(const struct hive *hive)
{
    uint64_t size, live;

    hive_get_size(hive, &size, &live);
    return size >= COMPACT_LEAST && size - live > live;
}

void hive_get_size(const struct hive *hive, uint64_t *ret_size, uint64_t *ret_live)
{
    *ret_size = hive->log.end;
    *ret_live = LOG_HEADER_SIZE + hive->tree.live;
}
