/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "src/port/system.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "src/port/memory.h"
#include "status.h"

const char *system_environment(const char *name)
{
    const char *value = secure_getenv(name);

    return value && value[0] ? value : NULL;
}

uint64_t system_environment_number(const char *name, uint64_t least, uint64_t most,
                                   uint64_t otherwise)
{
    const char *text = system_environment(name);
    unsigned long long number;
    char *end;

    if (!text || text[0] < '0' || text[0] > '9')
        return otherwise;
    errno = 0;
    number = strtoull(text, &end, 10);
    if (errno || *end || number < least || number > most)
        return otherwise;
    return number;
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

enum port_status system_home(char **ret)
{
    const char *home = system_environment("HOME");
    struct passwd entry, *found = NULL;
    char *buffer = NULL;
    size_t size = 1024;
    int error;

    *ret = NULL;
    if (home && home[0] == '/') {
        *ret = memory_strdup(home);
        return *ret ? PORT_OK : PORT_NO_MEMORY;
    }
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
