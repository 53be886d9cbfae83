/* SPDX-License-Identifier: MIT */
/* Small transfers by the thousand, some hundreds of them outstanding at a time. */
#ifndef WINRT_TEST_SOAK_TRANSFERS_H
#define WINRT_TEST_SOAK_TRANSFERS_H

#include "fixture.h"

#define SOAK_OUTSTANDING 300

struct soak {
    unsigned created, ended;
    unsigned capacity;
    unsigned char *calls;  /* of each one's Completed handler */
    struct soak_one *done; /* whose handler was called; the main thread has not looked yet */
    struct mutex mutex;    /* of the two above */
    struct condition changed;
};

/* At most `capacity` transfers in all. */
void soak_init(struct soak *soak, unsigned capacity);
void soak_destroy(struct soak *soak);

/* Creates and starts one more. It may be the last reference to its objects that is given up when
 * its Completed handler is called. */
void soak_start(struct soak *soak);

/* Waits for an end; checks it, and what is in the file, which goes. */
void soak_end(struct soak *soak);

#endif
