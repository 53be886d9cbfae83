/* SPDX-License-Identifier: MIT */
/*
 * The file below a hive: records that are appended in space that has been filled with zeros before,
 * so that the file's size seldom changes (a sync is faster by a third then). docs/store.md
 */
#ifndef WINRT_STORE_LOG_FILE_H
#define WINRT_STORE_LOG_FILE_H

#include "log_format.h"
#include "src/port/files.h"

struct log_file {
    file_handle file; /* FILE_HANDLE_NONE: closed for a rename, and opened again when needed */
    char *path;
    uint64_t marker;
    uint64_t end;    /* where the next record goes */
    uint64_t filled; /* the file's size: zeros, or a failed write's remains, from `end` to there */
    bool read_only;
    uint8_t *buffer; /* for records that are written, or one that is read */
    size_t room;
    size_t pending; /* bytes in the buffer that are still to be written, at `end` */
    char *later;    /* paths that are gone, each with its NUL: written before the next record */
    size_t later_size, later_room;
};

struct log_damage {
    uint64_t torn_bytes, bad_records;
};

/* Takes each good record in its order. What it does not return PORT_OK for ends the opening, but
 * for PORT_INVALID: the record makes no sense, and counts as damaged. */
typedef enum port_status (*log_visitor)(void *context, uint64_t offset,
                                        const struct log_record *record);

enum log_mode {
    LOG_OPEN,      /* made if it is not there; a torn end is cut off */
    LOG_READ_ONLY, /* PORT_NOT_FOUND if it is not there */
    LOG_NEW,       /* PORT_EXISTS if it is */
};

/* `*ret_new`: the file was not there before. PORT_INVALID: no hive. PORT_DENIED: others may open
 * it, or it is a link. As file_open otherwise. */
enum port_status log_file_open(struct log_file *log, const char *path, enum log_mode mode,
                               log_visitor visitor, void *context, struct log_damage *damage,
                               bool *ret_new);
void log_file_close(struct log_file *log); /* also one that is all zeros */

/* Where it is now. On failure nothing has changed: the next one goes to the same place. */
enum port_status log_file_append(struct log_file *log, const struct log_record *record,
                                 uint64_t *ret_offset);

/* The same for many, of which only the last is followed by a flush. Nothing may be read meanwhile,
 * and after a failure the log is of no use. */
enum port_status log_file_add(struct log_file *log, const struct log_record *record);
enum port_status log_file_flush(struct log_file *log);

/*
 * A LOG_GONE record that goes with the next one, in one write, or with log_file_write_later. As
 * long as that fails it is tried again. PORT_NO_MEMORY
 */
enum port_status log_file_put_off(struct log_file *log, const char *gone_path);
enum port_status log_file_write_later(struct log_file *log);

/* The record of `size` bytes that is there, a view until the next call. PORT_INVALID if it is
 * damaged. */
enum port_status log_file_read(struct log_file *log, uint64_t offset, size_t size,
                               struct log_record *ret);

/* Opens the handle again if it was closed. */
enum port_status log_file_reopen(struct log_file *log);

#endif
