/* SPDX-License-Identifier: MIT */
/* The units that a %[...] of a scan accepts. */
#ifndef WINRT_PORTING_SCAN_SET_H
#define WINRT_PORTING_SCAN_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "winrt_porting_functions.h"

struct scan_set {
    bool others; /* a leading ^: all but these */
    const winrt_wchar *units;
    size_t length;
};

/* Reads what follows the '['; where the format goes on, or NULL for a set that does not end. */
const winrt_wchar *scan_set_parse(const winrt_wchar *format, struct scan_set *set);

bool scan_set_has(const struct scan_set *set, winrt_wchar unit);

#endif
