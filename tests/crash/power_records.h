/* SPDX-License-Identifier: MIT */
/* Records whose content follows from what they are of, so that each byte of one can be checked; and
 * bytes of files of which the same is true. */
#ifndef WINRT_TEST_POWER_RECORDS_H
#define WINRT_TEST_POWER_RECORDS_H

#include "src/store/store.h"

/* A new set, with `payload` bytes in it. `path` may be NULL: no file, else `bytes` of that are
 * claimed to be there. */
struct value_set *power_record_make(unsigned thing, uint32_t version, size_t payload,
                                    const char *path, uint64_t bytes);

/* The version; 0 if it is no whole record of that thing. */
uint32_t power_record_check(unsigned thing, const struct value_set *values);

void power_record_id(unsigned thing, struct store_id *ret);
unsigned power_record_thing(const struct store_id *id);

/* The bytes of that thing's file from `offset` on; none is zero. */
void power_file_fill(unsigned thing, uint64_t offset, uint8_t *buffer, size_t size);

/* Whether the file begins with so many of them. */
bool power_file_has(const char *path, unsigned thing, uint64_t bytes);

#endif
