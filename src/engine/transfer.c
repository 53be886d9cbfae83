/* SPDX-License-Identifier: MIT */
/* Making a transfer, and what any thread may ask of it. What the engine does with it is in
 * transfer_run.c. */
#include <string.h>

#include "limits.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "src/port/process.h"
#include "token.h"
#include "transfer_internal.h"

static void free_secret(struct secret_pair *pair)
{
    memory_free(pair->user);
    memory_free_secret(pair->password);
}

static enum port_status copy_secret(const struct credential *credential, struct secret_pair *ret)
{
    if (!credential->user && !credential->password)
        return PORT_OK;
    ret->user = memory_strdup(credential->user ? credential->user : "");
    ret->password = memory_strdup(credential->password ? credential->password : "");
    return ret->user && ret->password ? PORT_OK : PORT_NO_MEMORY;
}

void transfer_remove_body(struct transfer *transfer)
{
    if (transfer->body_path && transfer->body_is_private)
        file_remove(transfer->body_path);
    transfer->body_is_private = false;
}

static void transfer_free(struct transfer *transfer)
{
    transfer_remove_body(transfer);
    url_free(&transfer->url);
    memory_free(transfer->method);
    header_list_free(transfer->headers);
    memory_free(transfer->body_path);
    free_secret(&transfer->server);
    free_secret(&transfer->proxy);
    result_file_destroy(&transfer->file);
    response_release(transfer->response);
    memory_free(transfer->error_body);
    mutex_destroy(&transfer->mutex);
    memory_free(transfer);
}

static enum port_status fill(struct transfer *transfer, const struct transfer_request *request)
{
    enum port_status status = url_parse(NULL, request->url, &transfer->url);

    if (status)
        return status == PORT_NO_MEMORY ? status : PORT_INVALID;
    if (!token_is_valid(request->method) || token_equal(request->method, "CONNECT"))
        return PORT_INVALID;
    transfer->method = memory_strdup(request->method);
    if (!transfer->method)
        return PORT_NO_MEMORY;
    status = copy_secret(&request->server, &transfer->server);
    if (!status)
        status = copy_secret(&request->proxy, &transfer->proxy);
    if (!status && request->headers)
        status = header_list_copy(request->headers, &transfer->headers);
    if (!status && request->body) {
        transfer->body_path = memory_strdup(request->body);
        status = transfer->body_path ? PORT_OK : PORT_NO_MEMORY;
    }
    return status;
}

enum port_status transfer_create(const struct transfer_request *request, struct transfer **ret)
{
    struct transfer *transfer = memory_zalloc(sizeof(*transfer));
    enum port_status status;

    *ret = NULL;
    if (!transfer)
        return PORT_NO_MEMORY;
    status = result_file_init(&transfer->file, request->destination);
    if (status) {
        memory_free(transfer);
        return status;
    }
    mutex_init(&transfer->mutex);
    atomic_init(&transfer->references, 1);
    transfer->priority = request->priority;
    status = fill(transfer, request);
    if (status) {
        transfer_free(transfer);
        return status;
    }
    /* Last, since a caller whose call failed still owns that file. */
    transfer->body_is_private = request->body_is_private;
    *ret = transfer;
    return PORT_OK;
}

void transfer_addref(struct transfer *transfer)
{
    atomic_fetch_add(&transfer->references, 1);
}

void transfer_release(struct transfer *transfer)
{
    /* A forked child must not remove files that its parent still uses, nor touch locks that may be
     * held for ever. */
    if (atomic_fetch_sub(&transfer->references, 1) == 1 && !process_is_forked_child())
        transfer_free(transfer);
}

void transfer_set_observer(struct transfer *transfer, transfer_observer observer, void *context)
{
    transfer->observer = observer;
    transfer->context = context;
}

void transfer_notify(struct transfer *transfer, enum transfer_event event)
{
    if (transfer->observer) {
        transfer->observer(transfer->context, event);
        engine_park_if_abandoned();
    }
}

enum port_status transfer_start(struct transfer *transfer)
{
    enum port_status status;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    status = transfer->progress.started ? PORT_EXISTS : PORT_OK;
    transfer->progress.started = true;
    mutex_unlock(&transfer->mutex);
    if (status)
        return status;

    status = engine_submit(transfer, COMMAND_START);
    if (status) {
        mutex_lock(&transfer->mutex);
        transfer->progress.started = false;
        mutex_unlock(&transfer->mutex);
    }
    return status;
}

