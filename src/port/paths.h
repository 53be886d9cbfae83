/* SPDX-License-Identifier: MIT */
/*
 * Paths as text. The project keeps them in one form on every system: UTF-8, absolute, parts joined
 * by '/', none of them "", "." or "..", and no '/' at the end but that of a root. Roots are "/" on
 * POSIX systems, and "C:/" and "//server/share/" on Windows. At the COM edge they are turned into
 * the native form and back. Any thread.
 */
#ifndef WINRT_PORT_PATHS_H
#define WINRT_PORT_PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include "status.h"

/*
 * The path that a program or the system wrote, in our form, in a new string that the caller frees.
 * ".." is taken off the text, whatever links there are. PORT_INVALID if it is not absolute; on
 * Windows also for what depends on a current drive or folder ("C:x", "\x") and for the names of
 * devices ("\\.\...", "\\?\..."). PORT_NO_MEMORY
 */
enum port_status path_from_native(const char *text, char **ret);

/* A path of ours as programs write it, in a new string; NULL without memory. */
char *path_to_native(const char *path);

/* Whose paths these are: "posix" or "win32". */
const char *path_platform(void);

/* The length of the root that a path begins with, with its '/'. */
size_t path_root_length(const char *path);

/* Whether two paths, or names of one folder, are the same to the file system: on Windows upper and
   lower case are. */
bool path_is_same(const char *one, const char *other);

/*
 * Whether a new item may get this name: one part of a path, so neither "", "." nor "..", and
 * without '/'. A backslash is refused everywhere: programs that were written for Windows mean a
 * folder by it. On Windows as well what its page "Naming Files, Paths, and Namespaces" forbids:
 * < > : " | ? * and control characters, a dot or a blank at the end, names of devices. How long a
 * name may be is for the file system to say.
 */
bool path_name_is_allowed(const char *name);

#endif
