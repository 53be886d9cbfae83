/* SPDX-License-Identifier: MIT */
#include "../memory_use.h"

#include <sys/resource.h>

uint64_t peak_memory(void)
{
    struct rusage usage;

    if (getrusage(RUSAGE_SELF, &usage))
        return 0;
    return (uint64_t)usage.ru_maxrss * 1024; /* kilobytes on Linux */
}
