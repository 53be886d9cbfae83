/* SPDX-License-Identifier: MIT */
/*
 * A system bus of the test's own, and NetworkManager on it as python-dbusmock plays it. Both end
 * with the test. A failure ends the test.
 */
#ifndef WINRT_TEST_BUS_H
#define WINRT_TEST_BUS_H

#include <stdint.h>

/* Names the bus in the environment, without starting it. Before there are other threads. Skips the
   test where a program that it needs is not installed. */
void bus_prepare(void);

void bus_start(void);
void bus_stop(void);

/* A socket that takes connections to the bus and never answers. */
void bus_hang(void);

/* Returns when it can be spoken to. */
void manager_start(void);
void manager_stop(void);

/* It stays on the bus, but says nothing any more. */
void manager_hang(void);
void manager_go_on(void);

/* Sets properties of org.freedesktop.NetworkManager, in one signal. */
void manager_set(uint32_t state, uint32_t connectivity, uint32_t metered);
void manager_set_startup(int startup);

/* The connection with the default route is by a modem, or not. */
void manager_set_mobile(int mobile);

/* ModemManager, and how that modem is registered: MMModem3gppRegistrationState. */
void modems_start(uint32_t registration);
void modem_set_registration(uint32_t registration);

/* Properties with types that they do not have. */
void manager_set_rubbish(void);

#endif
