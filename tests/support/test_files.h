/* SPDX-License-Identifier: MIT */
/* Files of the test's own, through the real files seam, whatever file_set_ops has put in place.
 * What is not here, a test does with src/port/files.h. Paths as test_path's. */
#ifndef WINRT_TEST_FILES_H
#define WINRT_TEST_FILES_H

#include <stddef.h>
#include <stdint.h>

/* Makes the file, or replaces its content. A failure ends the test. */
void test_file_write(const char *path, const void *content, size_t size);

/* The content, terminated, in a new block that the caller frees; *size may be NULL. NULL if the
 * file cannot be read. */
char *test_file_read(const char *path, size_t *size);

/* The size of a file; -1 if there is none. */
int64_t file_size(const char *path);

#endif
