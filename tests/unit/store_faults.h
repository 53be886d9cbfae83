/* SPDX-License-Identifier: MIT */
/* A files seam whose calls fail while they are told to, and that counts; the syncer calls it, too.
 */
#ifndef WINRT_TEST_STORE_FAULTS_H
#define WINRT_TEST_STORE_FAULTS_H

#include <stdatomic.h>
#include <stdbool.h>

#include "src/port/files.h"

struct store_faults {
    /* What the calls answer, if not PORT_OK. */
    _Atomic enum port_status write, sync, sync_volume, sync_folder, remove;
    atomic_int writes_before; /* so many writes succeed first */
    atomic_llong unwritten;   /* the file of which file_check_synced says that it failed; 0: none */
    atomic_uint writes, syncs, volume_syncs, checks, folder_syncs;
    atomic_bool quick; /* a sync is counted, and no more */
};

extern struct store_faults faults;

/* From now on; file_set_ops(NULL) ends it. */
void set_faults(void);

#endif
