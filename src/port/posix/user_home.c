/* SPDX-License-Identifier: MIT */
#include "user_home.h"

#include <errno.h>
#include <pwd.h>
#include <unistd.h>

#include "src/port/memory.h"
#include "src/port/system.h"

enum port_status user_home(char **ret)
{
    struct passwd entry, *found = NULL;
    enum port_status status;
    char *home, *buffer = NULL;
    size_t size = 1024;
    int error;

    *ret = NULL;
    status = system_environment("HOME", &home);
    if (status)
        return status;
    if (home && home[0] == '/') {
        *ret = home;
        return PORT_OK;
    }
    memory_free(home);
    do {
        char *larger = memory_resize(buffer, size);

        if (!larger) {
            memory_free(buffer);
            return PORT_NO_MEMORY;
        }
        buffer = larger;
        error = getpwuid_r(getuid(), &entry, buffer, size, &found);
        size *= 2;
    } while (error == ERANGE && size <= 1 << 20);
    if (found && found->pw_dir && found->pw_dir[0] == '/')
        *ret = memory_strdup(found->pw_dir);
    else
        error = ENOENT;
    memory_free(buffer);
    if (*ret)
        return PORT_OK;
    return error ? PORT_NOT_FOUND : PORT_NO_MEMORY;
}
