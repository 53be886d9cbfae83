/* SPDX-License-Identifier: MIT */
#include "../programs.h"

#include <windows.h>

void program_die(int code)
{
    TerminateProcess(GetCurrentProcess(), (UINT)code);
    __builtin_unreachable();
}
