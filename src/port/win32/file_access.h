/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_WIN32_FILE_ACCESS_H
#define WINRT_PORT_WIN32_FILE_ACCESS_H

#include "src/port/files.h"

/* As `copy_access` of struct file_ops: the access control list and the attributes. */
enum port_status win32_copy_access(file_handle from, file_handle to);

#endif
