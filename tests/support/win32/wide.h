/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_WIDE_H
#define WINRT_TEST_WIDE_H

#include <windows.h>

/* UTF-8 as UTF-16, in a new block that the caller frees. A failure ends the program: tests are
 * written with sound texts. */
WCHAR *test_wide(const char *utf8);

/* The same for a path as the files seam has it: with '\\' for '/'. */
WCHAR *test_wide_path(const char *path);

#endif
