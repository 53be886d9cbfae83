/* SPDX-License-Identifier: MIT */
/*
 * The syncs that a download of ours has (docs/store.md), for the minimal loop: so that what is
 * compared is as durable. A thread that begins at once, and takes as its next batch what has come
 * meanwhile: the files (from 24 on by one syncfs, and each is asked how it went), their folder, a
 * record in a log, the log. The loop waits for none of them, nor does the program's end; ours
 * neither.
 */
#ifndef MINIMAL_SYNCS_H
#define MINIMAL_SYNCS_H

#include <stdbool.h>

/* Of files in `folder`; the log is made at `log_path`. Ends the program if it cannot. */
void syncs_start(const char *folder, const char *log_path);

/* Syncs the file, and closes it then if it is whole. Waits if 512 are waiting already. */
void syncs_submit(int file, bool whole);

/* Whether all that was submitted has been synced. */
bool syncs_idle(void);

#endif
