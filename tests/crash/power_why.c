/* SPDX-License-Identifier: MIT */
#include "power_why.h"

#include <stdarg.h>
#include <stdio.h>

void power_fail(struct power_why *why, const char *format, ...)
{
    va_list arguments;

    if (why->failed)
        return;
    why->failed = true;
    va_start(arguments, format);
    vsnprintf(why->text, POWER_WHY_SIZE, format, arguments);
    va_end(arguments);
}