/* Started and not ended. The answer may be out of date at once, which the engine's state table
 * takes. */
static bool is_active(struct transfer *transfer)
{
    struct transfer_progress progress;

    transfer_get_progress(transfer, &progress);
    return progress.started &&
           (progress.status == TRANSFER_IDLE || progress.status == TRANSFER_RUNNING);
}

void transfer_cancel(struct transfer *transfer)
{
    if (is_active(transfer))
        engine_submit(transfer, COMMAND_CANCEL);
}

void transfer_set_priority(struct transfer *transfer, enum transfer_priority priority)
{
    if (process_is_forked_child())
        return;
    mutex_lock(&transfer->mutex);
    transfer->priority = priority;
    mutex_unlock(&transfer->mutex);
    if (is_active(transfer))
        engine_submit(transfer, COMMAND_PRIORITY);
}

enum transfer_priority transfer_get_priority(struct transfer *transfer)
{
    enum transfer_priority priority;

    if (process_is_forked_child())
        return TRANSFER_PRIORITY_DEFAULT;
    mutex_lock(&transfer->mutex);
    priority = transfer->priority;
    mutex_unlock(&transfer->mutex);
    return priority;
}

void transfer_get_progress(struct transfer *transfer, struct transfer_progress *ret)
{
    *ret = (struct transfer_progress){ 0 };
    if (process_is_forked_child())
        return;
    mutex_lock(&transfer->mutex);
    *ret = transfer->progress;
    mutex_unlock(&transfer->mutex);
}

void transfer_get_error(struct transfer *transfer, struct transfer_error *ret)
{
    *ret = (struct transfer_error){ 0 };
    if (process_is_forked_child())
        return;
    mutex_lock(&transfer->mutex);
    *ret = transfer->error;
    mutex_unlock(&transfer->mutex);
}

struct response *transfer_get_response(struct transfer *transfer)
{
    struct response *response;

    if (process_is_forked_child())
        return NULL;
    mutex_lock(&transfer->mutex);
    response = transfer->response;
    if (response)
        response_addref(response);
    mutex_unlock(&transfer->mutex);
    return response;
}

enum port_status transfer_read(struct transfer *transfer, uint64_t position, void *buffer,
                               size_t size, size_t *ret_count, bool *ret_more)
{
    struct transfer_progress progress;
    const char *kept = NULL;
    uint64_t available;

    *ret_count = 0;
    *ret_more = false;
    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;

    mutex_lock(&transfer->mutex);
    progress = transfer->progress;
    available = progress.bytes_received;
    if (transfer->error.code == TRANSFER_ERROR_HTTP_STATUS) {
        /* The error's body no longer changes once the error is there. */
        kept = transfer->error_body;
        available = transfer->error_body_size;
    }
    mutex_unlock(&transfer->mutex);

    *ret_more = progress.status == TRANSFER_IDLE || progress.status == TRANSFER_RUNNING;
    if (position >= available)
        return PORT_OK;
    if (size > available - position)
        size = (size_t)(available - position);
    if (size < available - position)
        *ret_more = true;
    if (!kept)
        return result_file_read(&transfer->file, position, buffer, size, ret_count);
    memcpy(buffer, kept + position, size);
    *ret_count = size;
    return PORT_OK;
}

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
    transfer->error = *error;
    transfer->progress.status = TRANSFER_FAILED;
    mutex_unlock(&transfer->mutex);
}

enum port_status transfer_keep_error_body(struct transfer *transfer, const void *data, size_t size,
                                          bool *ret_full)
{
    size_t room = LIMIT_ERROR_BODY - transfer->error_body_size;
    enum port_status status = PORT_OK;

    *ret_full = size >= room;
    if (size > room)
        size = room;
    mutex_lock(&transfer->mutex);
    if (transfer->error_body_size + size > transfer->error_body_capacity) {
        size_t capacity = transfer->error_body_capacity * 2 + size;
        char *grown = memory_resize(transfer->error_body, capacity);

        if (grown) {
            transfer->error_body = grown;
            transfer->error_body_capacity = capacity;
        } else {
            status = PORT_NO_MEMORY;
        }
    }
    if (!status) {
        memcpy(transfer->error_body + transfer->error_body_size, data, size);
        transfer->error_body_size += size;
    }
    mutex_unlock(&transfer->mutex);
    return status;
}
