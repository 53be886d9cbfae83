/* SPDX-License-Identifier: MIT */
/* Some dozens of changes of a hive, one record each, for tests that damage what they leave. */
#ifndef WINRT_TEST_HIVE_STEPS_H
#define WINRT_TEST_HIVE_STEPS_H

#include "src/store/hive.h"

enum {
    HIVE_STEPS = 36
};

enum port_status hive_step(struct hive *hive, int step);

/* A new hive at the path with all steps but one (negative: with all). */
struct hive *hive_with_steps(const char *path, int without);

#endif
