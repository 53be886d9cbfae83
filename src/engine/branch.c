/* SPDX-License-Identifier: MIT */
#include "branch.h"

#include <stdio.h>
#include <string.h>

#include "branch_parts.h"
#include "limits.h"
#include "transfer_run.h"
#include "transfer_speed.h"
#include "validators.h"

/* --- Its life --- */

static void unlink_branch(struct exchange *branch)
{
    struct exchange **link = &branch->trunk->branches;

    while (*link != branch)
        link = &(*link)->next_branch;
    *link = branch->next_branch;
    branch->next_branch = NULL;
}

/* What cannot be written the trunk will fetch again, and find out. */
static void drop(struct exchange *branch)
{
    struct exchange *trunk = branch->trunk;

    transfer_flush(branch);
    if (branch->came)
        range_plan_lost(&trunk->plan, trunk->engine->now_ms, branch_bytes(trunk));
    unlink_branch(branch);
    exchange_put_back(branch);
}

void branch_drop_all(struct exchange *trunk)
{
    while (trunk->branches)
        drop(trunk->branches);
}

void branch_close_all(struct exchange *trunk)
{
    for (struct exchange *branch = trunk->branches; branch; branch = branch->next_branch) {
        transfer_flush(branch);
        body_writer_begin(&branch->writer, FILE_HANDLE_NONE, branch->writer.offset);
        exchange_close_file(branch);
    }
}

void branch_disown_all(struct exchange *trunk)
{
    for (struct exchange *branch = trunk->branches; branch; branch = branch->next_branch) {
        body_writer_begin(&branch->writer, FILE_HANDLE_NONE, 0);
        branch->range = (struct range_request){ 0 };
        branch->stop_at = NO_STOP;
        branch->verdict = RANGE_REFUSED;
    }
    exchange_check_by(trunk, trunk->engine->now_ms);
}

static void set_part(struct exchange *branch, const struct byte_range *part)
{
    branch->range = (struct range_request){ .offset = part->offset, .length = part->length };
    snprintf(branch->range_text, sizeof(branch->range_text), "%llu-%llu",
             (unsigned long long)part->offset,
             (unsigned long long)(part->offset + part->length - 1));
}

/* Asks where the trunk was led to. */
static bool prepare(struct exchange *branch)
{
    const struct exchange *trunk = branch->trunk;

    if (url_copy(&trunk->url, &branch->url) ||
        hop_init(&branch->hop, &trunk->hop.url, trunk->hop.method, false))
        return false;
    branch->hop.left_origin = trunk->hop.left_origin;
    open_file_addref(trunk->file);
    branch->file = trunk->file;
    return true;
}

/* From now on what is there is a set of ranges. */
static bool begin_ranges(struct transfer *transfer)
{
    struct body_state *body = transfer->body;
    bool good;

    if (transfer_has_ranges(transfer))
        return true;
    mutex_lock(&transfer->mutex);
    good = !range_set_add(&body->ranges, 0, transfer->progress.bytes_received) &&
           !range_set_add(&body->saved_ranges, 0, body->saved_bytes);
    transfer->ranged = good;
    if (!good)
        range_set_clear(&body->ranges);
    mutex_unlock(&transfer->mutex);
    return good;
}

static bool add(struct exchange *trunk)
{
    struct exchange *branch;
    struct byte_range part;

    if (!begin_ranges(trunk->transfer) || exchange_take(trunk->engine, trunk->transfer, &branch))
        return false;
    branch->trunk = trunk;
    if (!branch_take_part(trunk, &part)) {
        exchange_put_back(branch);
        return false;
    }
    set_part(branch, &part);
    branch->next_branch = trunk->branches;
    trunk->branches = branch;
    if (prepare(branch) && exchange_send(branch))
        return true;
    drop(branch);
    return false;
}

/* --- What libcurl tells --- */

/* A server that has the same body and yet not these bytes of it does not know ranges; one that
 * refuses may have another answer later. */
static void judge_refusal(struct exchange *branch, const struct response *response)
{
    static const int about_ranges[] = { 200, 206, 416 };
    struct exchange *trunk = branch->trunk;
    const struct body_version *version = &branch->transfer->body->version;
    const char *etag = header_list_find(response_get_headers(response), "ETag");
    int status = response_get_status(response);

    for (size_t i = 0; i < sizeof(about_ranges) / sizeof(about_ranges[0]); i++) {
        if (status == about_ranges[i])
            range_plan_give_up(&trunk->plan);
    }
    if (trunk->plan.phase == RANGE_PLAN_OFF && (!etag || !strcmp(etag, version->etag)))
        range_refusals_add(&branch->engine->range_refusals, branch->hop.url.origin);
}

