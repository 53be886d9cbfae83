/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_WIN32_FILE_RENAME_H
#define WINRT_PORT_WIN32_FILE_RENAME_H

#include <stdbool.h>

#include "src/port/status.h"

/* As `rename` and `remove` of struct file_ops. */
enum port_status win32_rename(const char *from, const char *to, bool replace);
enum port_status win32_remove(const char *path);

#endif
