/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_POSIX_USER_HOME_H
#define WINRT_PORT_POSIX_USER_HOME_H

#include "src/port/status.h"

/* The user's home folder, in a new string that the caller frees: $HOME, else what the user database
   says. PORT_NOT_FOUND if there is none. */
enum port_status user_home(char **ret);

#endif
