/* SPDX-License-Identifier: MIT */
/*
 * desktop.exe: has a desktop for as long as it runs, says so in a line, and runs until it is ended,
 * a day at most.
 *
 * A program that needs one, as the first single-threaded apartment of a process does, else starts
 * Wine's explorer.exe, which gets the program's standard error and stays for at least a second
 * longer: whoever reads a test's output to its end would wait for that, however long it takes.
 */
#include <stdio.h>
#include <windows.h>

#define DAY_MS (24 * 60 * 60 * 1000)

int main(void)
{
    if (!GetDesktopWindow())
        return 1;
    puts("there is a desktop");
    fflush(stdout);
    fclose(stdout);
    WaitForSingleObject(GetCurrentProcess(), DAY_MS);
    return 0;
}
