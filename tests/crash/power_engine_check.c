/* SPDX-License-Identifier: MIT */
#include "power_engine_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pattern.h"
#include "power_run.h"
#include "src/engine/transfer_internal.h"

#define PERIOD   65521
#define BLOCK    65536
#define SHIFT    30011 /* of a version against the one before (tests/servers/fault/steps.py) */
#define VERSIONS 3

struct check {
    const struct power_transfer *transfers;
    const struct power_told *told;
    bool found[POWER_TRANSFERS];
    struct power_why why;
};

void power_told_take(struct power_told told[POWER_TRANSFERS], const struct power_step *step)
{
    if (step->kind != POWER_MARK)
        return;
    for (unsigned i = 0; i < POWER_TRANSFERS; i++) {
        if (step->mark == MARK_FLUSH)
            told[i].flushing = told[i].started;
        if (step->mark == MARK_FLUSHED)
            told[i].durable |= told[i].flushing;
    }
    if (step->mark == MARK_STARTED)
        told[step->values[0]].started = true;
    if (step->mark == MARK_COLLECTED)
        told[step->values[0]].collected = true;
}

/* The pattern (pattern.h), with as much behind a period as is compared at once. */
static const uint8_t *pattern_at(uint64_t offset)
{
    static uint8_t bytes[PERIOD + BLOCK];

    if (!bytes[1]) {
        for (size_t i = 0; i < sizeof(bytes); i++)
            bytes[i] = pattern_byte(i);
    }
    return bytes + offset % PERIOD;
}

/* Whether the file has these bytes of that version, at their place. */
static bool has_bytes(const char *path, unsigned version, uint64_t offset, uint64_t length)
{
    static uint8_t block[BLOCK];
    uint64_t end = offset + length;
    file_handle file;
    size_t count = 1;

    if (!length)
        return true;
    if (file_open(path, FILE_OPEN_READ, &file))
        return false;
    while (offset < end && count) {
        size_t wanted = end - offset < BLOCK ? (size_t)(end - offset) : BLOCK;

        if (file_read_at(file, offset, block, wanted, &count) || count < wanted ||
            memcmp(block, pattern_at(offset + (uint64_t)(version - 1) * SHIFT), count))
            break;
        offset += count;
    }
    file_close(file);
    return offset == end;
}

/* The server's tags are "size-N", and "size-N-V" for versions from the second on. */
static unsigned version_of(const char *etag)
{
    const char *last = etag ? strrchr(etag, '-') : NULL;

    return last && last > etag + 5 ? (unsigned)strtoul(last + 1, NULL, 10) : 1;
}

static void check_ranges(struct check *check, unsigned number, const struct transfer *transfer)
{
    const struct body_state *body = transfer->body;
    unsigned version = version_of(body->version.etag);

    /* With ranges it is how many bytes they are. */
    if (!body->saved_ranges.count && !has_bytes(transfer->path, version, 0, body->saved_bytes))
        power_fail(&check->why, "transfer %u: its file has not the %llu bytes of version %u",
                   number, (unsigned long long)body->saved_bytes, version);
    for (size_t i = 0; i < body->saved_ranges.count; i++) {
        const struct byte_range *range = &body->saved_ranges.ranges[i];

        if (!has_bytes(transfer->path, version, range->offset, range->length))
            power_fail(&check->why,
                       "transfer %u: its file has not the %llu bytes at %llu of version %u", number,
                       (unsigned long long)range->length, (unsigned long long)range->offset,
                       version);
    }
}

/* Whether it would go on from where it was. */
static void check_reopening(struct check *check, unsigned number, const struct transfer *transfer)
{
    const struct body_state *body = transfer->body;
    const struct range_set *ranges = &body->saved_ranges;
    uint64_t least = body->saved_bytes;
    enum port_status status;
    struct open_file *file;

    if (ranges->count)
        least = range_set_end(ranges);
    status = result_file_reopen(transfer->path, &body->left, least, &file);
    if (status)
        power_fail(&check->why, "transfer %u: its file is refused with status %d", number, status);
    else
        open_file_release(file);
}

static void check_restored(struct check *check, unsigned number, const struct transfer *transfer)
{
    const struct power_transfer *expected = &check->transfers[number];
    bool has_bytes = transfer->body && transfer->progress.bytes_received;
    struct file_info info;

    if (transfer->stored_state == DOWNLOAD_COMPLETED) {
        if (!expected->completes)
            power_fail(&check->why, "transfer %u: it never completed", number);
        /* A private file goes when it was collected, maybe before the record. */
        if (expected->path || !check->told[number].collected)
            check_ranges(check, number, transfer);
        if (transfer->progress.bytes_received != expected->size)
            power_fail(&check->why, "transfer %u: completed with %llu bytes", number,
                       (unsigned long long)transfer->progress.bytes_received);
        return;
    }
    if (!expected->path && check->told[number].collected)
        return;
    if (has_bytes) {
        check_ranges(check, number, transfer);
        check_reopening(check, number, transfer);
    } else if (expected->path && check->told[number].durable &&
               file_path_info(expected->path, &info)) {
        power_fail(&check->why, "transfer %u: its file is gone", number);
    }
}

static bool take(void *context, const struct store_id *id, const struct value_set *values)
{
    struct check *check = context;
    struct transfer *transfer;
    enum port_status status;
    unsigned number = 0;

    while (number < POWER_TRANSFERS &&
           memcmp(check->transfers[number].id.bytes, id->bytes, sizeof(id->bytes)))
        number++;
    if (number == POWER_TRANSFERS) {
        power_fail(&check->why, "a transfer that never was");
        return true;
    }
    if (check->found[number])
        power_fail(&check->why, "transfer %u is there twice", number);
    check->found[number] = true;
    status = transfer_restore(&check->transfers[number].id, values, &transfer);
    if (status) {
        power_fail(&check->why, "transfer %u: it is no transfer, status %d", number, status);
        return true;
    }
    check_restored(check, number, transfer);
    transfer_release(transfer);
    return true;
}

/* One that is gone has been delivered, and what it was about is on the disk. */
static void check_gone(struct check *check, unsigned number)
{
    const struct power_transfer *expected = &check->transfers[number];
    bool whole = false;

    if (check->told[number].durable && !check->told[number].collected)
        power_fail(&check->why, "transfer %u is lost", number);
    if (!check->told[number].durable || !expected->completes || !expected->path)
        return;
    for (unsigned version = 1; version <= VERSIONS && !whole; version++)
        whole = has_bytes(expected->path, version, 0, expected->size);
    if (!whole)
        power_fail(&check->why, "transfer %u was completed, and its file has not its bytes",
                   number);
}

bool power_check_transfers(const struct power_transfer *transfers, const struct power_told *told,
                           char why[POWER_WHY_SIZE])
{
    struct check check = { .transfers = transfers, .told = told, .why = { .text = why } };
    enum port_status status;
    struct store *store;

    status = store_create(POWER_APP, &store);
    if (!status)
        status = store_adopt(store, take, &check);
    if (status)
        power_fail(&check.why, "the store does not open: status %d", status);
    store_close(store);
    for (unsigned number = 0; number < POWER_TRANSFERS; number++) {
        if (told[number].started && !check.found[number])
            check_gone(&check, number);
    }
    return !check.why.failed;
}
