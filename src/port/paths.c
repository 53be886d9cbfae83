/* SPDX-License-Identifier: MIT */
#include "paths.h"

#include <string.h>

#include "memory.h"
#include "path_form.h"

/* `path` is a root and a '/', `parts` what follows it; both may be of one string. */
static void append_parts(char *path, const char *parts)
{
    char *top = path + strlen(path), *end = top;

    while (*parts) {
        size_t length;

        parts += strspn(parts, "/");
        length = strcspn(parts, "/");
        if (length == 2 && parts[0] == '.' && parts[1] == '.') {
            if (end > top)
                end--;
            while (end > top && end[-1] != '/')
                end--;
        } else if (length && !(length == 1 && parts[0] == '.')) {
            memcpy(end, parts, length);
            end += length;
            *end++ = '/';
        }
        parts += length;
    }
    if (end > top)
        end--;
    *end = 0;
}

enum port_status path_from_native(const char *text, char **ret)
{
    char *slashed = path_form_slashes(text);
    size_t root;
    char *path;

    *ret = NULL;
    if (!slashed)
        return PORT_NO_MEMORY;
    root = path_form_root(slashed);
    if (!root) {
        memory_free(slashed);
        return PORT_INVALID;
    }
    /* A '/' more behind the root, and one behind the last part while it is put together. */
    path = memory_alloc(strlen(slashed) + 3);
    if (path) {
        memcpy(path, slashed, root);
        if (path[root - 1] != '/')
            path[root++] = '/';
        path[root] = 0;
        append_parts(path, slashed + path_form_root(slashed));
    }
    memory_free(slashed);
    *ret = path;
    return path ? PORT_OK : PORT_NO_MEMORY;
}

size_t path_root_length(const char *path)
{
    return path_form_root(path);
}
