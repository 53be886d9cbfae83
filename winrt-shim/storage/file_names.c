/* SPDX-License-Identifier: MIT */
#include "file_names.h"

#include <string.h>

#include "src/port/memory.h"
#include "src/port/paths.h"

#define MAX_DIGITS 7 /* so that the next number does not overflow */

bool file_name_is_valid(const char *name)
{
    return path_name_is_allowed(name);
}

const char *file_name_extension(const char *name)
{
    const char *dot = strrchr(name, '.');

    if (!dot || dot == name || !dot[1] || strchr(dot, ' '))
        return name + strlen(name);
    return dot;
}

static size_t stem_length(const char *name, bool folder)
{
    return folder ? strlen(name) : (size_t)(file_name_extension(name) - name);
}

char *file_name_numbered(const char *name, bool folder, unsigned number)
{
    size_t length = stem_length(name, folder);

    return memory_format("%.*s (%u)%s", (int)length, name, number, name + length);
}

unsigned file_name_number(const char *other, const char *name, bool folder)
{
    size_t length = stem_length(name, folder);
    unsigned number = 0, digits = 0;

    if (strncmp(other, name, length) || strncmp(other + length, " (", 2))
        return 0;
    for (other += length + 2; *other >= '0' && *other <= '9' && digits < MAX_DIGITS; other++) {
        number = number * 10 + (unsigned)(*other - '0');
        digits++;
    }
    return *other == ')' && !strcmp(other + 1, name + length) ? number : 0;
}
