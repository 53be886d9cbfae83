/* SPDX-License-Identifier: MIT */
/*
 * Writes JSON (RFC 8259) to standard output, a member a line. Text that is not well-formed UTF-8
 * has U+FFFD where it is not; whole numbers are written whole, up to 2^64.
 */
#ifndef WINRT_TRANSFERS_JSON_H
#define WINRT_TRANSFERS_JSON_H

#include <stdbool.h>
#include <stdint.h>

struct json {
    unsigned depth;
    bool not_first; /* of the object or array that is open */
};

/* `name` is NULL in an array, and for the outermost value. Depth is not limited. */
void json_object(struct json *json, const char *name);
void json_end_object(struct json *json);
void json_array(struct json *json, const char *name);
void json_end_array(struct json *json);

void json_text(struct json *json, const char *name, const char *text); /* NULL: null */
void json_number(struct json *json, const char *name, uint64_t value);
void json_bool(struct json *json, const char *name, bool value);
void json_null(struct json *json, const char *name);

#endif
