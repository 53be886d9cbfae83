/* SPDX-License-Identifier: MIT */
/* What a test needs and not every platform has. docs/testing.md has the table. */
#ifndef WINRT_TEST_PLATFORM_H
#define WINRT_TEST_PLATFORM_H

#include <stdbool.h>

enum platform_need {
    NEED_FORK,            /* run_forked */
    NEED_PERMISSIONS,     /* deny_writing and deny_everything have an effect on this user */
    NEED_MODES,           /* POSIX permission bits, umask, owners */
    NEED_LINKS,           /* symbolic links that a program can make */
    NEED_PIPES,           /* pipes that lie in folders */
    NEED_BYTE_NAMES,      /* file names that are no text */
    NEED_BACKSLASH_NAMES, /* file names that have a backslash in them */
    NEED_FILE_LIMIT,      /* a limit on the size of the files a process writes */
    NEED_FULL_DEVICE,     /* a device that is always full */
};

/* Ends the test as skipped, saying why, where the platform does not have it. */
void need(enum platform_need need);

/* NULL if the platform has it, else the reason. The platform's. */
const char *platform_lacks(enum platform_need need);

/* Ends the test as skipped with this reason, which test.sh prints. */
void skip_because(const char *reason);

/* The same, where a mistake or a gap of Wine's is in the way; real Windows has to pass. */
void skip_under_wine(const char *reason);

/* For a single check of that kind, which is turned around there. */
bool runs_under_wine(void);

/* The same, on Windows and under Wine, where combase and kernel32 are the system's: for what only
 * winrt-shim/combase promises. */
void skip_but_natively(const char *reason);

#endif
