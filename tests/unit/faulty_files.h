/* SPDX-License-Identifier: MIT */
/* A files seam whose calls fail when they are told to. One thread. */
#ifndef WINRT_TEST_FAULTY_FILES_H
#define WINRT_TEST_FAULTY_FILES_H

#include "src/port/files.h"

enum faulty_call {
    FAULTY_OPEN = 1 << 0,
    FAULTY_READ = 1 << 1,
    FAULTY_WRITE = 1 << 2,
    FAULTY_RESIZE = 1 << 3,
    FAULTY_SYNC = 1 << 4,
    FAULTY_RENAME = 1 << 5,
    FAULTY_REMOVE = 1 << 6,
    FAULTY_SYNC_FOLDER = 1 << 7,
    FAULTY_ANY = (1 << 8) - 1,
};

/*
 * From now on the call `number` (from 0) of these kinds fails with `status`, and with `dead` every
 * later one of any kind too, as for a process that was killed. A write does half of its work first.
 */
void faulty_files_begin(unsigned calls, int number, enum port_status status, bool dead);

/* The real files again; whether a call has failed. */
bool faulty_files_end(void);

#endif
