/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_WIN32_STATUS_H
#define WINRT_PORT_WIN32_STATUS_H

#include <windows.h>

#include "src/port/status.h"

/* A GetLastError value as a status; PORT_IO for what the table does not know, PORT_OK for 0. */
enum port_status status_from_error(DWORD error);

#endif
