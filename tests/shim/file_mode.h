/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_FILE_MODE_H
#define WINRT_TEST_FILE_MODE_H

/* The permission bits of a file, which must exist. */
unsigned file_mode(const char *path);
void set_file_mode(const char *path, unsigned mode);

#endif
