/* SPDX-License-Identifier: MIT */
/* Source: the page "Naming Files, Paths, and Namespaces" (Win32, File Management). */
#include "../path_samples.h"

#include <stddef.h>

const char *const relative_paths[] = { "",           "a",          "a\\b",
                                       ".\\a",       "C:a",        "C:",
                                       "\\a",        "/tmp/a",     "file:///C:/a",
                                       "\\\\server", "\\\\.\\NUL", "\\\\?\\C:\\a",
                                       NULL };

const char *const forbidden_names[] = {
    ".",   "..",  "a/b",   "/a",       "a/",   "a\\b",  "\\", "a:b", "C:",
    "a*",  "a?",  "a<b",   "a>",       "a|b",  "\"a\"", "a.", "a ",  "a\tb",
    "con", "NUL", "aux.c", "COM1.txt", "lpt9", "prn",   NULL,
};
