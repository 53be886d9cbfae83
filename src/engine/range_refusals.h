/* SPDX-License-Identifier: MIT */
/* Servers that answer ranges badly, which are not asked for several at a time again. As many as
 * there is room for; the oldest are forgotten. Engine's thread only. docs/ranges.md */
#ifndef WINRT_ENGINE_RANGE_REFUSALS_H
#define WINRT_ENGINE_RANGE_REFUSALS_H

#include <stdbool.h>
#include <stdint.h>

#define RANGE_REFUSALS 32

struct range_refusals {
    char *origins[RANGE_REFUSALS]; /* NULL: none yet */
    unsigned next;
};

/* Origins as struct url has them. Without memory it is forgotten at once. */
void range_refusals_add(struct range_refusals *refusals, const char *origin);
bool range_refusals_has(const struct range_refusals *refusals, const char *origin);
void range_refusals_free(struct range_refusals *refusals);

#endif
