/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE

#include "../identifiers.h"

#include <unistd.h>

unsigned process_identifier(void)
{
    return (unsigned)getpid();
}

unsigned thread_identifier(void)
{
    return (unsigned)gettid();
}
