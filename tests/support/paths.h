/* SPDX-License-Identifier: MIT */
/*
 * Paths in tests have two forms. The files seam (src/port/files.h) and test_path have '/'
 * everywhere:
 * "/tmp/x", and "Z:/tmp/x" under Wine. StorageItem.Path and what takes a path as an HSTRING have
 * the system's own, an *item's* path: "/tmp/x" and "Z:\tmp\x". Results are in a buffer that is used
 * again after eight calls on a thread.
 */
#ifndef WINRT_TEST_PATHS_H
#define WINRT_TEST_PATHS_H

/* test_path(name), and test_scratch(), as an item's. */
const char *item_path(const char *name);
const char *item_scratch(void);

/* A path as the files seam has it, as an item's. */
const char *item_form(const char *path);

/* An absolute path of the machine that runs the tests, of which programs under Wine know another
   name: "/tmp/x" as the files seam has it. For what comes from the environment or servers.env. */
const char *host_path(const char *path);

#endif
