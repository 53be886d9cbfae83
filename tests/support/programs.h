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

/*
 * Ends this process as a crash does, from any thread: nothing runs at exit and no thread is asked.
 * It is not _Exit, which under Wine ends the other threads one by one first, and then waits for
 * ever if one of them held a lock of Wine's.
 */
_Noreturn void program_die(int code);

#endif
