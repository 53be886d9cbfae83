/* SPDX-License-Identifier: MIT */
/* What is asked for, and where in the file the answer's body goes. docs/resume.md */
#include <stdio.h>
#include <string.h>

#include "branch.h"
#include "branch_parts.h"
#include "checkpoint.h"
#include "engine_store.h"
#include "limits.h"
#include "src/port/memory.h"
#include "transfer_run.h"

/* Of ftp every download is one, also what is called RETR. */
static bool is_get(const struct exchange *exchange)
{
    return exchange->hop.url.ftp || !strcmp(exchange->transfer->method, "GET");
}

/* Nothing proves that another URL's body is the same one. */
static bool can_go_on(const struct exchange *exchange)
{
    const struct transfer *transfer = exchange->transfer;

    return !exchange->ask_whole && !transfer->url_changed && transfer->body &&
           transfer->progress.bytes_received && is_get(exchange) &&
           resume_if_range(&transfer->body->version);
}

/* The newest demand that is not fulfilled; those that are go. With the mutex. */
static struct demand *newest_demand(struct transfer *transfer, struct byte_range *ret_gap)
{
    struct demand **link = &transfer->demands;
    uint64_t total = transfer->body->version.total;

    while (*link) {
        struct demand *demand = *link;
        uint64_t end = demand->size > total || demand->position > total - demand->size
                           ? total
                           : demand->position + demand->size;

        if (range_set_find_gap(&transfer->body->ranges, demand->position, end, ret_gap)) {
            /* Once there, what follows comes along. */
            range_set_find_gap(&transfer->body->ranges, ret_gap->offset, total, ret_gap);
            return demand;
        }
        *link = demand->next;
        memory_free(demand);
    }
    return NULL;
}

/* What is missing and on no way to a branch; else what a branch can do without. */
static bool choose_gap(struct exchange *exchange, struct byte_range *ret)
{
    return branch_find_gap(exchange, ret) || branch_take_part(exchange, ret);
}

/* A reader's first. */
static bool choose_demanded_gap(struct exchange *exchange, struct byte_range *ret)
{
    struct transfer *transfer = exchange->transfer;
    bool demanded;

    mutex_lock(&transfer->mutex);
    demanded = newest_demand(transfer, ret);
    mutex_unlock(&transfer->mutex);
    if (!demanded || branch_comes_to(exchange, ret->offset))
        return choose_gap(exchange, ret);
    *ret = branch_give_way(exchange, ret->offset);
    return true;
}

static bool choose_random(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    struct byte_range gap;

    exchange->range =
        (struct range_request){ .random_access = true, .other_url = transfer->url_changed };
    if (exchange->ask_whole || !transfer->body || !transfer->body->version.total)
        return true;
    if (!choose_demanded_gap(exchange, &gap))
        return false;
    exchange->range.offset = gap.offset;
    exchange->range.length = gap.length;
    return true;
}

/* What came over several connections is completed gap by gap. */
static bool choose_next_gap(struct exchange *exchange)
{
    struct byte_range gap;

    if (!choose_gap(exchange, &gap))
        return false;
    exchange->range.offset = gap.offset;
    exchange->range.length = gap.length;
    return true;
}

static bool choose_sequential(struct exchange *exchange)
{
    const struct transfer *transfer = exchange->transfer;
    uint64_t have = transfer->progress.bytes_received;

    exchange->range = (struct range_request){ 0 };
    if (!can_go_on(exchange))
        return true;
    if (transfer->ranged)
        return choose_next_gap(exchange);
    if (have == transfer->body->version.total)
        return false;
    exchange->range.offset = have;
    return true;
}

bool transfer_choose_range(struct exchange *exchange)
{
    bool missing =
        exchange->transfer->random_access ? choose_random(exchange) : choose_sequential(exchange);
    const struct range_request *range = &exchange->range;

    exchange->range_text[0] = 0;
    if (range->length)
        snprintf(exchange->range_text, sizeof(exchange->range_text), "%llu-%llu",
                 (unsigned long long)range->offset,
                 (unsigned long long)(range->offset + range->length - 1));
    else if (range->offset || range->random_access)
        snprintf(exchange->range_text, sizeof(exchange->range_text), "%llu-",
                 (unsigned long long)range->offset);
    return missing;
}

/* How long the file has to be at least. */
static uint64_t least_size(const struct transfer *transfer)
{
    return transfer_has_ranges(transfer) ? range_set_end(&transfer->body->ranges)
                                         : transfer->progress.bytes_received;
}

/* A file of our own that is gone is made again, where one of the caller's would be an error: after
 * a power cut it may not have been there yet, or its name may have gone before the record. */
static bool is_lost_private(struct transfer *transfer, enum port_status status)
{
    bool lost = status == PORT_NOT_FOUND && transfer->result_is_private && transfer->path;

    if (!lost)
        return false;
    mutex_lock(&transfer->mutex);
    memory_free(transfer->path);
    transfer->path = NULL;
    mutex_unlock(&transfer->mutex);
    return true;
}

bool transfer_open_parts(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    enum port_status status;

    if (!transfer_go_back(transfer)) {
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
        return false;
    }
    if (exchange->file || !transfer->path || !transfer->progress.bytes_received)
        return true;
    status = result_file_reopen(transfer->path, &transfer->body->left, least_size(transfer),
                                &exchange->file);
    engine_park_if_abandoned();
    if (is_lost_private(transfer, status)) {
        status = checkpoint_forget(transfer);
        transfer_notify(transfer, TRANSFER_EVENT_RESTART);
    }
    if (status)
        exchange_fail_file(exchange, status, transfer->path);
    return !status;
}

