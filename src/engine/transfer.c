/* SPDX-License-Identifier: MIT */
/* Making a transfer, and what it is. */
#include <string.h>

#include "engine_store.h"
#include "ftp_request.h"
#include "runtime.h"
#include "src/port/clock.h"
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

/* A copy of what may be missing. */
static enum port_status copy_text(const char *text, char **ret)
{
    if (!text || !*text)
        return PORT_OK;
    *ret = memory_strdup(text);
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

void transfer_remove_body(struct transfer *transfer)
{
    if (transfer->body_path && transfer->body_is_private)
        file_remove(transfer->body_path);
}

static void free_body(struct body_state *body)
{
    if (!body)
        return;
    range_set_destroy(&body->saved_ranges);
    body_version_destroy(&body->version);
    range_set_destroy(&body->ranges);
    memory_free(body);
}

/* A private result of a transfer that was never started, or that was collected, is nobody's. */
static void remove_result(struct transfer *transfer)
{
    if (transfer->result_is_private && transfer->path &&
        (transfer->collected || !transfer->progress.started))
        file_remove(transfer->path);
}

static void transfer_free(struct transfer *transfer)
{
    /* Whoever finds it again, after a restart, still needs the request's body. */
    if (!transfer->progress.started)
        transfer_remove_body(transfer);
    open_file_release(transfer->reader);
    remove_result(transfer);
    transfer_drop_error_body(transfer);
    while (transfer->demands) {
        struct demand *demand = transfer->demands;

        transfer->demands = demand->next;
        memory_free(demand);
    }
    free_body(transfer->body);
    response_release(transfer->response);
    memory_free(transfer->error);
    memory_free(transfer->recoverable);
    memory_free(transfer->tag);
    memory_free(transfer->path);
    header_list_free(transfer->headers);
    memory_free_secret(transfer->url);
    mutex_destroy(&transfer->mutex);
    free_secret(&transfer->proxy);
    free_secret(&transfer->server);
    transfer_group_release(transfer->transfer_group);
    memory_free(transfer->group);
    memory_free(transfer->body_path);
    memory_free(transfer->method);
    memory_free(transfer);
}

struct transfer *transfer_allocate(void)
{
    struct transfer *transfer = memory_zalloc(sizeof(*transfer));

    if (!transfer)
        return NULL;
    mutex_init(&transfer->mutex);
    atomic_init(&transfer->references, 1);
    return transfer;
}

static enum port_status check(const struct transfer_request *request)
{
    struct url url;
    enum port_status status = url_parse(NULL, request->url, &url);
    bool possible = !url.ftp || ftp_request_is_possible(&url, request->method, request->body);

    url_free(&url);
    if (status)
        return status == PORT_NO_MEMORY ? status : PORT_INVALID;
    if (!possible || !token_is_valid(request->method) || token_equal(request->method, "CONNECT"))
        return PORT_INVALID;
    return PORT_OK;
}

static enum port_status fill(struct transfer *transfer, const struct transfer_request *request)
{
    enum port_status status = copy_text(request->url, &transfer->url);

    if (!status)
        status = copy_text(request->method, &transfer->method);
    if (!status)
        status = copy_text(request->destination, &transfer->path);
    if (!status)
        status = copy_text(request->body, &transfer->body_path);
    if (!status)
        status = copy_text(request->group, &transfer->group);
    if (!status)
        status = copy_secret(&request->server, &transfer->server);
    if (!status)
        status = copy_secret(&request->proxy, &transfer->proxy);
    if (!status && request->headers && header_list_count(request->headers))
        status = header_list_copy(request->headers, &transfer->headers);
    if (status)
        return status;
    transfer->id = request->id;
    transfer->created = clock_universal_time();
    transfer->priority = request->priority;
    transfer->cost_policy = request->cost_policy;
    transfer->result_is_private = !transfer->path;
    transfer->transfer_group = request->transfer_group;
    if (transfer->transfer_group)
        transfer_group_addref(transfer->transfer_group);
    return PORT_OK;
}

enum port_status transfer_create(const struct transfer_request *request, struct transfer **ret)
{
    enum port_status status = check(request);
    struct transfer *transfer;

    *ret = NULL;
    if (status)
        return status;
    transfer = transfer_allocate();
    if (!transfer)
        return PORT_NO_MEMORY;
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

bool transfer_file_is_in_the_way(const struct transfer *transfer)
{
    return !transfer->result_is_private && file_open_is_in_the_way();
}

enum port_status transfer_need_body(struct transfer *transfer)
{
    struct body_state *body = transfer->body;

