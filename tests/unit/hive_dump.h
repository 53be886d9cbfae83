/* SPDX-License-Identifier: MIT */
/* What is in a hive, as a text to compare. */
#ifndef WINRT_TEST_HIVE_DUMP_H
#define WINRT_TEST_HIVE_DUMP_H

#include "src/store/hive.h"

/* All keys with their values, in their order, in a new string that the caller frees. Values are
 * read from the file; those that cannot be are told so. */
char *hive_dump(struct hive *hive);

/* Opens the hive, which must work, dumps and closes it. */
char *hive_dump_file(const char *path);

/* The hive has these keys and values. */
#define assert_hive(hive, expected)      assert_hive_at(hive, expected, __FILE__, __LINE__)
#define assert_hive_file(path, expected) assert_hive_file_at(path, expected, __FILE__, __LINE__)
void assert_hive_at(struct hive *hive, const char *expected, const char *file, int line);
void assert_hive_file_at(const char *path, const char *expected, const char *file, int line);

/* A key with one text and one number. */
enum port_status set_text(struct hive *hive, const char *path, const char *text, uint64_t number);

#endif
