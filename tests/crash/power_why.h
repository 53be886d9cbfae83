/* SPDX-License-Identifier: MIT */
/* What is wrong with a disk: the first thing that was found. */
#ifndef WINRT_TEST_POWER_WHY_H
#define WINRT_TEST_POWER_WHY_H

#include <stdbool.h>

#define POWER_WHY_SIZE 256

struct power_why {
    char *text; /* POWER_WHY_SIZE bytes */
    bool failed;
};

void power_fail(struct power_why *why, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
