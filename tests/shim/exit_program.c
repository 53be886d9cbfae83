/* SPDX-License-Identifier: MIT */
/* Ends by ExitProcess, with the code 23. */
#include <windows.h>

int main(void)
{
    ExitProcess(23);
}
