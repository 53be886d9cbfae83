/* SPDX-License-Identifier: MIT */
#include "../memory_use.h"

#include <windows.h>
#define PSAPI_VERSION 2 /* in kernel32 */
#include <psapi.h>

uint64_t peak_memory(void)
{
    PROCESS_MEMORY_COUNTERS counters = { .cb = sizeof(counters) };

    if (!GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters)))
        return 0;
    return counters.PeakWorkingSetSize;
}
