/* SPDX-License-Identifier: MIT */
#include "../program.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "src/port/memory.h"
#include "src/port/paths.h"

bool program_write(bool error, const char *bytes, size_t size)
{
    while (size) {
        ssize_t count = write(error ? STDERR_FILENO : STDOUT_FILENO, bytes, size);

        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes += count;
        size -= (size_t)count;
    }
    return true;
}

enum port_status program_path(const char *text, char **ret)
{
    enum port_status status;
    char folder[PATH_MAX], *path;

    if (text[0] == '/')
        return path_from_native(text, ret);
    *ret = NULL;
    if (!text[0])
        return PORT_INVALID;
    if (!getcwd(folder, sizeof(folder)))
        return PORT_NOT_FOUND;
    path = memory_format("%s/%s", folder, text);
    status = path ? path_from_native(path, ret) : PORT_NO_MEMORY;
    memory_free(path);
    return status;
}

int main(int argc, char **argv)
{
    return argc ? program_run(argc - 1, argv + 1) : 2;
}
