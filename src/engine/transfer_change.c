/* SPDX-License-Identifier: MIT */
/* What may change as long as a transfer lives. Each change is in the store when the call returns.
 */
#include <string.h>

#include "ftp_request.h"
#include "limits.h"
#include "origin.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "src/port/process.h"
#include "transfer_internal.h"

static bool is_final(const struct transfer *transfer)
{
    enum transfer_status status = transfer->progress.status;

    return status == TRANSFER_COMPLETED || status == TRANSFER_CANCELED || status == TRANSFER_FAILED;
}

/* Sets one of the small numbers, and tells the engine if it has the transfer. One that has ended
 * shows it as long as it is listed, in later processes too. */
static void change_number(struct transfer *transfer, uint8_t *number, unsigned value,
                          enum transfer_command command)
{
    bool changed, tell;

    if (process_is_forked_child())
        return;
    mutex_lock(&transfer->mutex);
    changed = *number != value;
    tell = changed && transfer->progress.started && !is_final(transfer);
    *number = (uint8_t)value;
    if (changed)
        transfer_save_locked(transfer);
    mutex_unlock(&transfer->mutex);
    if (tell)
        engine_submit(transfer, command);
}

static unsigned get_number(struct transfer *transfer, const uint8_t *number)
{
    unsigned value;

    if (process_is_forked_child())
        return 0;
    mutex_lock(&transfer->mutex);
    value = *number;
    mutex_unlock(&transfer->mutex);
    return value;
}

void transfer_set_priority(struct transfer *transfer, enum transfer_priority priority)
{
    change_number(transfer, &transfer->priority, priority, COMMAND_PRIORITY);
}

enum transfer_priority transfer_get_priority(struct transfer *transfer)
{
    return (enum transfer_priority)get_number(transfer, &transfer->priority);
}

void transfer_set_cost_policy(struct transfer *transfer, enum transfer_cost_policy policy)
{
    change_number(transfer, &transfer->cost_policy, policy, COMMAND_NETWORK);
}

enum transfer_cost_policy transfer_get_cost_policy(struct transfer *transfer)
{
    return (enum transfer_cost_policy)get_number(transfer, &transfer->cost_policy);
}

/*
 * A transfer whose pausing is still to come may be running: its URL must stay. A random access
 * transfer goes on with what it has if size and date are the same there; another one begins anew,
 * since nothing proves that it is the same body.
 */
static enum port_status set_url_locked(struct transfer *transfer, char **url)
{
    enum transfer_status status = transfer->progress.status;
    char *previous = transfer->url;
    bool was_changed = transfer->url_changed;
    enum port_status saved = PORT_OK;

    if (transfer->progress.started && status != TRANSFER_PAUSED_BY_APPLICATION &&
        status != TRANSFER_PAUSED_RECOVERABLE)
        return PORT_WRONG_STATE;
    if (transfer->progress.started && status == TRANSFER_PAUSED_BY_APPLICATION &&
        !transfer->pause_wanted)
        return PORT_WRONG_STATE; /* about to go on */
    transfer->url = *url;
    transfer->url_changed = true;
    if (transfer->progress.started)
        saved = transfer_save_locked(transfer);
    if (saved) {
        transfer->url = previous;
        transfer->url_changed = was_changed;
        return saved;
    }
    *url = previous; /* the caller's to free */
    return PORT_OK;
}

enum port_status transfer_set_url(struct transfer *transfer, const char *url)
{
    enum port_status status;
    struct url parsed;
    bool possible;
    char *copy;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    status = url_parse(NULL, url, &parsed);
    possible = !parsed.ftp ||
               ftp_request_is_possible(&parsed, transfer->method, transfer->body_path != NULL);
    url_free(&parsed);
    if (status || !possible)
        return status == PORT_NO_MEMORY ? status : PORT_INVALID;
    copy = memory_strdup(url);
    if (!copy)
        return PORT_NO_MEMORY;
    mutex_lock(&transfer->mutex);
    status = set_url_locked(transfer, &copy);
    mutex_unlock(&transfer->mutex);
    memory_free_secret(copy);
    return status;
}

/* On a copy, so that a failure leaves the list as it was. */
static enum port_status change_headers_locked(struct transfer *transfer, const char *name,
                                              const char *value)
{
    struct header_list *list = NULL, *previous = transfer->headers;
    enum port_status status;

    if (is_final(transfer))
        return PORT_WRONG_STATE;
    status = previous ? header_list_copy(previous, &list) : header_list_create(&list);
    if (!status && value)
        status = header_list_set(list, name, value);
    else if (!status)
        header_list_remove(list, name);
    if (status) {
        header_list_free(list);
        return status;
    }
    transfer->headers = list;
    if (transfer->progress.started)
        status = transfer_save_locked(transfer);
    if (status)
        transfer->headers = previous;
    header_list_free(status ? list : previous);
    return status;
}

