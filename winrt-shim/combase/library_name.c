/* SPDX-License-Identifier: MIT */
#include "winrt-shim/combase/library_name.h"

#include <string.h>

#include "src/port/files.h"
#include "src/port/memory.h"
#include "winrt-shim/combase/component_path.h"

/* Where programs look for the functions that the shim has. */
static const char *const own_names[] = {
    "combase", "kernel32", "kernelbase", "ole32", "oleaut32", "runtimeobject", "shell32",
};
static const char api_set_prefix[] = "api-ms-win-";

static const char *const suffixes[] = { ".dll", ".so" };

static bool is_own(const char *name)
{
    size_t i;

    if (!strncmp(name, api_set_prefix, sizeof(api_set_prefix) - 1))
        return true;
    for (i = 0; i < sizeof(own_names) / sizeof(own_names[0]); i++)
        if (!strcmp(name, own_names[i]))
            return true;
    return false;
}

/* Lower case, without the suffix. */
static void normalize(char *name)
{
    size_t length, suffix_length, i;
    char *c;

    for (c = name; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c += 'a' - 'A';
    length = strlen(name);
    for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        suffix_length = strlen(suffixes[i]);
        if (length > suffix_length && !strcmp(name + length - suffix_length, suffixes[i])) {
            name[length - suffix_length] = 0;
            return;
        }
    }
}

static enum port_status resolve_path(const char *path, char **ret)
{
    struct file_info info;

    if (file_path_info(path, &info) || info.kind != FILE_KIND_FILE)
        return PORT_NOT_FOUND;
    return (*ret = memory_strdup(path)) ? PORT_OK : PORT_NO_MEMORY;
}

enum port_status library_name_resolve(const char *name, struct library_name *ret)
{
    enum port_status status = PORT_OK;
    char *plain;

    ret->own = false;
    ret->path = NULL;
    if (name[0] == '/')
        return resolve_path(name, &ret->path);
    if (!(plain = memory_strdup(name)))
        return PORT_NO_MEMORY;
    normalize(plain);
    ret->own = is_own(plain);
    if (!ret->own)
        status = component_path(plain, &ret->path);
    memory_free(plain);
    return status;
}
