/* SPDX-License-Identifier: MIT */
#include "branch_parts.h"

#include "limits.h"

uint64_t branch_position(const struct exchange *exchange)
{
    bool receives = exchange->trunk ? exchange->verdict == RANGE_CONTINUE
                                    : exchange->transfer->state == STATE_RECEIVING;

    return receives ? exchange->writer.offset + exchange->writer.used : exchange->range.offset;
}

uint64_t branch_bytes(const struct exchange *trunk)
{
    uint64_t bytes = trunk->transfer->progress.bytes_received + trunk->writer.used;

    for (const struct exchange *branch = trunk->branches; branch; branch = branch->next_branch)
        bytes += branch->writer.used;
    return bytes;
}

uint64_t branch_end(const struct exchange *branch)
{
    return branch->stop_at != NO_STOP ? branch->stop_at
                                      : branch->range.offset + branch->range.length;
}

/* What is there, and what is on its way to a branch; not what is on its way to the trunk. */
static enum port_status collect(const struct exchange *trunk, struct range_set *ret)
{
    struct transfer *transfer = trunk->transfer;
    const struct body_writer *writer = &trunk->writer;
    enum port_status status;

    mutex_lock(&transfer->mutex);
    status = range_set_copy(&transfer->body->ranges, ret);
    mutex_unlock(&transfer->mutex);
    if (!status && !transfer_has_ranges(transfer) && transfer->progress.bytes_received)
        status = range_set_add(ret, 0, transfer->progress.bytes_received);
    if (!status && writer->used)
        status = range_set_add(ret, writer->offset, writer->used);
    for (const struct exchange *branch = trunk->branches; branch && !status;
         branch = branch->next_branch)
        status =
            range_set_add(ret, branch->range.offset, branch_end(branch) - branch->range.offset);
    return status;
}

/* As range_set_find_gap. Without memory branches are overlooked. */
static bool find_gap(const struct exchange *trunk, uint64_t from, struct byte_range *ret)
{
    struct transfer *transfer = trunk->transfer;
    uint64_t total = transfer->body->version.total;
    struct range_set set = { 0 };
    bool found;

    if (!collect(trunk, &set)) {
        found = range_set_find_gap(&set, from, total, ret);
    } else {
        mutex_lock(&transfer->mutex);
        found = range_set_find_gap(&transfer->body->ranges, from, total, ret);
        mutex_unlock(&transfer->mutex);
    }
    range_set_destroy(&set);
    return found;
}

bool branch_find_gap(const struct exchange *trunk, struct byte_range *ret)
{
    return find_gap(trunk, 0, ret);
}

/* Who is on the way there stops before it. */
static void keep_off(struct exchange *trunk, uint64_t position)
{
    for (struct exchange *branch = trunk->branches; branch; branch = branch->next_branch) {
        if (branch_position(branch) <= position && position < branch_end(branch))
            branch->stop_at = position;
    }
}

struct byte_range branch_give_way(struct exchange *trunk, uint64_t position)
{
    struct byte_range gap;

    keep_off(trunk, position);
    if (find_gap(trunk, position, &gap) && gap.offset == position)
        return gap;
    return (struct byte_range){ position, trunk->transfer->body->version.total - position };
}

/*
 * Nothing has come for longer than one waits for an answer: servers that limit each connection let
 * it wait for as long as a second. Then a short rest is given to somebody who is done; of a longer
 * one it keeps its half, since connections are not to be opened over and over.
 */
static bool hangs(const struct exchange *trunk, const struct exchange *exchange, uint64_t rest)
{
    uint64_t patience_ms = 2 * trunk->plan.while_ms;

    if (patience_ms < HANG_LEAST_MS)
        patience_ms = HANG_LEAST_MS;
    return rest <= HANG_MOST && exchange->head_final &&
           trunk->engine->now_ms >= exchange->active_ms + patience_ms;
}

/* The end of a stretch is to be had; all of it, if nobody is on the way there, or hangs. */
static void consider(struct byte_range *best, const struct exchange *owner, struct byte_range range)
{
    uint64_t possible = owner ? range.length / 2 : range.length;

    if (possible > best->length && (!owner || possible >= BRANCH_LEAST))
        *best = (struct byte_range){ range.offset + range.length - possible, possible };
}

static void consider_branches(struct exchange *trunk, struct byte_range *best)
{
    for (struct exchange *branch = trunk->branches; branch; branch = branch->next_branch) {
        uint64_t at = branch_position(branch);

        uint64_t rest = branch_end(branch) - at;

        consider(best, hangs(trunk, branch, rest) ? NULL : branch, (struct byte_range){ at, rest });
    }
}

/* What is behind the trunk's position is on its way to it, and what is before that is not. */
static void consider_gaps(struct exchange *trunk, struct byte_range *best,
                          const struct range_set *set)
{
    uint64_t total = trunk->transfer->body->version.total, from = 0;
    uint64_t at = trunk->added ? branch_position(trunk) : total;
    struct byte_range gap;

    while (range_set_find_gap(set, from, total, &gap)) {
        if (gap.offset < at && gap.offset + gap.length > at)
            gap.length = at - gap.offset;
        consider(best, gap.offset == at && !hangs(trunk, trunk, gap.length) ? trunk : NULL, gap);
        from = gap.offset + gap.length;
    }
}

static bool find_part(struct exchange *trunk, struct byte_range *ret)
{
    struct range_set set = { 0 };

    *ret = (struct byte_range){ 0, 0 };
    if (!collect(trunk, &set)) {
        consider_gaps(trunk, ret, &set);
        consider_branches(trunk, ret);
    }
    range_set_destroy(&set);
    return ret->length;
}

bool branch_has_part(struct exchange *trunk)
{
    struct byte_range part;

    return find_part(trunk, &part);
}

bool branch_take_part(struct exchange *trunk, struct byte_range *ret)
{
    if (!find_part(trunk, ret))
        return false;
    keep_off(trunk, ret->offset);
    return true;
}

/* Where its answer ends by itself. */
static uint64_t end_of_answer(const struct exchange *trunk)
{
    const struct range_request *range = &trunk->range;

    if (trunk->verdict == RANGE_CONTINUE && range->length)
        return range->offset + range->length;
    return trunk->transfer->body->version.total;
}

void branch_set_stop(struct exchange *trunk)
{
    uint64_t at = branch_position(trunk), stop_at = at;
    struct byte_range gap;

    trunk->stop_at = NO_STOP;
    if (!transfer_has_ranges(trunk->transfer) || trunk->verdict == RANGE_DONE)
        return;
    if (find_gap(trunk, at, &gap) && gap.offset == at)
        stop_at = gap.offset + gap.length;
    if (stop_at < end_of_answer(trunk))
        trunk->stop_at = stop_at;
}
