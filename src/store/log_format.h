/* SPDX-License-Identifier: MIT */
/* The bytes of a hive: its header and its records, made and checked. docs/store.md */
#ifndef WINRT_STORE_LOG_FORMAT_H
#define WINRT_STORE_LOG_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LOG_VERSION      1
#define LOG_HEADER_SIZE  64 /* two copies of 32 bytes */
#define LOG_COPY_SIZE    32
#define LOG_RECORD_SIZE  20 /* before the path */
#define LOG_RECORD_ALIGN 8
#define LOG_PATH_MAX     1024
#define LOG_VALUES_MAX   (8u << 20)

enum log_kind {
    LOG_VALUES = 1, /* these are all values of the key; it is made if need be */
    LOG_GONE = 2,   /* the key and all below it are gone */
};

struct log_record {
    enum log_kind kind;
    const char *path; /* not terminated */
    size_t path_length;
    const uint8_t *values; /* as of value_set_encode */
    size_t values_size;
};

/* What a record takes in the file. */
static inline size_t log_record_size(size_t path_length, size_t values_size)
{
    return (LOG_RECORD_SIZE + path_length + values_size + LOG_RECORD_ALIGN - 1) &
           ~(size_t)(LOG_RECORD_ALIGN - 1);
}

void log_header_put(uint8_t *bytes, uint64_t marker);

enum log_header {
    LOG_HEADER_GOOD,
    LOG_HEADER_NONE,  /* never written, or only its beginning: as good as an empty file */
    LOG_HEADER_OTHER, /* no hive, or of another version */
};

/* Of the first bytes of a file, up to LOG_HEADER_SIZE. */
enum log_header log_header_get(const uint8_t *bytes, size_t count, uint64_t *ret_marker);

/* Whether these are LOG_HEADER_SIZE bytes of a hive of ours whose header never came to the disk, or
 * not all of it, as after a power cut: then nothing in that file was ever synced. */
bool log_header_is_torn(const uint8_t *bytes);

/* log_record_size bytes, of the record that will be at `offset`. */
void log_record_put(uint8_t *bytes, uint64_t marker, uint64_t offset,
                    const struct log_record *record);

/* Whether a record may begin here, and if so how long it says it is, without the padding. At least
 * LOG_RECORD_SIZE bytes; the rest is not looked at. */
bool log_record_begins(const uint8_t *bytes, uint64_t marker, size_t *ret_size);

/* The record, whose bytes are there as far as log_record_begins says; a view into them. False if
 * it is damaged. */
bool log_record_get(const uint8_t *bytes, uint64_t offset, struct log_record *ret);

#endif
