/* SPDX-License-Identifier: MIT */
/* What the system tells about the process and the user. */
#ifndef WINRT_PORT_SYSTEM_H
#define WINRT_PORT_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

/*
 * The value in a new string that the caller frees; NULL if unset or empty, and in a program that
 * runs with somebody else's rights (setuid). PORT_NO_MEMORY
 */
enum port_status system_environment(const char *name, char **ret);

/* As a number; `otherwise` if unset, not a number, or outside the limits. PORT_NO_MEMORY */
enum port_status system_environment_number(const char *name, uint64_t least, uint64_t most,
                                           uint64_t otherwise, uint64_t *ret);

/* Random bytes good enough for identifiers and keys. */
enum port_status system_random(void *buffer, size_t size);

/*
 * The folder in which programs keep their state for this user, in a new string that the caller
 * frees, in the form of paths.h: $XDG_STATE_HOME or ~/.local/state; on Windows that for local
 * application data. PORT_NOT_FOUND if there is none.
 */
enum port_status system_state_home(char **ret);

/* The running program's file, absolute, new string that the caller frees. */
enum port_status system_program_path(char **ret);

#endif