static enum port_status change_headers(struct transfer *transfer, const char *name,
                                       const char *value)
{
    enum port_status status;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    status = change_headers_locked(transfer, name, value);
    mutex_unlock(&transfer->mutex);
    return status;
}

enum port_status transfer_set_header(struct transfer *transfer, const char *name, const char *value)
{
    return change_headers(transfer, name, value);
}

enum port_status transfer_remove_header(struct transfer *transfer, const char *name)
{
    return change_headers(transfer, name, NULL);
}

enum port_status transfer_set_random_access(struct transfer *transfer, bool required)
{
    enum port_status status = PORT_OK;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    if (transfer->progress.started)
        status = PORT_WRONG_STATE;
    else
        transfer->random_access = required;
    mutex_unlock(&transfer->mutex);
    return status;
}

bool transfer_get_random_access(struct transfer *transfer)
{
    bool required;

    if (process_is_forked_child())
        return false;
    mutex_lock(&transfer->mutex);
    required = transfer->random_access;
    mutex_unlock(&transfer->mutex);
    return required;
}

enum port_status transfer_set_recoverable(struct transfer *transfer, const int32_t *statuses,
                                          size_t count, transfer_error_matcher matches)
{
    struct recoverable *list = NULL, *previous;
    enum port_status status = PORT_OK;
    bool same;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    if (count) {
        list = memory_alloc(sizeof(*list) + count * sizeof(*statuses));
        if (!list)
            return PORT_NO_MEMORY;
        list->matches = matches;
        list->count = count;
        memcpy(list->statuses, statuses, count * sizeof(*statuses));
    }
    mutex_lock(&transfer->mutex);
    previous = transfer->recoverable;
    same = count == (previous ? previous->count : 0) &&
           (!count || !memcmp(previous->statuses, statuses, count * sizeof(*statuses)));
    transfer->recoverable = list;
    if (!same && transfer->progress.started && !is_final(transfer))
        status = transfer_save_locked(transfer);
    if (status)
        transfer->recoverable = previous;
    mutex_unlock(&transfer->mutex);
    memory_free(status ? list : previous);
    return status;
}

enum port_status transfer_get_recoverable(struct transfer *transfer, int32_t **ret,
                                          size_t *ret_count)
{
    enum port_status status = PORT_OK;
    const struct recoverable *list;

    *ret = NULL;
    *ret_count = 0;
    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    list = transfer->recoverable;
    if (list) {
        *ret = memory_dup(list->statuses, list->count * sizeof(*list->statuses));
        if (*ret)
            *ret_count = list->count;
        else
            status = PORT_NO_MEMORY;
    }
    mutex_unlock(&transfer->mutex);
    return status;
}

enum port_status transfer_set_speed_limit(struct transfer *transfer, uint64_t bytes_per_second)
{
    enum port_status status = PORT_OK;
    uint64_t previous;
    bool tell;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    previous = speed_limit_get(&transfer->speed);
    speed_limit_set(&transfer->speed, bytes_per_second);
    if (previous != bytes_per_second)
        status = transfer_save_locked(transfer);
    if (status)
        speed_limit_set(&transfer->speed, previous);
    tell = !status && transfer->progress.started && !is_final(transfer);
    mutex_unlock(&transfer->mutex);
    if (tell)
        engine_limits_changed();
    return status;
}

uint64_t transfer_get_speed_limit(struct transfer *transfer)
{
    return speed_limit_get(&transfer->speed);
}

enum port_status transfer_set_connection_limit(struct transfer *transfer, unsigned connections)
{
    enum port_status status = PORT_OK;
    unsigned previous;
    bool tell;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    if (connections > LIMIT_CONNECTIONS_MOST)
        return PORT_INVALID;
    mutex_lock(&transfer->mutex);
    previous = atomic_exchange(&transfer->connections, connections);
    if (previous != connections)
        status = transfer_save_locked(transfer);
    if (status)
        atomic_store(&transfer->connections, previous);
    tell = !status && transfer->progress.started && !is_final(transfer);
    mutex_unlock(&transfer->mutex);
    if (tell)
        engine_limits_changed();
    return status;
}

unsigned transfer_get_connection_limit(struct transfer *transfer)
{
    return atomic_load(&transfer->connections);
}

enum port_status transfer_set_tag(struct transfer *transfer, const char *tag)
{
    char *copy = NULL, *previous;
    enum port_status status = PORT_OK;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    if (*tag) {
        copy = memory_strdup(tag);
        if (!copy)
            return PORT_NO_MEMORY;
    }
    mutex_lock(&transfer->mutex);
    previous = transfer->tag;
    transfer->tag = copy;
    if (transfer->progress.started)
        status = transfer_save_locked(transfer);
    if (status)
        transfer->tag = previous;
    mutex_unlock(&transfer->mutex);
    memory_free(status ? copy : previous);
    return status;
}
