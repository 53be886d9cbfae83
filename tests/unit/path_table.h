/* SPDX-License-Identifier: MIT */
/* What test_paths.c expects of the platform. */
#ifndef WINRT_TEST_PATH_TABLE_H
#define WINRT_TEST_PATH_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* Ends with an empty one. */
struct path_case {
    const char *native; /* as a program writes it */
    const char *path;   /* as it is kept; NULL if it is no absolute path */
    size_t root;        /* path_root_length of that */
};
extern const struct path_case path_cases[];

/* Names that Windows does not allow, NULL at the end, and whether this platform does. */
extern const char *const path_names_of_windows[];
extern const bool path_names_of_windows_are_allowed;

#endif
