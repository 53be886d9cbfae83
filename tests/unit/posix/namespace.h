/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_NAMESPACE_H
#define WINRT_TEST_NAMESPACE_H

/*
 * Has the test run in a network of its own: no addresses, no routes, loopback down. It is begun
 * anew for that, in another program image; so this comes first, with the name of the test function.
 * Skips the test where the system does not let users have that.
 */
void enter_own_network(const char *function);

/* Runs "ip ARGUMENTS...", ended by NULL; a failure ends the test. */
void ip(const char *argument, ...);

#endif
