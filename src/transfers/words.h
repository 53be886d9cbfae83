/* SPDX-License-Identifier: MIT */
/* What people read for what is stored. */
#ifndef WINRT_TRANSFERS_WORDS_H
#define WINRT_TRANSFERS_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "src/port/status.h"
#include "src/store/value_set.h"

#define WORDS_SIZE 48

/* What happened, and what can be done. */
const char *words_of_status(enum port_status status);

/* One word of a state (enum download_state); `live`: its program runs. */
const char *words_of_state(uint32_t state, bool live);

/*
 * Why it is in that state and what will end it, in a new string that the caller frees. NULL if
 * there is nothing to say, or no memory.
 */
char *words_of_reason(const struct value_set *values, bool live);

/* "12 B", "1.5 MiB" */
void words_of_size(char text[WORDS_SIZE], uint64_t bytes);

/* "50 %", rounded down; "" if the total is not known. */
void words_of_part(char text[WORDS_SIZE], const struct value_set *values);

/* Of a universal time, "2026-11-22 16:03:56 UTC"; with `iso`, "2026-11-22T16:03:56Z". */
void words_of_time(char text[WORDS_SIZE], uint64_t time, bool iso);

/* The download's URI without secrets; a new string that the caller frees, NULL without memory. */
char *words_of_uri(const struct value_set *values, const char *name);

/* Where it goes, as programs write paths, in a new string; NULL if that is a private file. */
char *words_of_path(const struct value_set *values);

#endif
