/* SPDX-License-Identifier: MIT */
#ifndef WINRT_COMBASE_COMPONENT_PATH_H
#define WINRT_COMBASE_COMPONENT_PATH_H

#include "src/port/status.h"

/*
 * The file of the component `name` ("windows.networking.backgroundtransfer"), in a new string that
 * the caller frees: <name>.so in the folders of WINRT_COMPONENT_PATH (separated by colons; relative
 * ones do not count), then in winrt/ beside the shim library. PORT_NOT_FOUND, also for a name that
 * has anything but a-z, 0-9, '_' and single dots inside; PORT_NO_MEMORY.
 */
enum port_status component_path(const char *name, char **ret);

#endif
