/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_WIN32_KNOWN_FOLDER_H
#define WINRT_PORT_WIN32_KNOWN_FOLDER_H

#include <windows.h>

#include "src/port/status.h"

/* Where the user's folder of this name is, whether it exists or not, in a new string. */
enum port_status known_folder_get(const GUID *id, char **ret);

#endif
