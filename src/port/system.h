/* SPDX-License-Identifier: MIT */
/* What the system tells about the process and the user. */
#ifndef WINRT_PORT_SYSTEM_H
#define WINRT_PORT_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

/* NULL if unset or empty, and in a program that runs with somebody else's rights (setuid). */
const char *system_environment(const char *name);

/* As a number; `otherwise` if unset, not a number, or outside the limits. */
uint64_t system_environment_number(const char *name, uint64_t least, uint64_t most,
                                   uint64_t otherwise);

/* Random bytes good enough for identifiers and keys. */
enum port_status system_random(void *buffer, size_t size);

/* The user's home folder, new string that the caller frees. PORT_NOT_FOUND if there is none. */
enum port_status system_home(char **ret);

/* The running program's file, absolute, new string that the caller frees. */
enum port_status system_program_path(char **ret);

#endif
