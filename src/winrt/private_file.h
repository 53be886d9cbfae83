/* SPDX-License-Identifier: MIT */
/* Files that the user did not ask for: in the app's state folder, readable by the user alone. */
#ifndef WINRT_PRIVATE_FILE_H
#define WINRT_PRIVATE_FILE_H

#include "src/port/files.h"

/* A new, empty file, open for writing, and its path, which the caller frees and removes. */
enum port_status private_file_create(char **ret_path, file_handle *ret_file);

#endif