    if (body)
        return PORT_OK;
    body = memory_zalloc(sizeof(*body));
    if (!body)
        return PORT_NO_MEMORY;
    mutex_lock(&transfer->mutex);
    transfer->body = body;
    mutex_unlock(&transfer->mutex);
    return PORT_OK;
}

void transfer_get_id(struct transfer *transfer, struct transfer_id *ret)
{
    *ret = transfer->id;
}

static enum port_status return_copy(const char *text, char **ret)
{
    *ret = memory_strdup(text);
    return text && !*ret ? PORT_NO_MEMORY : PORT_OK;
}

enum port_status transfer_get_method(struct transfer *transfer, char **ret)
{
    return return_copy(transfer->method, ret);
}

enum port_status transfer_get_group(struct transfer *transfer, char **ret)
{
    return return_copy(transfer->group, ret);
}

/* A copy of something that may change, but for a forked child, where the mutex may be held for
 * ever. */
static enum port_status return_copy_locked(struct transfer *transfer, char *const *text, char **ret)
{
    enum port_status status;

    *ret = NULL;
    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    status = return_copy(*text, ret);
    mutex_unlock(&transfer->mutex);
    return status;
}

enum port_status transfer_get_url(struct transfer *transfer, char **ret)
{
    return return_copy_locked(transfer, &transfer->url, ret);
}

enum port_status transfer_get_destination(struct transfer *transfer, char **ret)
{
    *ret = NULL;
    if (transfer->result_is_private)
        return PORT_OK;
    return return_copy(transfer->path, ret); /* a caller's path never changes */
}

enum port_status transfer_get_tag(struct transfer *transfer, char **ret)
{
    enum port_status status = return_copy_locked(transfer, &transfer->tag, ret);

    if (status || *ret)
        return status;
    return return_copy("", ret);
}

struct transfer_group *transfer_get_transfer_group(struct transfer *transfer)
{
    if (transfer->transfer_group)
        transfer_group_addref(transfer->transfer_group);
    return transfer->transfer_group;
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
    enum transfer_status status;

    *ret = (struct transfer_error){ 0 };
    if (process_is_forked_child())
        return;
    mutex_lock(&transfer->mutex);
    status = transfer->progress.status;
    if (status == TRANSFER_FAILED || status == TRANSFER_PAUSED_RECOVERABLE) {
        /* Without memory for the error when it happened, that is the error. */
        ret->code = TRANSFER_ERROR_NO_MEMORY;
        if (transfer->error)
            *ret = *transfer->error;
    }
    mutex_unlock(&transfer->mutex);
}

struct response *transfer_get_response(struct transfer *transfer)
{
    struct response *response;

    if (process_is_forked_child())
        return NULL;
    transfer_load_response(transfer);
    mutex_lock(&transfer->mutex);
    response = transfer->response;
    if (response)
        response_addref(response);
    mutex_unlock(&transfer->mutex);
    return response;
}

/* Bytes that are missing, at the rate of late. */
static int64_t seconds_left(const struct transfer *transfer)
{
    const struct transfer_progress *progress = &transfer->progress;
    uint64_t missing;

    if (progress->status != TRANSFER_RUNNING || !transfer->bytes_per_second ||
        progress->total_bytes < progress->bytes_received)
        return -1;
    missing = progress->total_bytes - progress->bytes_received;
    return (int64_t)((missing + transfer->bytes_per_second - 1) / transfer->bytes_per_second);
}

void transfer_get_details(struct transfer *transfer, struct transfer_details *ret)
{
    *ret = (struct transfer_details){ .seconds_left = -1 };
    if (process_is_forked_child())
        return;
    mutex_lock(&transfer->mutex);
    ret->wait = (enum transfer_wait)transfer->wait;
    ret->retry_time = transfer->retry_time;
    ret->attempts = transfer->attempts;
    if (transfer->progress.status == TRANSFER_RUNNING)
        ret->bytes_per_second = transfer->bytes_per_second;
    ret->seconds_left = seconds_left(transfer);
    if (transfer->error)
        ret->error = *transfer->error;
    mutex_unlock(&transfer->mutex);
    if (ret->wait == TRANSFER_WAIT_QUEUE)
        ret->ahead = engine_count_ahead(transfer);
}
