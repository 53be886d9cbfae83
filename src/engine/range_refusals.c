/* SPDX-License-Identifier: MIT */
#include "range_refusals.h"

#include <string.h>

#include "src/port/memory.h"

bool range_refusals_has(const struct range_refusals *refusals, const char *origin)
{
    for (unsigned i = 0; i < RANGE_REFUSALS; i++) {
        if (refusals->origins[i] && !strcmp(refusals->origins[i], origin))
            return true;
    }
    return false;
}

void range_refusals_add(struct range_refusals *refusals, const char *origin)
{
    char *copy;

    if (range_refusals_has(refusals, origin))
        return;
    copy = memory_strdup(origin);
    if (!copy)
        return;
    memory_free(refusals->origins[refusals->next]);
    refusals->origins[refusals->next] = copy;
    refusals->next = (refusals->next + 1) % RANGE_REFUSALS;
}

void range_refusals_free(struct range_refusals *refusals)
{
    for (unsigned i = 0; i < RANGE_REFUSALS; i++)
        memory_free(refusals->origins[i]);
    *refusals = (struct range_refusals){ 0 };
}
