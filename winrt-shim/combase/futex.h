/* SPDX-License-Identifier: MIT */
/*
 * Sleeping on a word of memory, which is what locks that fit into a pointer are made of: they need
 * no set-up, no allocation and no clean-up.
 */
#ifndef WINRT_COMBASE_FUTEX_H
#define WINRT_COMBASE_FUTEX_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#define FUTEX_ALL INT_MAX

/* The first 32 bits of another type's object. */
typedef uint32_t __attribute__((may_alias)) futex_word;

/*
 * Sleeps while the word is `expected`. Returns on a wake, or for no reason, or false when the
 * monotonic clock is `deadline_ns` (DEADLINE_NEVER: never).
 */
bool futex_wait(futex_word *word, uint32_t expected, uint64_t deadline_ns);

/* Wakes at most `count` threads that sleep on the word. */
void futex_wake(futex_word *word, int count);

#endif
