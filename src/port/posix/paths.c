/* SPDX-License-Identifier: MIT */
#include "src/port/paths.h"

#include <string.h>

#include "src/port/memory.h"
#include "src/port/path_form.h"

char *path_form_slashes(const char *text)
{
    return memory_strdup(text);
}

size_t path_form_root(const char *path)
{
    return path[0] == '/';
}

char *path_to_native(const char *path)
{
    return memory_strdup(path);
}

bool path_is_same(const char *one, const char *other)
{
    return !strcmp(one, other);
}

bool path_name_is_allowed(const char *name)
{
    return name[0] && strcmp(name, ".") && strcmp(name, "..") && !strpbrk(name, "/\\");
}

const char *path_platform(void)
{
    return "posix";
}
