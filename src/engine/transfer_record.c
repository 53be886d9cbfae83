/* SPDX-License-Identifier: MIT */
/* A transfer as a record of the store. What is as it is by default is left out. What the values
 * mean stands in src/store/download_values.h and docs/store.md. */
#include <string.h>

#include "engine_store.h"
#include "runtime.h"
#include "src/port/clock.h"
#include "src/port/memory.h"
#include "src/port/paths.h"
#include "transfer_internal.h"

/* Longer heads are not kept: they are there to be looked at, not to go on with. */
#define STORED_HEADERS_MOST (64 * 1024)

struct store_id transfer_store_id(const struct transfer *transfer)
{
    struct store_id id;

    memcpy(id.bytes, transfer->id.bytes, sizeof(id.bytes));
    return id;
}

/* Collects the first failure of many puts. */
struct writer {
    struct value_set *set;
    enum port_status status;
};

static void put_text(struct writer *writer, const char *name, const char *text)
{
    if (!writer->status && text)
        writer->status = value_set_put_text(writer->set, name, text);
}

static void put_dword(struct writer *writer, const char *name, uint32_t value)
{
    if (!writer->status && value)
        writer->status = value_set_put_dword(writer->set, name, value);
}

static void put_qword(struct writer *writer, const char *name, uint64_t value)
{
    if (!writer->status && value)
        writer->status = value_set_put_qword(writer->set, name, value);
}

static void put_bytes(struct writer *writer, const char *name, enum registry_type type,
                      const void *data, size_t size)
{
    if (!writer->status && size)
        writer->status = value_set_put(writer->set, name, type, data, size);
}

/* "Name: value" and a NUL for each field. */
static void put_headers(struct writer *writer, const char *name, const struct header_list *headers)
{
    size_t count = headers ? header_list_count(headers) : 0, size = 0, i;
    char *text, *at;

    if (writer->status || !count)
        return;
    for (i = 0; i < count; i++)
        size +=
            strlen(header_list_name(headers, i)) + 2 + strlen(header_list_value(headers, i)) + 1;
    if (size > STORED_HEADERS_MOST && !strcmp(name, DOWNLOAD_RESPONSE_HEADERS))
        return;
    text = at = memory_alloc(size);
    if (!text) {
        writer->status = PORT_NO_MEMORY;
        return;
    }
    for (i = 0; i < count; i++) {
        const char *parts[] = { header_list_name(headers, i), ": ", header_list_value(headers, i) };

        for (size_t part = 0; part < sizeof(parts) / sizeof(parts[0]); part++) {
            size_t length = strlen(parts[part]);

            memcpy(at, parts[part], length);
            at += length;
        }
        *at++ = 0;
    }
    put_bytes(writer, name, REGISTRY_MULTI_SZ, text, size);
    memory_free_secret_block(text, size);
}

static void put_recoverable(struct writer *writer, const struct recoverable *list)
{
    uint8_t bytes[4];
    uint8_t *all;

    if (writer->status || !list)
        return;
    all = memory_alloc(list->count * sizeof(bytes));
    if (!all) {
        writer->status = PORT_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        uint32_t number = (uint32_t)list->statuses[i];

        for (unsigned byte = 0; byte < sizeof(bytes); byte++)
            all[i * sizeof(bytes) + byte] = (uint8_t)(number >> (8 * byte));
    }
    put_bytes(writer, DOWNLOAD_RECOVERABLE, REGISTRY_BINARY, all, list->count * sizeof(bytes));
    memory_free(all);
}

/* What CreateDownload was told, and what has been changed since. */
static void put_request(struct writer *writer, const struct transfer *transfer)
{
    put_qword(writer, DOWNLOAD_CREATED, (uint64_t)transfer->created);
    put_qword(writer, DOWNLOAD_LAST_ASKED, (uint64_t)transfer->last_asked);
    put_text(writer, DOWNLOAD_PLATFORM, path_platform());
    put_text(writer, DOWNLOAD_URI, transfer->url);
    if (strcmp(transfer->method, "GET"))
        put_text(writer, DOWNLOAD_METHOD, transfer->method);
    put_text(writer, transfer->result_is_private ? DOWNLOAD_PRIVATE_FILE : DOWNLOAD_RESULT_FILE,
             transfer->path);
    put_text(writer, transfer->body_is_private ? DOWNLOAD_PRIVATE_BODY : DOWNLOAD_BODY_FILE,
             transfer->body_path);
    put_headers(writer, DOWNLOAD_HEADERS, transfer->headers);
    put_text(writer, DOWNLOAD_SERVER_USER, transfer->server.user);
    put_text(writer, DOWNLOAD_SERVER_PASSWORD, transfer->server.password);
    put_text(writer, DOWNLOAD_PROXY_USER, transfer->proxy.user);
    put_text(writer, DOWNLOAD_PROXY_PASSWORD, transfer->proxy.password);
    put_text(writer, DOWNLOAD_GROUP, transfer->group);
    if (transfer->transfer_group)
        put_text(writer, DOWNLOAD_TRANSFER_GROUP,
                 transfer_group_get_name(transfer->transfer_group));
    put_dword(writer, DOWNLOAD_COST_POLICY, transfer->cost_policy);
    put_dword(writer, DOWNLOAD_PRIORITY, transfer->priority);
    put_dword(writer, DOWNLOAD_RANDOM_ACCESS, transfer->random_access);
    put_recoverable(writer, transfer->recoverable);
    put_text(writer, DOWNLOAD_TAG, transfer->tag);
    put_qword(writer, DOWNLOAD_MAX_SPEED, speed_limit_get(&transfer->speed));
    put_dword(writer, DOWNLOAD_MAX_CONNECTIONS, atomic_load(&transfer->connections));
}

