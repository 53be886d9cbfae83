/* SPDX-License-Identifier: MIT */
/*
 * Further connections for the body of one transfer. Its own exchange is the trunk, which has the
 * state, the reports and the checkpoints; a branch fetches parts from the end of what is missing,
 * one after another, and may be dropped at any time. Whatever befalls a branch, but that the file
 * cannot be written, is nothing to the transfer. Engine's thread only. docs/ranges.md
 */
#ifndef WINRT_ENGINE_BRANCH_H
#define WINRT_ENGINE_BRANCH_H

#include "exchange.h"

/* The trunk's body begins or goes on. */
void branch_begin_all(struct exchange *trunk);

/*
 * Writes what has come, adds a branch or takes one back if it is time for that, and ends those that
 * have waited too long. False: the file cannot be written, and the trunk's failure says so. When to
 * look again in *ret_due_ms.
 */
bool branch_check_all(struct exchange *trunk, uint64_t *ret_due_ms);

/* The trunk has nothing to fetch: true if it is to wait for its branches. */
bool branch_await_all(struct exchange *trunk);

/* The trunk goes on with something else, if there is something for it to do while it waits, or what
 * it was to bring comes by a branch. True if it did; the transfer may be gone. */
bool branch_move_trunk(struct exchange *trunk);

/* Whether somebody will bring these bytes in a moment. */
bool branch_comes_to(const struct exchange *trunk, uint64_t position);

/* As the functions of the trunk's, for a branch. */
bool branch_take_head(struct exchange *branch);
bool branch_take_body(struct exchange *branch, const char *data, size_t size);
void branch_take_end(struct exchange *branch, CURLcode code);

/* The body is another one: what they bring is for nobody. Also from inside libcurl's callbacks. */
void branch_disown_all(struct exchange *trunk);

/* What has come is written, and none of them has the file open any more. */
void branch_close_all(struct exchange *trunk);

/* What has come is written, and the rest is the trunk's again. */
void branch_drop_all(struct exchange *trunk);

#endif
