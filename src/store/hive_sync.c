/* SPDX-License-Identifier: MIT */
/* Making the log durable (hive.h). */
#include "hive_internal.h"

#include <string.h>

#include "src/port/memory.h"

file_handle hive_begin_sync(struct hive *hive)
{
    if (log_file_reopen(&hive->log) || log_file_write_later(&hive->log))
        return FILE_HANDLE_NONE;
    hive->syncs++;
    return hive->log.file;
}

/* Whether the handle is that of a log that has been replaced: then it is durable already. */
static bool end_retired(struct hive *hive, file_handle handle)
{
    struct retired_log **link = &hive->retired, *retired;

    while (*link && (*link)->file != handle)
        link = &(*link)->next;
    retired = *link;
    if (!retired)
        return false;
    if (!--retired->syncs) {
        *link = retired->next;
        file_close(retired->file);
        memory_free(retired);
    }
    return true;
}

enum port_status hive_sync_folder(struct hive *hive)
{
    char *folder = memory_strdup(hive->log.path);
    enum port_status status = PORT_NO_MEMORY;
    char *slash;

    if (!folder)
        return status;
    slash = strrchr(folder, '/');
    if (slash) {
        slash[slash == folder] = 0;
        status = file_sync_folder(folder);
    } else {
        status = file_sync_folder(".");
    }
    if (!status)
        hive->folder_unsynced = false;
    memory_free(folder);
    return status;
}

enum port_status hive_end_sync(struct hive *hive, file_handle handle, enum port_status status)
{
    if (handle == FILE_HANDLE_NONE)
        status = status ? status : PORT_IO;
    else if (end_retired(hive, handle))
        status = PORT_OK;
    else
        hive->syncs--;
    if (status)
        hive->sync_failed = true;
    if (hive->sync_failed)
        status = hive_compact(hive);
    if (!status && hive->folder_unsynced)
        status = hive_sync_folder(hive);
    return status;
}

enum port_status hive_sync(struct hive *hive)
{
    file_handle handle = hive_begin_sync(hive);

    return hive_end_sync(hive, handle, handle == FILE_HANDLE_NONE ? PORT_IO : file_sync(handle));
}

void hive_name_is_new(struct hive *hive)
{
    hive->folder_unsynced = true;
}
