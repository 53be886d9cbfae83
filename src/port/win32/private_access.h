/* SPDX-License-Identifier: MIT */
/* Who may do what with a private file or folder: the user, everything; nobody else, anything. */
#ifndef WINRT_PORT_WIN32_PRIVATE_ACCESS_H
#define WINRT_PORT_WIN32_PRIVATE_ACCESS_H

#include <stdbool.h>

#include <windows.h>

#include "src/port/status.h"

struct private_access {
    SECURITY_ATTRIBUTES attributes; /* for CreateFileW and CreateDirectoryW */
    SECURITY_DESCRIPTOR descriptor;
    union {
        ACL list;
        char room[sizeof(ACL) + sizeof(ACCESS_ALLOWED_ACE) + SECURITY_MAX_SID_SIZE];
    };
};

/* Not to be moved afterwards. Nothing to free. `folder`: what is made in it gets the same. */
enum port_status private_access_init(struct private_access *access, bool folder);

#endif
