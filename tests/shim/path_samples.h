/* SPDX-License-Identifier: MIT */
/* Texts that differ with the rules of the system for paths. */
#ifndef WINRT_TEST_PATH_SAMPLES_H
#define WINRT_TEST_PATH_SAMPLES_H

/* No absolute paths; ends with NULL. */
extern const char *const relative_paths[];

/* What no item may be called; ends with NULL. */
extern const char *const forbidden_names[];

#endif
