/* SPDX-License-Identifier: MIT */
#include "scan_set.h"

const winrt_wchar *scan_set_parse(const winrt_wchar *format, struct scan_set *set)
{
    set->others = *format == '^';
    set->units = format + set->others;
    set->length = *set->units == ']'; /* as the first, it is one of the set */
    while (set->units[set->length] != ']') {
        if (!set->units[set->length])
            return NULL;
        set->length++;
    }
    return set->units + set->length + 1;
}

/* A '-' between two units means those between them too. */
bool scan_set_has(const struct scan_set *set, winrt_wchar unit)
{
    bool found = false;

    for (size_t i = 0; i < set->length && !found; i++) {
        if (i + 2 < set->length && set->units[i + 1] == '-') {
            found = unit >= set->units[i] && unit <= set->units[i + 2];
            i += 2;
        } else {
            found = unit == set->units[i];
        }
    }
    return found != set->others;
}
