/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 and UTF-16. Inside the engine, the store and the port layer all text is UTF-8; at the COM
 * edge it is UTF-16. Lengths are in code units and exclude the terminator, which results have.
 */
#ifndef WINRT_PORT_TEXT_H
#define WINRT_PORT_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "status.h"

/*
 * Strict conversions into new, terminated strings that the caller frees with memory_free.
 * PORT_INVALID for what is not well-formed (unpaired surrogates among it), PORT_NO_MEMORY.
 * `ret_length` may be NULL.
 */
enum port_status text_utf8_from_utf16(const char16_t *text, size_t length, char **ret,
                                      size_t *ret_length);
enum port_status text_utf16_from_utf8(const char *text, size_t length, char16_t **ret,
                                      size_t *ret_length);

/* The same, with U+FFFD for each ill-formed sequence; PORT_NO_MEMORY only. */
enum port_status text_utf8_from_utf16_lossy(const char16_t *text, size_t length, char **ret,
                                            size_t *ret_length);
enum port_status text_utf16_from_utf8_lossy(const char *text, size_t length, char16_t **ret,
                                            size_t *ret_length);

#endif
