/* SPDX-License-Identifier: MIT */
/*
 * Reads a log from its beginning. Where no good record is, the next one is looked for at each
 * multiple of 8 up to the end of the file: what is found is one, wherever its bytes came from, if
 * it has this file's marker, which is random and in no other file, and a CRC that knows the place
 * it was written to. So neither what a value happens to contain nor a copy of an older record is
 * taken for one.
 */
#include "log_replay.h"

#include "src/port/memory.h"

#define WINDOW_SIZE (1u << 20)
#define PART_SIZE   (4u << 10)

/* The part of the file that is in memory. */
struct window {
    file_handle file;
    uint64_t size; /* the file's */
    uint8_t *bytes;
    size_t room;
    uint64_t start;
    size_t count;
    enum port_status status;
};

/* `size` bytes at `offset`, which is in the file, until the next call. NULL if the file ends
 * before, or on a failure. */
static const uint8_t *window_at(struct window *window, uint64_t offset, size_t size)
{
    if (window->status || window->size - offset < size)
        return NULL;
    if (offset >= window->start && offset - window->start <= window->count &&
        window->count - (offset - window->start) >= size)
        return window->bytes + (offset - window->start);
    if (size > window->room) {
        uint8_t *bytes = memory_resize(window->bytes, size);

        if (!bytes) {
            window->status = PORT_NO_MEMORY;
            return NULL;
        }
        window->bytes = bytes;
        window->room = size;
    }
    window->start = offset;
    window->status =
        file_read_at(window->file, offset, window->bytes, window->room, &window->count);
    return !window->status && window->count >= size ? window->bytes : NULL;
}

/* The good record there; its size with the padding, or 0. */
static size_t record_at(struct window *window, uint64_t marker, uint64_t offset,
                        struct log_record *ret)
{
    const uint8_t *bytes = window_at(window, offset, LOG_RECORD_SIZE);
    size_t size;

    if (!bytes || !log_record_begins(bytes, marker, &size))
        return 0;
    bytes = window_at(window, offset, size);
    if (!bytes || !log_record_get(bytes, offset, ret))
        return 0;
    return log_record_size(ret->path_length, ret->values_size);
}

/* Where the next good record begins, or the end of the file. */
static uint64_t find_record(struct window *window, uint64_t marker, uint64_t offset)
{
    struct log_record record;

    for (; offset < window->size && !window->status; offset += LOG_RECORD_ALIGN) {
        if (record_at(window, marker, offset, &record))
            return offset;
    }
    return window->size;
}

/* How many bytes from there on are other than zeros, or between such. */
static uint64_t count_remains(struct window *window, uint64_t offset)
{
    uint64_t start = offset, last = offset;

    while (offset < window->size) {
        uint64_t rest = window->size - offset;
        size_t size = rest < PART_SIZE ? (size_t)rest : PART_SIZE, used = size;
        const uint8_t *bytes = window_at(window, offset, size);

        if (!bytes)
            break;
        while (used && !bytes[used - 1])
            used--;
        if (used)
            last = offset + used;
        offset += size;
    }
    return last - start;
}

enum port_status log_replay(struct log_file *log, log_visitor visitor, void *context,
                            struct log_damage *damage)
{
    struct window window = { .file = log->file, .size = log->filled, .room = WINDOW_SIZE };
    uint64_t offset = LOG_HEADER_SIZE, next;
    enum port_status status = PORT_OK;
    struct log_record record;
    size_t size;

    if (window.size < window.room)
        window.room = (size_t)window.size;
    window.bytes = memory_alloc(window.room);
    if (!window.bytes)
        return PORT_NO_MEMORY;
    while (!status && offset < window.size) {
        size = record_at(&window, log->marker, offset, &record);
        if (size) {
            status = visitor(context, offset, &record);
            offset += size;
        } else {
            next = find_record(&window, log->marker, offset + LOG_RECORD_ALIGN);
            if (next == window.size)
                break;
            offset = next;
            status = PORT_INVALID;
        }
        if (status == PORT_INVALID) {
            damage->bad_records++;
            status = PORT_OK;
        }
    }
    log->end = offset;
    if (!status) {
        damage->torn_bytes = count_remains(&window, offset);
        status = window.status;
    }
    memory_free(window.bytes);
    return status;
}
