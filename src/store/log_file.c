/* SPDX-License-Identifier: MIT */
#include "log_file.h"

#include <string.h>

#include "log_replay.h"
#include "src/port/memory.h"
#include "src/port/private_item.h"
#include "src/port/system.h"

/* How much is filled with zeros at once: a quarter of what is there, within limits. */
#define LEAST_FILL (64u << 10)
#define MOST_FILL  (1u << 20)
#define PAGE       (4u << 10)

/* How much is written at once, when there is more than a record. */
#define BATCH_SIZE (128u << 10)

static const uint8_t zeros[16 << 10];

static const unsigned open_flags[] = {
    [LOG_OPEN] = FILE_OPEN_READ | FILE_OPEN_WRITE | FILE_OPEN_NO_FOLLOW,
    [LOG_READ_ONLY] = FILE_OPEN_READ | FILE_OPEN_NO_FOLLOW,
    [LOG_NEW] = FILE_OPEN_READ | FILE_OPEN_WRITE | FILE_OPEN_NO_FOLLOW | FILE_OPEN_CREATE |
                FILE_OPEN_EXCLUSIVE | FILE_OPEN_PRIVATE,
};

/* So that the next bytes to be written overwrite zeros. That it fails is no failure: whether there
 * is room the write itself will tell. */
static void fill(struct log_file *log, uint64_t needed)
{
    uint64_t more = log->end / 4, target, at;

    if (needed <= log->filled)
        return;
    more = more < LEAST_FILL ? LEAST_FILL : more > MOST_FILL ? MOST_FILL : more;
    target = (needed + more) / PAGE * PAGE;
    for (at = log->filled > log->end ? log->filled : log->end; at < target;) {
        size_t size = target - at < sizeof(zeros) ? (size_t)(target - at) : sizeof(zeros);

        if (file_write_at(log->file, at, zeros, size))
            return;
        at += size;
        log->filled = at;
    }
}

static enum port_status write_header(struct log_file *log)
{
    uint8_t header[LOG_HEADER_SIZE];
    enum port_status status;

    status = system_random(&log->marker, sizeof(log->marker));
    if (status)
        return status;
    log->marker |= 1; /* never what zeros look like */
    log_header_put(header, log->marker);
    log->end = 0;
    fill(log, sizeof(header));
    status = file_write_at(log->file, 0, header, sizeof(header));
    if (status)
        return status;
    log->end = sizeof(header);
    if (log->filled < log->end)
        log->filled = log->end;
    return PORT_OK;
}

/* The remains of a record that was not finished go, so that they are not met again. That it fails
 * is no harm: no reader takes them for a record. */
static void cut_off(struct log_file *log)
{
    if (!file_resize(log->file, log->end))
        log->filled = log->end;
}

static bool is_zero(const uint8_t *bytes, size_t count)
{
    return !count || (!bytes[0] && !memcmp(bytes, bytes + 1, count - 1));
}

/* Whether there is nothing in it, as after a power cut that kept a new file's size and nothing
 * more. */
static enum port_status check_empty(struct log_file *log, bool *ret)
{
    enum port_status status = PORT_OK;
    uint8_t *bytes;
    size_t count;

    *ret = false;
    if (log->filled > LEAST_FILL)
        return PORT_OK;
    bytes = memory_alloc(LEAST_FILL);
    if (!bytes)
        return PORT_NO_MEMORY;
    status = file_read_at(log->file, 0, bytes, LEAST_FILL, &count);
    if (!status)
        *ret = is_zero(bytes, count);
    memory_free(bytes);
    return status;
}

static enum port_status load(struct log_file *log, log_visitor visitor, void *context,
                             struct log_damage *damage)
{
    uint8_t header[LOG_HEADER_SIZE];
    enum port_status status;
    bool empty = true;
    size_t count;

    status = file_read_at(log->file, 0, header, sizeof(header), &count);
    if (status)
        return status;
    switch (log_header_get(header, count, &log->marker)) {
    case LOG_HEADER_GOOD:
        status = log_replay(log, visitor, context, damage);
        if (!status && damage->torn_bytes && !log->read_only)
            cut_off(log);
        return status;
    case LOG_HEADER_NONE:
        if (count == sizeof(header))
            status = check_empty(log, &empty);
        if (status || !empty)
            return status ? status : PORT_INVALID;
        log->end = sizeof(header);
        return log->read_only ? PORT_OK : write_header(log);
    default:
        return PORT_INVALID;
    }
}

static enum port_status check_file(struct log_file *log)
{
    struct file_info info;
    enum port_status status = file_get_info(log->file, &info);

    if (status)
        return status;
    log->filled = info.size;
    if (info.kind == FILE_KIND_FOLDER)
        return PORT_IS_A_FOLDER;
    if (info.kind != FILE_KIND_FILE)
        return PORT_INVALID;
    return private_item_check(log->path);
}

