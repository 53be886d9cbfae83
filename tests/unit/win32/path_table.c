/* SPDX-License-Identifier: MIT */
/* Source: the page "Naming Files, Paths, and Namespaces" (Win32, File Management). */
#include "../path_table.h"

const struct path_case path_cases[] = {
    { "C:\\", "C:/", 3 },
    { "C:/", "C:/", 3 },
    { "c:\\a", "c:/a", 3 },
    { "C:\\\\a/\\b\\", "C:/a/b", 3 },
    { "C:\\a\\.\\b\\..\\c", "C:/a/c", 3 },
    { "C:\\..\\..", "C:/", 3 },
    { "\\\\server\\share", "//server/share/", 15 },
    { "//server/share/", "//server/share/", 15 },
    { "\\\\server\\share\\a\\..\\..\\b", "//server/share/b", 15 },
    { "", NULL, 0 },
    { "a", NULL, 0 },
    { "\\a", NULL, 0 },
    { "/a", NULL, 0 },
    { "C:", NULL, 0 },
    { "C:a", NULL, 0 },
    { "1:\\a", NULL, 0 },
    { "\\\\server", NULL, 0 },
    { "\\\\server\\", NULL, 0 },
    { "\\\\.\\NUL", NULL, 0 },
    { "\\\\?\\C:\\a", NULL, 0 },
    { "\\??\\C:\\a", NULL, 0 },
    { NULL, NULL, 0 },
};

const char *const path_names_of_windows[] = {
    "a:b",         "a?",     "a*",         "a<",   "a>",   "a\"",      "a|",
    "a\x01",       "a.",     "a ",         "...",  "NUL",  "nul",      "CON",
    "Prn",         "AUX.x",  "con.tar.gz", "COM1", "lpt9", "COM1.txt", "NUL .txt",
    "com\xc2\xb9", "CONIN$", "conout$.x",  NULL,
};
const bool path_names_of_windows_are_allowed = false;
