/* SPDX-License-Identifier: MIT */
#ifndef WINRT_COMBASE_LIBRARY_NAME_H
#define WINRT_COMBASE_LIBRARY_NAME_H

#include <stdbool.h>

#include "src/port/status.h"

/* What a program means by a library's name. */
struct library_name {
    bool own;   /* a system library whose functions the shim has */
    char *path; /* else its file, which the caller frees */
};

/*
 * `name` is UTF-8: an absolute path, or the name of a component or a system library, with ".dll",
 * with ".so" or without, in any case. PORT_NOT_FOUND, PORT_NO_MEMORY.
 */
enum port_status library_name_resolve(const char *name, struct library_name *ret);

#endif
