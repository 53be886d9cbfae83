/* SPDX-License-Identifier: MIT */
/*
 * Whether the modem that a connection of NetworkManager's goes through is roaming: ModemManager
 * knows. As network_manager.h, one thread, which never waits.
 */
#ifndef WINRT_PORT_POSIX_NETWORK_MODEM_H
#define WINRT_PORT_POSIX_NETWORK_MODEM_H

#include <stdbool.h>

#include <systemd/sd-bus.h>

struct network_modem;

/* The bus lives longer. NULL without memory. */
struct network_modem *network_modem_create(sd_bus *bus);
void network_modem_free(struct network_modem *modem);

/* From now on it is about the modem of this connection, an object path; NULL for none. */
void network_modem_follow(struct network_modem *modem, const char *connection);

/* False as long as nobody says so. */
bool network_modem_is_roaming(const struct network_modem *modem);

/* Whether the first answer about this connection is still to come. */
bool network_modem_is_asked(const struct network_modem *modem);

#endif
