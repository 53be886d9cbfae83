/* SPDX-License-Identifier: MIT */
#include "../path_samples.h"

#include <stddef.h>

const char *const relative_paths[] = { "", "a", "a/b", "./a", "C:\\a", "file:///a", "\\a", NULL };

const char *const forbidden_names[] = { ".", "..", "a/b", "/a", "a/", "a\\b", "\\", NULL };
