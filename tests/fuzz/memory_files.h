/* SPDX-License-Identifier: MIT */
/*
 * The files seam with some files in memory, so that an input costs no disk. A file is one of these
 * if its name begins with the path given; others are the system's. One thread.
 */
#ifndef WINRT_FUZZ_MEMORY_FILES_H
#define WINRT_FUZZ_MEMORY_FILES_H

#include "src/port/files.h"

/* Puts the seam in place; `prefix` is a path that lives as long as the program. */
void memory_files_use(const char *prefix);

/* Whether writing nothing but zeros is answered with a full disk: a log then grows by its records
 * alone, which is a hundred times faster to read. */
void memory_files_refuse_filling(bool refuse);

/* The file has these bytes now, and is made if need be. NULL and 0: an empty one. */
void memory_file_put(const char *path, const void *bytes, size_t size);
/* Its bytes, until it changes; NULL if it is not there. */
const uint8_t *memory_file_get(const char *path, size_t *ret_size);
void memory_files_clear(void);

#endif
