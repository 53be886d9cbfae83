/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_PROGRAMS_H
#define WINRT_TEST_PROGRAMS_H

/* What run_program returns when there is no exit code. */
#define PROGRAM_CRASHED (-1)
#define PROGRAM_HUNG    (-2) /* it was ended */

/*
 * Runs a program of the build's, with this process's environment, and returns its exit code.
 * `arguments` ends with NULL; the first is the program's path, as the files seam has it; none may
 * have a quotation mark. One at a time. A failure to start it ends the test.
 */
int run_program(const char *const *arguments, unsigned seconds);

#endif
