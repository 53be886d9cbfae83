/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>

#include "memory.h"
#include "system.h"

static uint64_t parse(const char *text, uint64_t least, uint64_t most, uint64_t otherwise)
{
    unsigned long long number;
    char *end;

    if (text[0] < '0' || text[0] > '9')
        return otherwise;
    errno = 0;
    number = strtoull(text, &end, 10);
    if (errno || *end || number < least || number > most)
        return otherwise;
    return number;
}

enum port_status system_environment_number(const char *name, uint64_t least, uint64_t most,
                                           uint64_t otherwise, uint64_t *ret)
{
    enum port_status status;
    char *text;

    *ret = otherwise;
    status = system_environment(name, &text);
    if (text)
        *ret = parse(text, least, most, otherwise);
    memory_free(text);
    return status;
}
