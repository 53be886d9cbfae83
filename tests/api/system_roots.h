/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_API_SYSTEM_ROOTS_H
#define WINRT_TEST_API_SYSTEM_ROOTS_H

/*
 * Adds the authority whose certificate is in this file, PEM, to those that the system trusts for
 * this user, and takes it out again. For all programs, so it must be one that no other test uses.
 * Ends the test as skipped where a test cannot or must not do that.
 */
void system_roots_add(const char *path);
void system_roots_remove(const char *path);

#endif
