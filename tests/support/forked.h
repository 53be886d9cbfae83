/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_FORKED_H
#define WINRT_TEST_FORKED_H

/*
 * Calls `child` in a forked child, which ends with what it returns (at most 100), and returns that
 * here; anything else if the child did not get there. In the child nothing of the test library may
 * be used. A test that calls it begins with need(NEED_FORK).
 */
int run_forked(int (*child)(void *argument), void *argument);

#endif