static bool take_response(struct exchange *branch, const struct response *response)
{
    enum transfer_error_code error;
    enum range_verdict verdict = RANGE_REFUSED;

    if (response_get_status(response) == 206)
        verdict = resume_judge(&branch->transfer->body->version, &branch->range, response,
                               &branch->length, &error);
    if (verdict != RANGE_CONTINUE || branch->length != branch->range.length) {
        judge_refusal(branch, response);
        return false;
    }
    branch->verdict = RANGE_CONTINUE;
    branch->begun_at = branch->range.offset;
    body_writer_begin(&branch->writer, branch->file->handle, branch->begun_at);
    return true;
}

bool branch_take_head(struct exchange *branch)
{
    struct response_parser *parser = &branch->parser;
    struct response *response;
    enum port_status status;
    bool good;

    branch->head_final = true;
    branch->active_ms = branch->engine->now_ms;
    status = response_create(parser->status, branch->hop.url.text, branch->hop.method,
                             parser->headers, &response);
    parser->headers = NULL;
    if (status)
        return false;
    good = take_response(branch, response);
    response_release(response);
    return good;
}

bool branch_take_body(struct exchange *branch, const char *data, size_t size)
{
    struct exchange *trunk = branch->trunk;

    if (branch->verdict != RANGE_CONTINUE)
        return false;
    if (!branch->came) {
        range_plan_came(&trunk->plan, trunk->engine->now_ms, branch_bytes(trunk));
        exchange_check_by(trunk, range_plan_due(&trunk->plan));
    }
    branch->came = true;
    return transfer_write_body(branch, data, size);
}

/* Its file cannot be written, and so neither can the transfer's. */
static bool has_broken_file(struct exchange *branch)
{
    if (branch->failure.code != TRANSFER_ERROR_FILE)
        return false;
    branch->trunk->failure = branch->failure;
    return true;
}

/* It waits, and there is something for it to do; or somebody else brings what it waits for. */
static bool is_trunk_due(struct exchange *trunk)
{
    if (trunk->rests)
        return !trunk->branches || branch_has_part(trunk);
    if (trunk->transfer->state != STATE_RECEIVING)
        return false;
    branch_set_stop(trunk);
    return branch_position(trunk) >= trunk->stop_at;
}

bool branch_move_trunk(struct exchange *trunk)
{
    if (!is_trunk_due(trunk))
        return false;
    if (!trunk->rests && transfer_flush(trunk))
        transfer_fail(trunk);
    else
        transfer_handle(trunk->engine, trunk->transfer, STATE_EVENT_MORE);
    return true;
}

static bool is_whole(const struct exchange *branch, CURLcode code)
{
    return (!code || branch->met) && !branch->failure.code && branch->verdict == RANGE_CONTINUE &&
           branch->writer.offset == branch_end(branch);
}

/* With another part, over the same connection if that is still there. */
static bool go_on(struct exchange *branch)
{
    struct byte_range part;

    if (!branch_take_part(branch->trunk, &part))
        return false;
    exchange_abort(branch);
    set_part(branch, &part);
    return exchange_send(branch);
}

void branch_take_end(struct exchange *branch, CURLcode code)
{
    struct exchange *trunk = branch->trunk;
    bool whole;

    transfer_flush(branch);
    if (has_broken_file(branch)) {
        transfer_fail(trunk);
        return;
    }
    whole = is_whole(branch, code);
    if (!whole || !go_on(branch)) {
        drop(branch);
        if (!whole)
            range_plan_refused(&trunk->plan, trunk->engine->now_ms);
    }
    branch_move_trunk(trunk);
}

/* --- What the time tells --- */

static bool is_wanted(const struct exchange *trunk)
{
    const struct transfer *transfer = trunk->transfer;
    const struct body_version *version = transfer->body ? &transfer->body->version : NULL;

    return trunk->most_connections > 1 && !trunk->hop.url.ftp && !trunk->alone &&
           !transfer_is_limited(trunk) && !strcmp(transfer->method, "GET") && trunk->file &&
           version && version->total && version->ranges_served && version->etag &&
           entity_tag_is_strong(version->etag) &&
           !range_refusals_has(&trunk->engine->range_refusals, trunk->hop.url.origin);
}

static unsigned count_to_host(const struct exchange *trunk)
{
    const struct exchange *other;
    unsigned count = 0;

    for (other = trunk->engine->running; other; other = other->next)
        count += other->hop.url.origin && origin_equal(&other->hop.url, &trunk->hop.url);
    return count;
}

