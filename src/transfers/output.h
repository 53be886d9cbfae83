/* SPDX-License-Identifier: MIT */
/*
 * What the program says. Text is gathered and written in large pieces. Names and URIs are other
 * people's: out and out_error show control characters, which a terminal would obey, as "?", and
 * what is no UTF-8 as U+FFFD.
 */
#ifndef WINRT_TRANSFERS_OUTPUT_H
#define WINRT_TRANSFERS_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <native_format.h>

/* printf to standard output. */
void out(const char *format, ...) __attribute__((format(NATIVE_PRINTF, 1, 2)));

/* The same to standard error, at once, as a line "winrt-transfers: ...". */
void out_error(const char *format, ...) __attribute__((format(NATIVE_PRINTF, 1, 2)));

/* Bytes to standard output as they are. */
void out_bytes(const void *bytes, size_t size);

/* Writes what is gathered. False if anything could not be written so far. */
bool out_flush(void);

/* Whether anything was said by out_error, and how often. */
unsigned out_error_count(void);

#endif
