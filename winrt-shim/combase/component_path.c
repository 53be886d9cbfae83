/* SPDX-License-Identifier: MIT */
#include "winrt-shim/combase/component_path.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/system.h"

#define SUFFIX       ".so"
#define OWN_FOLDER   "winrt"
#define MAX_NAME     (NAME_MAX - (sizeof(SUFFIX) - 1))
#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789_."

/* Names come from programs and end up in a path: nothing may lead out of the folder. */
static bool is_valid(const char *name)
{
    size_t length = strlen(name);

    return length && length <= MAX_NAME && strspn(name, NAME_LETTERS) == length && name[0] != '.' &&
           name[length - 1] != '.' && !strstr(name, "..");
}

/* PORT_NOT_FOUND unless the file is there; PORT_IO if nobody can say. */
static enum port_status look_in(const char *folder, size_t folder_length, const char *name,
                                char **ret)
{
    enum port_status status;
    struct file_info info;
    char *path;

    if (!(path = memory_format("%.*s/%s" SUFFIX, (int)folder_length, folder, name)))
        return PORT_NO_MEMORY;
    status = file_path_info(path, &info);
    if (!status && info.kind == FILE_KIND_FILE) {
        *ret = path;
        return PORT_OK;
    }
    memory_free(path);
    return status == PORT_IO ? PORT_IO : PORT_NOT_FOUND;
}

static enum port_status look_in_environment(const char *name, char **ret)
{
    enum port_status status;
    const char *folder;
    char *folders;

    status = system_environment("WINRT_COMPONENT_PATH", &folders);
    if (status)
        return status;
    status = PORT_NOT_FOUND;
    folder = folders;
    while (folder && status == PORT_NOT_FOUND) {
        size_t length = strcspn(folder, ":");

        if (folder[0] == '/' && length < PATH_MAX)
            status = look_in(folder, length, name, ret);
        folder = folder[length] ? folder + length + 1 : NULL;
    }
    memory_free(folders);
    return status;
}

static enum port_status look_beside_shim(const char *name, char **ret)
{
    enum port_status status = PORT_NO_MEMORY;
    char path[PATH_MAX], *end, *folder;
    Dl_info info;

    if (!dladdr(&look_beside_shim, &info) || !info.dli_fname || !realpath(info.dli_fname, path) ||
        !(end = strrchr(path, '/')))
        return PORT_NOT_FOUND;
    *end = 0;
    if ((folder = memory_format("%s/" OWN_FOLDER, path)))
        status = look_in(folder, strlen(folder), name, ret);
    memory_free(folder);
    return status;
}

enum port_status component_path(const char *name, char **ret)
{
    enum port_status status;

    *ret = NULL;
    if (!is_valid(name))
        return PORT_NOT_FOUND;
    if ((status = look_in_environment(name, ret)) != PORT_NOT_FOUND)
        return status;
    return look_beside_shim(name, ret);
}
