/* SPDX-License-Identifier: MIT */
/* The content that the test servers send: every byte is known by its offset
 * (tests/servers/fault/content.py). */
#ifndef WINRT_TEST_PATTERN_H
#define WINRT_TEST_PATTERN_H

#include <stdint.h>

#include "test_files.h"

/* The byte at an offset. */
unsigned char pattern_byte(uint64_t offset);

/* The file exists and holds exactly the first `size` bytes of the pattern. */
#define check_pattern_file(path, size) check_pattern_file_at(path, size, __FILE__, __LINE__)
void check_pattern_file_at(const char *path, uint64_t size, const char *file, int line);

/* The same for a version of the file, 1 or higher, that a step of /script has sent: version 1 is
 * the pattern. */
#define check_version_file(path, version, size) \
    check_version_file_at(path, version, size, __FILE__, __LINE__)
void check_version_file_at(const char *path, unsigned version, uint64_t size, const char *file,
                           int line);

#endif
