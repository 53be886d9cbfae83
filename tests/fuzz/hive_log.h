/* SPDX-License-Identifier: MIT */
/*
 * A log made of an input, and what a hive has to have of it: the format of docs/store.md written
 * down a second time, so that the two are compared. Shares no code with src/store.
 */
#ifndef WINRT_FUZZ_HIVE_LOG_H
#define WINRT_FUZZ_HIVE_LOG_H

#include "fuzz.h"

struct hive;

#define LOG_RECORDS 32

struct log_entry {
    uint8_t kind;
    bool sound;
    size_t offset;
    char *path; /* in lower case; NULs stay */
    size_t path_length;
    uint8_t *values;
    size_t values_size;
};

struct hive_log {
    uint8_t *bytes;
    size_t size, room;
    uint64_t marker;
    struct log_entry entries[LOG_RECORDS];
    size_t count;
};

/* Takes all of the input. */
void hive_log_make(struct hive_log *log, struct fuzz_input *input);
void hive_log_free(struct hive_log *log);

/* The hive has the keys and values of the sound records, and no other. */
void hive_log_compare(const struct hive_log *log, struct hive *hive);

#endif
