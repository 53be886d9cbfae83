/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_SCRATCH_H
#define WINRT_TEST_SCRATCH_H

#include <stdbool.h>

/* Makes `path` an existing, empty folder, and its parents where they are missing. False when that
 * is not possible. */
bool scratch_prepare(const char *path);

#endif