static void put_ranges(struct writer *writer, const struct range_set *ranges)
{
    size_t size = 0;
    void *bytes = NULL;

    if (!writer->status)
        writer->status = range_set_encode(ranges, &bytes, &size);
    put_bytes(writer, DOWNLOAD_RANGES, REGISTRY_BINARY, bytes, size);
    memory_free(bytes);
}

static void put_body(struct writer *writer, const struct transfer *transfer)
{
    const struct body_state *body = transfer->body;
    uint8_t mark[FILE_MARK_SIZE];

    put_dword(writer, DOWNLOAD_STATE, transfer->stored_state);
    put_dword(writer, DOWNLOAD_ATTEMPTS, transfer->attempts);
    put_dword(writer, DOWNLOAD_RETRIES, transfer->retry.retries);
    put_dword(writer, DOWNLOAD_RESTARTS, transfer->retry.restarts);
    put_qword(writer, DOWNLOAD_MOST_BYTES, transfer->retry.most_bytes);
    /* One that has neither bytes nor a length is nothing to go on with. */
    if (!body || (!body->saved_bytes && !body->version.total && !body->saved_ranges.count))
        return;
    put_qword(writer, DOWNLOAD_BYTES, body->saved_bytes);
    put_qword(writer, DOWNLOAD_TOTAL, body->version.total);
    put_ranges(writer, &body->saved_ranges);
    put_text(writer, DOWNLOAD_ETAG, body->version.etag);
    put_text(writer, DOWNLOAD_LAST_MODIFIED, body->version.last_modified);
    put_text(writer, DOWNLOAD_DATE, body->version.date);
    put_dword(writer, DOWNLOAD_URI_CHANGED, transfer->url_changed);
    put_dword(writer, DOWNLOAD_RANGES_SERVED, body->version.ranges_served);
    file_mark_encode(&body->mark, mark);
    if (body->mark.inode)
        put_bytes(writer, DOWNLOAD_FILE_IDENTITY, REGISTRY_BINARY, mark, sizeof(mark));
}

static void put_outcome(struct writer *writer, const struct transfer *transfer)
{
    const struct transfer_error *error = transfer->error;

    if (transfer->response) {
        put_dword(writer, DOWNLOAD_RESPONSE_STATUS,
                  (uint32_t)response_get_status(transfer->response));
        put_text(writer, DOWNLOAD_RESPONSE_URI, response_get_url(transfer->response));
        put_headers(writer, DOWNLOAD_RESPONSE_HEADERS, response_get_headers(transfer->response));
    }
    if (error) {
        put_dword(writer, DOWNLOAD_ERROR, error->code);
        put_dword(writer, DOWNLOAD_ERROR_HTTP, (uint32_t)error->http_status);
        put_dword(writer, DOWNLOAD_ERROR_FILE, error->file_status);
        put_text(writer, DOWNLOAD_ERROR_MESSAGE, error->message);
    }
}

enum port_status transfer_save_locked(struct transfer *transfer)
{
    struct writer writer = { .status = PORT_OK };
    struct store_id id = transfer_store_id(transfer);
    enum port_status status;
    struct store *store;

    if (!transfer->progress.started || transfer->collected)
        return PORT_OK;
    store = engine_store(&status);
    if (!store)
        return status;
    transfer_load_response_locked(transfer);
    if (!transfer->last_asked)
        transfer->last_asked = clock_universal_time();
    writer.status = value_set_create(&writer.set);
    if (!writer.status) {
        put_request(&writer, transfer);
        put_body(&writer, transfer);
        put_outcome(&writer, transfer);
    }
    if (!writer.status)
        writer.status = store_put(store, &id, writer.set);
    value_set_free(writer.set);
    return writer.status;
}

enum port_status transfer_save(struct transfer *transfer)
{
    enum port_status status;

    mutex_lock(&transfer->mutex);
    status = transfer_save_locked(transfer);
    mutex_unlock(&transfer->mutex);
    return status;
}
