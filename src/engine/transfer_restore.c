/* SPDX-License-Identifier: MIT */
/* A record of the store as a transfer: the reverse of transfer_record.c. */
#include <stdio.h>
#include <string.h>

#include "curl_error.h"
#include "engine_store.h"
#include "limits.h"
#include "src/port/memory.h"
#include "transfer_internal.h"

struct reader {
    const struct value_set *set;
    enum port_status status;
};

static void take_text(struct reader *reader, const char *name, char **ret)
{
    const char *text = value_set_get_text(reader->set, name);

    if (reader->status || !text)
        return;
    *ret = memory_strdup(text);
    if (!*ret)
        reader->status = PORT_NO_MEMORY;
}

static enum port_status take_field(struct header_list *list, const char *line, bool request)
{
    const char *colon = strchr(line, ':');
    enum port_status status;
    char *name;

    if (!colon || colon[1] != ' ')
        return PORT_INVALID;
    name = memory_strndup(line, (size_t)(colon - line));
    if (!name)
        return PORT_NO_MEMORY;
    status = request ? header_list_set(list, name, colon + 2)
                     : header_list_append(list, name, colon + 2);
    memory_free(name);
    return status;
}

static enum port_status take_headers(const struct value_set *set, const char *name, bool request,
                                     struct header_list **ret)
{
    struct stored_value value;
    enum port_status status;
    const char *line, *end;

    *ret = NULL;
    if (!value_set_get(set, name, REGISTRY_MULTI_SZ, &value) || !value.size)
        return PORT_OK;
    if (((const char *)value.data)[value.size - 1])
        return PORT_INVALID;
    status = header_list_create(ret);
    end = (const char *)value.data + value.size;
    for (line = value.data; !status && line < end; line += strlen(line) + 1)
        status = take_field(*ret, line, request);
    if (status) {
        header_list_free(*ret);
        *ret = NULL;
    }
    return status;
}

static enum port_status take_recoverable(const struct value_set *set, struct recoverable **ret)
{
    struct stored_value value;
    const uint8_t *bytes;
    size_t count;

    if (!value_set_get(set, DOWNLOAD_RECOVERABLE, REGISTRY_BINARY, &value))
        return PORT_OK;
    bytes = value.data;
    count = value.size / 4;
    if (!count || value.size % 4)
        return PORT_INVALID;
    *ret = memory_zalloc(sizeof(**ret) + count * sizeof((*ret)->statuses[0]));
    if (!*ret)
        return PORT_NO_MEMORY;
    (*ret)->count = count;
    for (size_t i = 0; i < count; i++) {
        uint32_t number = 0;

        for (unsigned byte = 0; byte < 4; byte++)
            number |= (uint32_t)bytes[i * 4 + byte] << (8 * byte);
        (*ret)->statuses[i] = (int32_t)number;
    }
    return PORT_OK;
}

/* Another version may have allowed more. */
static void take_connections(struct reader *reader, struct transfer *transfer)
{
    uint32_t most = value_set_get_dword(reader->set, DOWNLOAD_MAX_CONNECTIONS, 0);

    atomic_store(&transfer->connections,
                 most < LIMIT_CONNECTIONS_MOST ? most : LIMIT_CONNECTIONS_MOST);
}

static void take_request(struct reader *reader, struct transfer *transfer)
{
    const char *private_file = value_set_get_text(reader->set, DOWNLOAD_PRIVATE_FILE);
    const char *private_body = value_set_get_text(reader->set, DOWNLOAD_PRIVATE_BODY);
    const char *group = value_set_get_text(reader->set, DOWNLOAD_TRANSFER_GROUP);

    transfer->created = (int64_t)value_set_get_qword(reader->set, DOWNLOAD_CREATED, 0);
    transfer->last_asked = (int64_t)value_set_get_qword(reader->set, DOWNLOAD_LAST_ASKED, 0);
    transfer->cost_policy = (uint8_t)value_set_get_dword(reader->set, DOWNLOAD_COST_POLICY, 0);
    transfer->priority = (uint8_t)value_set_get_dword(reader->set, DOWNLOAD_PRIORITY, 0);
    transfer->random_access = value_set_get_dword(reader->set, DOWNLOAD_RANDOM_ACCESS, 0);
    take_text(reader, DOWNLOAD_URI, &transfer->url);
    take_text(reader, DOWNLOAD_METHOD, &transfer->method);
    take_text(reader, private_file ? DOWNLOAD_PRIVATE_FILE : DOWNLOAD_RESULT_FILE, &transfer->path);
    transfer->result_is_private = !value_set_get_text(reader->set, DOWNLOAD_RESULT_FILE);
    take_text(reader, private_body ? DOWNLOAD_PRIVATE_BODY : DOWNLOAD_BODY_FILE,
              &transfer->body_path);
    transfer->body_is_private = private_body;
    take_text(reader, DOWNLOAD_SERVER_USER, &transfer->server.user);
    take_text(reader, DOWNLOAD_SERVER_PASSWORD, &transfer->server.password);
    take_text(reader, DOWNLOAD_PROXY_USER, &transfer->proxy.user);
    take_text(reader, DOWNLOAD_PROXY_PASSWORD, &transfer->proxy.password);
    take_text(reader, DOWNLOAD_GROUP, &transfer->group);
    take_text(reader, DOWNLOAD_TAG, &transfer->tag);
    speed_limit_set(&transfer->speed, value_set_get_qword(reader->set, DOWNLOAD_MAX_SPEED, 0));
    take_connections(reader, transfer);
    if (!reader->status)
        reader->status = take_headers(reader->set, DOWNLOAD_HEADERS, true, &transfer->headers);
    if (!reader->status)
        reader->status = take_recoverable(reader->set, &transfer->recoverable);
    if (!reader->status && group)
        reader->status = transfer_group_open(group, &transfer->transfer_group);
    if (!reader->status && !transfer->method) {
        transfer->method = memory_strdup("GET");
        reader->status = transfer->method ? PORT_OK : PORT_NO_MEMORY;
    }
    if (!reader->status && !transfer->url)
        reader->status = PORT_INVALID;
}

