/* SPDX-License-Identifier: MIT */
/* Short-lived texts for assertions: eight buffers a thread, used in turn, that nobody
 * has to free. */
#ifndef WINRT_TEST_STRINGS_RING_H
#define WINRT_TEST_STRINGS_RING_H

#include <stddef.h>

#include <native_format.h>

#define RING_SIZE 4096

/* The next buffer of this thread, RING_SIZE bytes. */
char *ring_next(void);

/* Formats into the next buffer; a text that is too long ends the program. */
const char *ring_format(const char *format, ...) __attribute__((format(NATIVE_PRINTF, 1, 2)));

#endif
