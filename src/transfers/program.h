/* SPDX-License-Identifier: MIT */
/* Between the program and its platform, which has the main function. */
#ifndef WINRT_TRANSFERS_PROGRAM_H
#define WINRT_TRANSFERS_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "src/port/status.h"

/* The arguments in UTF-8, without the program's name. The exit code. */
int program_run(int count, char **arguments);

/* Writes to standard output or error, text in UTF-8. False if it cannot be written. */
bool program_write(bool error, const char *bytes, size_t size);

/* A path as the user writes it, also from the current folder, in the form of paths.h; a new string.
 * PORT_INVALID: it is none. PORT_NO_MEMORY, PORT_NOT_FOUND */
enum port_status program_path(const char *text, char **ret);

#endif
