/* SPDX-License-Identifier: MIT */
/*
 * Which parts of a body its trunk and its branches bring. No byte is on its way to two of them, but
 * for want of memory, when it is fetched twice. Engine's thread only. docs/ranges.md
 */
#ifndef WINRT_ENGINE_BRANCH_PARTS_H
#define WINRT_ENGINE_BRANCH_PARTS_H

#include "exchange.h"

/* The next byte that it brings, or is asked to. */
uint64_t branch_position(const struct exchange *exchange);

/* Where a branch's part ends, be it that it was asked for more. */
uint64_t branch_end(const struct exchange *branch);

/* How many bytes are there, in the file or about to be. */
uint64_t branch_bytes(const struct exchange *trunk);

/* The first bytes that are neither there nor on their way to a branch. False if there are none. */
bool branch_find_gap(const struct exchange *trunk, struct byte_range *ret);

/* The same from `position` on, which is missing: a branch that was on its way there stops before
 * it, and the bytes are the trunk's. */
struct byte_range branch_give_way(struct exchange *trunk, uint64_t position);

/*
 * Takes as much as can be had at once: all of a gap that nobody is on the way to, or the second
 * half of what the trunk or a branch has still to bring, who then stops before it. False if none is
 * worth a request.
 */
bool branch_take_part(struct exchange *trunk, struct byte_range *ret);
bool branch_has_part(struct exchange *trunk);

/* Where the trunk, whose body begins or goes on, has to stop. */
void branch_set_stop(struct exchange *trunk);

#endif