static void take_ranges(struct reader *reader, struct transfer *transfer)
{
    struct body_state *body = transfer->body;
    struct stored_value value;

    if (reader->status || !value_set_get(reader->set, DOWNLOAD_RANGES, REGISTRY_BINARY, &value))
        return;
    reader->status = range_set_decode(value.data, value.size, &body->saved_ranges);
    if (!reader->status)
        reader->status = range_set_copy(&body->saved_ranges, &body->ranges);
}

static void take_body(struct reader *reader, struct transfer *transfer)
{
    struct stored_value value;
    struct body_state *body;

    transfer->stored_state =
        (enum download_state)value_set_get_dword(reader->set, DOWNLOAD_STATE, DOWNLOAD_ACTIVE);
    transfer->attempts = value_set_get_dword(reader->set, DOWNLOAD_ATTEMPTS, 0);
    transfer->retry.retries = value_set_get_dword(reader->set, DOWNLOAD_RETRIES, 0);
    transfer->retry.restarts = value_set_get_dword(reader->set, DOWNLOAD_RESTARTS, 0);
    transfer->retry.most_bytes = value_set_get_qword(reader->set, DOWNLOAD_MOST_BYTES, 0);
    if (reader->status || (!value_set_get_qword(reader->set, DOWNLOAD_TOTAL, 0) &&
                           !value_set_get_qword(reader->set, DOWNLOAD_BYTES, 0) &&
                           !value_set_get(reader->set, DOWNLOAD_RANGES, REGISTRY_BINARY, &value)))
        return;
    reader->status = transfer_need_body(transfer);
    body = transfer->body;
    if (reader->status)
        return;
    body->saved_bytes = value_set_get_qword(reader->set, DOWNLOAD_BYTES, 0);
    body->version.total = value_set_get_qword(reader->set, DOWNLOAD_TOTAL, 0);
    body->version.ranges_served = value_set_get_dword(reader->set, DOWNLOAD_RANGES_SERVED, 0);
    take_text(reader, DOWNLOAD_ETAG, &body->version.etag);
    take_text(reader, DOWNLOAD_LAST_MODIFIED, &body->version.last_modified);
    take_text(reader, DOWNLOAD_DATE, &body->version.date);
    transfer->url_changed = value_set_get_dword(reader->set, DOWNLOAD_URI_CHANGED, 0);
    take_ranges(reader, transfer);
    if (value_set_get(reader->set, DOWNLOAD_FILE_IDENTITY, REGISTRY_BINARY, &value))
        file_mark_decode(value.data, value.size, &body->mark);
    body->left = body->mark;
    body->settled_stored = body->mark.settled;
    transfer->progress.total_bytes = body->version.total;
    transfer->ranged = !transfer->random_access && body->ranges.count;
    transfer->progress.bytes_received =
        transfer_has_ranges(transfer) ? range_set_total(&body->ranges) : body->saved_bytes;
}

