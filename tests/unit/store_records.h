/* SPDX-License-Identifier: MIT */
/* Records for tests of the store: number n has the id n, and says so. Failures end the test. */
#ifndef WINRT_TEST_STORE_RECORDS_H
#define WINRT_TEST_STORE_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/store/store.h"

#define RECORDS_MAX 4096

void record_id(unsigned number, struct store_id *ret);
unsigned record_number(const struct store_id *id);

/* A new set: Created and LastAsked of now, the number, and `version` as BytesReceived. */
struct value_set *record_values(unsigned number, unsigned version);

struct store *open_store(const char *folder);
void put_record(struct store *store, unsigned number, unsigned version);
void put_records(struct store *store, unsigned first, unsigned count);

/* A group with this tag. */
void put_group(struct store *store, const char *name, const char *tag);

/* 0 if it is not there. */
unsigned stored_version(struct store *store, unsigned number);

/* What store_adopt has told, as the context of note_adopted. */
struct adopted {
    unsigned times[RECORDS_MAX], versions[RECORDS_MAX], count;
};

bool note_adopted(void *context, const struct store_id *id, const struct value_set *values);

/* Adopts what is free, which must succeed. */
void adopt_all(struct store *store, struct adopted *ret);
void check_adopted(const struct adopted *adopted, unsigned first, unsigned count);

/* A dead instance with these records. */
void leave_records(const char *folder, unsigned first, unsigned count, unsigned version);

/* A second copy of the hive, under another name in its folder. */
const char *copy_hive(const char *path);

/* How many entries of the folder end with this. */
unsigned count_files(const char *folder, const char *ending);
/* The path of the only one; in a ring of buffers. */
const char *only_file(const char *folder, const char *ending);

#endif
