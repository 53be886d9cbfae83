/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_POSIX_STATUS_H
#define WINRT_PORT_POSIX_STATUS_H

#include "src/port/status.h"

/* errno as a status; PORT_IO for what the table does not know, PORT_OK for 0. */
enum port_status status_from_errno(int error);

#endif