enum port_status log_file_open(struct log_file *log, const char *path, enum log_mode mode,
                               log_visitor visitor, void *context, struct log_damage *damage,
                               bool *ret_new)
{
    enum port_status status;

    memset(log, 0, sizeof(*log));
    log->file = FILE_HANDLE_NONE;
    log->read_only = mode == LOG_READ_ONLY;
    *ret_new = mode == LOG_NEW;
    log->path = memory_strdup(path);
    if (!log->path)
        return PORT_NO_MEMORY;
    status = file_open(path, open_flags[mode], &log->file);
    if (status == PORT_NOT_FOUND && mode == LOG_OPEN) {
        status = file_open(path, open_flags[LOG_NEW], &log->file);
        *ret_new = true;
    }
    if (!status)
        status = check_file(log);
    if (!status)
        status = *ret_new ? write_header(log) : load(log, visitor, context, damage);
    if (status && *ret_new && log->file != FILE_HANDLE_NONE) {
        file_close(log->file);
        log->file = FILE_HANDLE_NONE;
        file_remove(path);
    }
    if (status)
        log_file_close(log);
    return status;
}

void log_file_close(struct log_file *log)
{
    if (log->path)
        file_close(log->file);
    memory_free(log->path);
    memory_free(log->buffer);
    memory_free(log->later);
    memset(log, 0, sizeof(*log));
    log->file = FILE_HANDLE_NONE;
}

enum port_status log_file_reopen(struct log_file *log)
{
    if (log->file != FILE_HANDLE_NONE)
        return PORT_OK;
    return file_open(log->path, open_flags[log->read_only ? LOG_READ_ONLY : LOG_OPEN], &log->file);
}

static bool grow_buffer(struct log_file *log, size_t size)
{
    size_t room = log->room ? log->room : 1024;
    uint8_t *buffer;

    if (size <= log->room)
        return true;
    while (room < size)
        room *= 2;
    buffer = memory_resize(log->buffer, room);
    if (!buffer)
        return false;
    log->buffer = buffer;
    log->room = room;
    return true;
}

enum port_status log_file_add(struct log_file *log, const struct log_record *record)
{
    size_t size = log_record_size(record->path_length, record->values_size);

    if (log->read_only)
        return PORT_DENIED;
    if (record->path_length > LOG_PATH_MAX || record->values_size > LOG_VALUES_MAX)
        return PORT_INVALID;
    if (!grow_buffer(log, log->pending + size))
        return PORT_NO_MEMORY;
    log_record_put(log->buffer + log->pending, log->marker, log->end + log->pending, record);
    log->pending += size;
    return log->pending < BATCH_SIZE ? PORT_OK : log_file_flush(log);
}

enum port_status log_file_flush(struct log_file *log)
{
    enum port_status status = log_file_reopen(log);
    size_t size = log->pending;

    log->pending = 0;
    if (status || !size)
        return status;
    fill(log, log->end + size);
    status = file_write_at(log->file, log->end, log->buffer, size);
    if (status)
        return status;
    log->end += size;
    if (log->filled < log->end)
        log->filled = log->end;
    return PORT_OK;
}

/* What was put off, into the buffer. */
static enum port_status add_later(struct log_file *log)
{
    enum port_status status = PORT_OK;
    size_t at = 0;

    while (!status && at < log->later_size) {
        struct log_record record = { .kind = LOG_GONE, .path = log->later + at };

        record.path_length = strlen(record.path);
        status = log_file_add(log, &record);
        at += record.path_length + 1;
    }
    return status;
}

enum port_status log_file_append(struct log_file *log, const struct log_record *record,
                                 uint64_t *ret_offset)
{
    enum port_status status = add_later(log);

    *ret_offset = log->end + log->pending;
    if (!status)
        status = log_file_add(log, record);
    if (!status)
        status = log_file_flush(log);
    log->pending = 0;
    if (!status)
        log->later_size = 0;
    return status;
}

enum port_status log_file_write_later(struct log_file *log)
{
    enum port_status status = add_later(log);

    if (!status && log->pending)
        status = log_file_flush(log);
    log->pending = 0;
    if (!status)
        log->later_size = 0;
    return status;
}

enum port_status log_file_put_off(struct log_file *log, const char *gone_path)
{
    size_t length = strlen(gone_path) + 1, room = log->later_room ? log->later_room : 1024;
    char *later;

    while (room < log->later_size + length)
        room *= 2;
    if (room > log->later_room) {
        later = memory_resize(log->later, room);
        if (!later)
            return PORT_NO_MEMORY;
        log->later = later;
        log->later_room = room;
    }
    memcpy(log->later + log->later_size, gone_path, length);
    log->later_size += length;
    return PORT_OK;
}

enum port_status log_file_read(struct log_file *log, uint64_t offset, size_t size,
                               struct log_record *ret)
{
    enum port_status status = log_file_reopen(log);
    size_t count, stated;

    if (status)
        return status;
    if (!grow_buffer(log, size))
        return PORT_NO_MEMORY;
    status = file_read_at(log->file, offset, log->buffer, size, &count);
    if (status)
        return status;
    /* The padding of the last one may be missing. */
    if (count < LOG_RECORD_SIZE || !log_record_begins(log->buffer, log->marker, &stated) ||
        stated > count || !log_record_get(log->buffer, offset, ret))
        return PORT_INVALID;
    return PORT_OK;
}
