/* SPDX-License-Identifier: MIT */
/* Files that the user did not ask for: in the app's state folder, readable by the user alone. */
#ifndef WINRT_PORT_PRIVATE_FILE_H
#define WINRT_PORT_PRIVATE_FILE_H

#include "files.h"

/*
 * A new, empty file, open for reading and writing, and its path, which the caller frees. `kind` is
 * how its name ends, for people who find it. As file_open and app_state_folder; PORT_NO_MEMORY
 */
enum port_status private_file_create(const char *kind, char **ret_path, file_handle *ret_file);

#endif
