/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "src/port/system.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "src/port/memory.h"
#include "src/port/paths.h"
#include "status.h"
#include "user_home.h"

enum port_status system_environment(const char *name, char **ret)
{
    const char *value = secure_getenv(name);

    *ret = NULL;
    if (!value || !value[0])
        return PORT_OK;
    *ret = memory_strdup(value);
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

enum port_status system_random(void *buffer, size_t size)
{
    size_t done = 0;

    while (done < size) {
        ssize_t count = getrandom((char *)buffer + done, size - done, 0);

        if (count < 0 && errno != EINTR)
            return status_from_errno(errno);
        if (count > 0)
            done += (size_t)count;
    }
    return PORT_OK;
}

enum port_status system_state_home(char **ret)
{
    enum port_status status;
    char *home, *chosen;

    *ret = NULL;
    status = system_environment("XDG_STATE_HOME", &chosen);
    if (status)
        return status;
    if (chosen && chosen[0] == '/') {
        status = path_from_native(chosen, ret);
    } else {
        status = user_home(&home);
        if (!status) {
            *ret = memory_format("%s/.local/state", home);
            status = *ret ? PORT_OK : PORT_NO_MEMORY;
            memory_free(home);
        }
    }
    memory_free(chosen);
    return status;
}

enum port_status system_program_path(char **ret)
{
    char *buffer = NULL;
    size_t size = 256;
    ssize_t length;

    *ret = NULL;
    for (;;) {
        char *larger = memory_resize(buffer, size);

        if (!larger) {
            memory_free(buffer);
            return PORT_NO_MEMORY;
        }
        buffer = larger;
        length = readlink("/proc/self/exe", buffer, size);
        if (length < 0) {
            memory_free(buffer);
            return status_from_errno(errno);
        }
        if ((size_t)length < size)
            break;
        size *= 2;
    }
    buffer[length] = 0;
    *ret = buffer;
    return PORT_OK;
}