/* A private file is made when it is needed, and is in the record before it has a byte. */
static enum port_status need_path(struct transfer *transfer)
{
    struct store *store = engine_store(NULL);
    enum port_status status;
    file_handle file;
    char *path;

    if (transfer->path)
        return PORT_OK;
    status = store ? store_private_file(store, "result", &path, &file) : PORT_NO_MEMORY;
    if (status)
        return status;
    file_close(file);
    mutex_lock(&transfer->mutex);
    transfer->path = path;
    status = transfer_save_locked(transfer);
    mutex_unlock(&transfer->mutex);
    return status;
}

/* The bytes that were there are void, if there were any. False: that was once too often. */
static bool start_over(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    enum port_status status;
    bool counted;

    if (!transfer->progress.bytes_received) {
        status = checkpoint_end_forgetting(transfer);
        if (status)
            exchange_fail_file(exchange, status, transfer->path);
        return !status;
    }
    mutex_lock(&transfer->mutex);
    /* After a wait for room it is the disk's doing. */
    counted = transfer->full_waits || retry_count_restart(&transfer->retry);
    mutex_unlock(&transfer->mutex);
    if (!counted) {
        exchange_fail(exchange, TRANSFER_ERROR_TOO_MANY_RESTARTS);
        return false;
    }
    status = checkpoint_forget(transfer);
    transfer_notify(transfer, TRANSFER_EVENT_RESTART);
    if (status)
        exchange_fail_file(exchange, status, transfer->path);
    return !status;
}

static enum port_status open_empty(struct exchange *exchange, uint64_t total)
{
    struct transfer *transfer = exchange->transfer;
    bool keep_size = transfer->random_access;
    enum port_status status = need_path(transfer);

    if (status)
        return status;
    if (exchange->file)
        return result_file_restart(exchange->file, total, keep_size);
    status = result_file_open(transfer->path, total, keep_size, &exchange->file);
    if (!is_lost_private(transfer, status))
        return status;
    status = need_path(transfer);
    return status ? status : result_file_open(transfer->path, total, keep_size, &exchange->file);
}

/* With the mutex. */
static enum port_status take_version(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;

    transfer->url_changed = false;
    return body_version_take(&transfer->body->version, exchange->answer);
}

/* Random access needs to know where it ends, and ranges. */
static bool is_fit_for_random_access(struct exchange *exchange)
{
    const struct body_version *version = &exchange->transfer->body->version;

    if (!exchange->transfer->random_access)
        return true;
    if (!version->total)
        exchange_fail(exchange, TRANSFER_ERROR_NO_LENGTH);
    else if (!version->ranges_served)
        exchange_fail(exchange, TRANSFER_ERROR_INSUFFICIENT_RANGES);
    return version->total && version->ranges_served;
}

/* A body from zero: the first, or one that takes the place of what is there. */
static bool begin_whole(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    enum port_status status;

    branch_disown_all(exchange);
    if (!start_over(exchange))
        return false;
    mutex_lock(&transfer->mutex);
    status = take_version(exchange);
    mutex_unlock(&transfer->mutex);
    if (status) {
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
        return false;
    }
    transfer_publish_total(transfer, transfer->body->version.total);
    if (!is_fit_for_random_access(exchange))
        return false;
    status = open_empty(exchange, transfer->body->version.total);
    engine_park_if_abandoned();
    if (status)
        exchange_fail_file(exchange, status, transfer->path);
    return !status;
}

/* The first part of a random access transfer's body that comes as a 206 is a whole beginning, too.
 */
static bool begin_part(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    enum port_status status = PORT_OK;

    if (!exchange->file)
        return begin_whole(exchange);
    mutex_lock(&transfer->mutex);
    if (exchange->range.other_url)
        status = take_version(exchange);
    else
        body_version_continue(&transfer->body->version, exchange->answer);
    mutex_unlock(&transfer->mutex);
    if (status)
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
    else
        transfer_publish_total(transfer, transfer->body->version.total);
    return !status;
}

bool transfer_begin_body(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    bool good;

    if (exchange->verdict == RANGE_DONE)
        return true;
    if (transfer_need_body(transfer)) {
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
        return false;
    }
    /* With what was asked for anew, nothing of before goes on, however the answer comes. */
    good = exchange->verdict == RANGE_CONTINUE && !exchange->ask_whole ? begin_part(exchange)
                                                                       : begin_whole(exchange);
    if (!good)
        return false;
    exchange->begun_at = exchange->verdict == RANGE_CONTINUE ? exchange->range.offset : 0;
    checkpoint_unsettle(transfer);
    body_writer_begin(&exchange->writer, exchange->file->handle, exchange->begun_at);
    return true;
}

/* Bytes that will be there in a moment are not worth another request. */
static bool comes_anyway(const struct exchange *exchange, uint64_t offset)
{
    uint64_t at = exchange->head_final ? exchange->writer.offset + exchange->writer.used
                                       : exchange->range.offset;
    uint64_t end =
        exchange->range.length ? exchange->range.offset + exchange->range.length : UINT64_MAX;

    if (branch_comes_to(exchange, offset))
        return true;
    return !exchange->rests && offset >= at && offset < end && offset - at <= RANDOM_AHEAD;
}

bool transfer_steer(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    struct byte_range gap;
    bool elsewhere;

    if (!transfer->random_access || !transfer->body || !transfer->body->version.total)
        return false;
    mutex_lock(&transfer->mutex);
    elsewhere = newest_demand(transfer, &gap);
    mutex_unlock(&transfer->mutex);
    if (!elsewhere || comes_anyway(exchange, gap.offset))
        return false;
    if (transfer->state == STATE_RECEIVING && transfer_flush(exchange)) {
        transfer_fail(exchange);
        return true;
    }
    transfer_handle(exchange->engine, transfer, STATE_EVENT_MORE);
    return true;
}
