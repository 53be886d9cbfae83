/* SPDX-License-Identifier: MIT */
/* Sockets, and whether the programs that this one starts get them. */
#ifndef WINRT_TEST_INHERITANCE_H
#define WINRT_TEST_INHERITANCE_H

#include <stdbool.h>
#include <stdint.h>

/* Two that children would get. */
void make_inherited_sockets(intptr_t sockets[2]);
void close_sockets(const intptr_t sockets[2]);
bool is_inherited(intptr_t socket);

#endif
