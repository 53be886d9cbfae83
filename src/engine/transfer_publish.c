/* SPDX-License-Identifier: MIT */
/* What the engine's thread shows the others. */
#include <string.h>

#include "limits.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "transfer_internal.h"

void transfer_publish_status(struct transfer *transfer, enum transfer_status status)
{
    mutex_lock(&transfer->mutex);
    transfer->progress.status = status;
    mutex_unlock(&transfer->mutex);
}

void transfer_publish_response(struct transfer *transfer, struct response *response)
{
    struct response *previous;

    response_addref(response);
    mutex_lock(&transfer->mutex);
    previous = transfer->response;
    transfer->response = response;
    transfer->response_is_stored = false;
    transfer->progress.response_number++;
    mutex_unlock(&transfer->mutex);
    response_release(previous);
}

void transfer_publish_bytes(struct transfer *transfer, uint64_t received)
{
    mutex_lock(&transfer->mutex);
    transfer->progress.bytes_received = received;
    mutex_unlock(&transfer->mutex);
}

void transfer_publish_total(struct transfer *transfer, uint64_t total)
{
    mutex_lock(&transfer->mutex);
    transfer->progress.total_bytes = total;
    mutex_unlock(&transfer->mutex);
}

void transfer_publish_error(struct transfer *transfer, const struct transfer_error *error)
{
    mutex_lock(&transfer->mutex);
    if (!transfer->error)
        transfer->error = memory_alloc(sizeof(*error));
    if (transfer->error)
        *transfer->error = *error;
    mutex_unlock(&transfer->mutex);
}

void transfer_publish_wait(struct transfer *transfer, enum transfer_wait wait, int64_t retry_time)
{
    mutex_lock(&transfer->mutex);
    transfer->wait = wait;
    transfer->retry_time = retry_time;
    mutex_unlock(&transfer->mutex);
}

void transfer_publish_rate(struct transfer *transfer, uint64_t bytes_per_second)
{
    mutex_lock(&transfer->mutex);
    transfer->bytes_per_second = bytes_per_second;
    mutex_unlock(&transfer->mutex);
}

static enum port_status grow(struct error_body *body, size_t size)
{
    size_t capacity = body->capacity * 2 + size;
    char *grown;

    if (body->size + size <= body->capacity)
        return PORT_OK;
    grown = memory_resize(body->data, capacity);
    if (!grown)
        return PORT_NO_MEMORY;
    body->data = grown;
    body->capacity = capacity;
    return PORT_OK;
}

static enum port_status keep_locked(struct transfer *transfer, const void *data, size_t size,
                                    bool *ret_full)
{
    struct error_body *body = transfer->error_body;
    enum port_status status;
    size_t room;

    if (!body)
        body = transfer->error_body = memory_zalloc(sizeof(*body));
    if (!body)
        return PORT_NO_MEMORY;
    room = LIMIT_ERROR_BODY - body->size;
    *ret_full = size >= room;
    if (size > room)
        size = room;
    status = grow(body, size);
    if (status)
        return status;
    memcpy(body->data + body->size, data, size);
    body->size += size;
    return PORT_OK;
}

enum port_status transfer_keep_error_body(struct transfer *transfer, const void *data, size_t size,
                                          bool *ret_full)
{
    enum port_status status;

    *ret_full = false;
    mutex_lock(&transfer->mutex);
    status = keep_locked(transfer, data, size, ret_full);
    mutex_unlock(&transfer->mutex);
    return status;
}

void transfer_drop_error_body(struct transfer *transfer)
{
    struct error_body *body;

    mutex_lock(&transfer->mutex);
    body = transfer->error_body;
    transfer->error_body = NULL;
    mutex_unlock(&transfer->mutex);
    if (body)
        memory_free(body->data);
    memory_free(body);
}

void transfer_notify(struct transfer *transfer, enum transfer_event event)
{
    event_queue_add(&engine_get()->events, transfer, event);
}
