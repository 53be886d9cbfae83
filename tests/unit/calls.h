/* SPDX-License-Identifier: MIT */
/* Callbacks that are counted, for the main thread to wait for. */
#ifndef WINRT_TEST_CALLS_H
#define WINRT_TEST_CALLS_H

#include <stdbool.h>

#include "src/port/threads.h"

struct calls {
    struct mutex mutex;
    struct condition changed;
    unsigned count;
};

void calls_init(struct calls *calls);
void calls_destroy(struct calls *calls);

/* The callback: its context is a struct calls. */
void calls_note(void *context);

unsigned calls_count(struct calls *calls);

/* Whether there were more than `before` calls within `milliseconds`. */
bool calls_wait(struct calls *calls, unsigned before, unsigned milliseconds);

#endif