/* What it may have can become less. */
static void drop_surplus(struct exchange *trunk)
{
    const struct exchange *branch;
    unsigned count = 1;

    for (branch = trunk->branches; branch; branch = branch->next_branch)
        count++;
    if (count <= trunk->most_connections)
        return;
    for (; count > trunk->most_connections; count--)
        drop(trunk->branches); /* the latest is the first */
    range_plan_refused(&trunk->plan, trunk->engine->now_ms);
}

static void follow_advice(struct exchange *trunk, enum range_advice advice)
{
    uint64_t now_ms = trunk->engine->now_ms;

    if (advice == RANGE_ADVICE_ADD) {
        if (count_to_host(trunk) < trunk->most_connections && add(trunk))
            range_plan_added(&trunk->plan, now_ms);
        else
            range_plan_refused(&trunk->plan, now_ms);
    } else if (advice == RANGE_ADVICE_TAKE_BACK && trunk->branches) {
        drop(trunk->branches); /* the latest is the first */
    }
}

static uint64_t plan(struct exchange *trunk)
{
    uint64_t now_ms = trunk->engine->now_ms, bytes, total;

    if (!is_wanted(trunk)) {
        if (trunk->branches) {
            branch_drop_all(trunk);
            range_plan_refused(&trunk->plan, now_ms);
        }
        return UINT64_MAX;
    }
    drop_surplus(trunk);
    /* One that waits would take what another could have. */
    if (trunk->rests)
        return UINT64_MAX;
    bytes = branch_bytes(trunk);
    total = trunk->transfer->body->version.total;
    follow_advice(trunk,
                  range_plan_look(&trunk->plan, now_ms, bytes, total > bytes ? total - bytes : 0));
    return range_plan_due(&trunk->plan);
}

/* When it has waited too long. */
static uint64_t limit_of(const struct exchange *branch)
{
    const struct engine_settings *settings = &branch->engine->settings;

    return branch->active_ms +
           (branch->head_final ? settings->stall_timeout_ms : settings->response_timeout_ms);
}

/* The branch may be gone. False: its file cannot be written. */
static bool check(struct exchange *branch, uint64_t *due_ms)
{
    struct exchange *trunk = branch->trunk;
    uint64_t now_ms = trunk->engine->now_ms, limit = limit_of(branch);

    if (branch->verdict == RANGE_REFUSED || now_ms >= limit) {
        drop(branch);
        range_plan_refused(&trunk->plan, now_ms);
        return true;
    }
    if (branch->writer.used && now_ms >= trunk->report_due_ms)
        transfer_flush(branch);
    if (limit < *due_ms)
        *due_ms = limit;
    return !has_broken_file(branch);
}

bool branch_check_all(struct exchange *trunk, uint64_t *ret_due_ms)
{
    struct exchange *branch, *next;
    uint64_t planned;

    *ret_due_ms = trunk->rests ? trunk->engine->now_ms + HANG_LEAST_MS : UINT64_MAX;
    for (branch = trunk->branches; branch; branch = next) {
        next = branch->next_branch;
        if (!check(branch, ret_due_ms))
            return false;
    }
    if (trunk->transfer->state != STATE_RECEIVING && !trunk->rests)
        return true;
    planned = plan(trunk);
    if (planned < *ret_due_ms)
        *ret_due_ms = planned;
    return true;
}

void branch_begin_all(struct exchange *trunk)
{
    uint64_t now_ms = trunk->engine->now_ms;

    range_plan_begin(&trunk->plan, now_ms, now_ms - trunk->asked_ms, branch_bytes(trunk));
    exchange_check_by(trunk, range_plan_due(&trunk->plan));
    branch_set_stop(trunk);
}

bool branch_await_all(struct exchange *trunk)
{
    struct exchange *branch, *next;

    for (branch = trunk->branches; branch; branch = next) {
        next = branch->next_branch;
        if (branch_position(branch) >= branch_end(branch))
            drop(branch); /* somebody else has brought the rest */
    }
    trunk->rests = trunk->branches;
    return trunk->rests;
}

bool branch_comes_to(const struct exchange *trunk, uint64_t position)
{
    const struct exchange *branch;

    for (branch = trunk->branches; branch; branch = branch->next_branch) {
        uint64_t at = branch_position(branch);

        if (branch->range.offset <= position && position <= at + RANDOM_AHEAD &&
            position < branch_end(branch))
            return true;
    }
    return false;
}
