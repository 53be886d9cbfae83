/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_WIN32_PATH_NAMES_H
#define WINRT_PORT_WIN32_PATH_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether Windows takes this part of a path for a device: CON, PRN, AUX, NUL, CONIN$, CONOUT$, COM
 * and LPT with a digit, whatever follows a dot, a colon or blanks. Not terminated.
 */
bool path_name_is_device(const char *name, size_t length);

#endif
