/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_ENVIRONMENT_H
#define WINRT_TEST_ENVIRONMENT_H

/* Sets a variable of this process, UTF-8, for everybody who reads the environment in it, and for
 * the programs that it starts; NULL removes it. Before there are other threads. */
void test_setenv(const char *name, const char *value);

#endif
