/* SPDX-License-Identifier: MIT */
/* Programs of the build's that run beside the test. For one whose end is all that matters,
 * programs.h will do. */
#ifndef WINRT_TEST_RUNNING_H
#define WINRT_TEST_RUNNING_H

#include <stdbool.h>

struct running;

/* Arguments as for run_program. A failure ends the test. */
struct running *running_start(const char *const *arguments);

/* Ends it at once, wherever it is: SIGKILL, TerminateProcess. */
void running_kill(struct running *running);

/* Waits for its end and frees the object: the exit code, PROGRAM_CRASHED (also if it was killed),
 * PROGRAM_HUNG. */
int running_join(struct running *running, unsigned seconds);

/* Files as signals between programs, which may be of two systems. The wait is at most TEST_WAIT_MS;
 * false when that is over. */
void signal_make(const char *path);
bool signal_wait(const char *path);

#endif