static void take_outcome(struct reader *reader, struct transfer *transfer)
{
    uint32_t code = value_set_get_dword(reader->set, DOWNLOAD_ERROR, 0);
    const char *message = value_set_get_text(reader->set, DOWNLOAD_ERROR_MESSAGE);

    transfer->response_is_stored = value_set_get_dword(reader->set, DOWNLOAD_RESPONSE_STATUS, 0);
    transfer->progress.response_number = transfer->response_is_stored;
    if (reader->status || !code || code >= TRANSFER_ERROR_MAX)
        return;
    transfer->error = memory_zalloc(sizeof(*transfer->error));
    if (!transfer->error) {
        reader->status = PORT_NO_MEMORY;
        return;
    }
    transfer->error->code = (enum transfer_error_code)code;
    transfer->error->http_status = (int)value_set_get_dword(reader->set, DOWNLOAD_ERROR_HTTP, 0);
    transfer->error->file_status =
        (enum port_status)value_set_get_dword(reader->set, DOWNLOAD_ERROR_FILE, 0);
    if (transfer->error->file_status >= PORT_STATUS_MAX)
        transfer->error->file_status = PORT_IO;
    if (message)
        snprintf(transfer->error->message, sizeof(transfer->error->message), "%s", message);
}

/* What a transfer of an earlier process is, before anybody attaches. A POST may have reached its
 * server, and must not do so again. */
static const struct {
    enum transfer_state state;
    bool pause_wanted;
} restored_states[] = {
    [DOWNLOAD_ACTIVE] = { STATE_RESTORED, false },
    [DOWNLOAD_PAUSED] = { STATE_PAUSED, true },
    [DOWNLOAD_PARKED] = { STATE_PARKED, false },
    [DOWNLOAD_COMPLETED] = { STATE_COMPLETED, false },
    [DOWNLOAD_CANCELED] = { STATE_CANCELED, false },
    [DOWNLOAD_FAILED] = { STATE_FAILED, false },
};

static void fail_restored(struct transfer *transfer, enum transfer_error_code code)
{
    struct transfer_error error;

    transfer_error_describe(code, "", &error);
    transfer_publish_error(transfer, &error);
    transfer->state = STATE_FAILED;
    transfer->stored_state = DOWNLOAD_FAILED;
}

static void take_state(struct transfer *transfer)
{
    if (transfer->stored_state >= sizeof(restored_states) / sizeof(restored_states[0]))
        transfer->stored_state = DOWNLOAD_ACTIVE;
    transfer->state = restored_states[transfer->stored_state].state;
    transfer->pause_wanted = restored_states[transfer->stored_state].pause_wanted;
    /* They are indices of tables. */
    if (transfer->priority > TRANSFER_PRIORITY_LOW)
        transfer->priority = TRANSFER_PRIORITY_DEFAULT;
    if (transfer->cost_policy > TRANSFER_COST_ALWAYS)
        transfer->cost_policy = TRANSFER_COST_DEFAULT;
    if (!state_is_final(transfer->state) && !method_is_idempotent(transfer->method) &&
        transfer->attempts)
        fail_restored(transfer, TRANSFER_ERROR_NOT_REPEATED);
    transfer->progress.started = true;
    transfer->progress.status = state_status(transfer->state);
    if (!state_is_final(transfer->state))
        transfer->wait = TRANSFER_WAIT_APPLICATION;
}

enum port_status transfer_restore(const struct transfer_id *id, const struct value_set *values,
                                  struct transfer **ret)
{
    struct reader reader = { .set = values };
    struct transfer *transfer = transfer_allocate();

    *ret = NULL;
    if (!transfer)
        return PORT_NO_MEMORY;
    transfer->id = *id;
    take_request(&reader, transfer);
    take_body(&reader, transfer);
    take_outcome(&reader, transfer);
    if (reader.status) {
        /* What is in the store stays there, and so do its files. */
        transfer->progress.started = true;
        transfer_release(transfer);
        return reader.status;
    }
    take_state(transfer);
    *ret = transfer;
    return PORT_OK;
}

/* Heads take more memory than all the rest, and are seldom looked at. */
static enum port_status read_response(struct transfer *transfer, struct response **ret)
{
    struct store_id id = transfer_store_id(transfer);
    struct header_list *headers = NULL;
    struct store *store = engine_store(NULL);
    struct value_set *set = NULL;
    enum port_status status;
    const char *url;

    *ret = NULL;
    if (!store)
        return PORT_NO_MEMORY;
    status = store_get(store, &id, &set);
    if (!status)
        status = take_headers(set, DOWNLOAD_RESPONSE_HEADERS, false, &headers);
    if (!status && !headers)
        status = header_list_create(&headers);
    if (!status) {
        url = value_set_get_text(set, DOWNLOAD_RESPONSE_URI);
        status = response_create((int)value_set_get_dword(set, DOWNLOAD_RESPONSE_STATUS, 0),
                                 url ? url : "", transfer->method, headers, ret);
    }
    value_set_free(set);
    return status;
}

void transfer_load_response_locked(struct transfer *transfer)
{
    struct response *response;

    if (!transfer->response_is_stored || read_response(transfer, &response))
        return;
    transfer->response = response;
    transfer->response_is_stored = false;
}

void transfer_load_response(struct transfer *transfer)
{
    mutex_lock(&transfer->mutex);
    transfer_load_response_locked(transfer);
    mutex_unlock(&transfer->mutex);
}
