/* SPDX-License-Identifier: MIT */
/* What hive.c, hive_sync.c and hive_compact.c share. */
#ifndef WINRT_STORE_HIVE_INTERNAL_H
#define WINRT_STORE_HIVE_INTERNAL_H

#include "hive.h"
#include "hive_tree.h"
#include "log_file.h"

/* A log that was replaced while it was synced: open until all those syncs have ended. */
struct retired_log {
    struct retired_log *next;
    file_handle file;
    unsigned syncs;
};

struct hive {
    struct log_file log;
    struct hive_tree tree;
    struct log_damage damage;
    unsigned syncs; /* between hive_begin_sync and hive_end_sync, of the log as it is */
    struct retired_log *retired;
    bool folder_unsynced; /* the log's name may not survive a power cut */
    bool sync_failed;     /* what is in the log may not; only a new one helps */
};

/* Makes the log's name durable. */
enum port_status hive_sync_folder(struct hive *hive);

#endif
