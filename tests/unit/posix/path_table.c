/* SPDX-License-Identifier: MIT */
#include "../path_table.h"

const struct path_case path_cases[] = {
    { "/", "/", 1 },
    { "/a", "/a", 1 },
    { "//a///b//", "/a/b", 1 },
    { "/a/./b/../c/.", "/a/c", 1 },
    { "/../..", "/", 1 },
    { "/a/..", "/", 1 },
    { "/...", "/...", 1 },
    { "/a\\b", "/a\\b", 1 },
    { "", NULL, 0 },
    { "a", NULL, 0 },
    { "C:\\a", NULL, 0 },
    { NULL, NULL, 0 },
};

const char *const path_names_of_windows[] = { "a:b", "a?", "NUL", "con.txt", "a.", "a ", NULL };
const bool path_names_of_windows_are_allowed = true;
