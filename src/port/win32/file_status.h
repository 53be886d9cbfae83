/* SPDX-License-Identifier: MIT */
/* What a failure means where the system says the same of different things. */
#ifndef WINRT_PORT_WIN32_FILE_STATUS_H
#define WINRT_PORT_WIN32_FILE_STATUS_H

#include <stdbool.h>

#include <windows.h>

#include "src/port/status.h"

/* Whether it is a folder, and no link to one. */
bool file_is_folder(const WCHAR *path);

/* Of GetLastError after a call for `path`, which is a struct wide_path's: "access denied" for a
   file that is a folder, "not found" for what is below a file. */
enum port_status file_status(DWORD error, const WCHAR *path);

#endif
