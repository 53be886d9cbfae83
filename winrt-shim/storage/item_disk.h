/* SPDX-License-Identifier: MIT */
/*
 * What Windows.Storage does to files and folders, in terms of paths. Every function blocks: call it
 * on a worker. Failures are HRESULTs whose text (the thread's error info) names the path. Long ones
 * ask `async` now and then whether they were cancelled and then end with ERROR_CANCELLED; it may be
 * NULL. Paths that come out are new strings that the caller frees. docs/storage-items.md
 *
 * An item appears under its name whole or not at all: what takes time to make, or replaces
 * something, is made under a hidden name beside it and then renamed.
 */
#ifndef WINRT_STORAGE_ITEM_DISK_H
#define WINRT_STORAGE_ITEM_DISK_H

#include <windows.h>
#include <windows.storage.h>

#include "src/port/files.h"

struct async;

#define ERROR_HRESULT_CANCELLED      HRESULT_FROM_WIN32(ERROR_CANCELLED)
#define ERROR_HRESULT_INVALID_NAME   HRESULT_FROM_WIN32(ERROR_INVALID_NAME)
#define ERROR_HRESULT_ALREADY_EXISTS HRESULT_FROM_WIN32(ERROR_ALREADY_EXISTS)

/*
 * Tries names in `folder`: `name`, then its numbered ones, until `attempt` answers anything but
 * PORT_EXISTS. *path is the one that did it, or the last one.
 */
typedef enum port_status (*unique_attempt)(void *context, const char *path);
enum port_status item_try_unique(const char *folder, const char *name, bool is_folder,
                                 unique_attempt attempt, void *context, char **path);

/* A name in `folder` that nothing has, begins with a dot, and is no user's. NULL without memory. */
char *item_hidden_path(const char *folder);

/* CreateFileAsync and CreateFolderAsync (StorageFolder, Windows.Storage): item_create.c. What
   already exists and is of the other kind is never replaced or opened. */
HRESULT item_create_file(const char *folder, const char *name, CreationCollisionOption option,
                         char **path);
HRESULT item_create_folder(const char *folder, const char *name, CreationCollisionOption option,
                           char **path);

/* Puts the item at `from` into `folder` under `name`: item_rename.c. Both on one volume, else the
   bare status PORT_OTHER_VOLUME in *status and nothing done. `action` is for the error text. */
HRESULT item_rename(const char *from, enum file_kind kind, const char *folder, const char *name,
                    NameCollisionOption option, const char *action, enum port_status *status,
                    char **path);

/* Puts the file `from` in the place of what is at `path`, in `folder`, in one step; where the
   system keeps that from being replaced because it is open, that steps aside first: item_rename.c.
 */
enum port_status item_replace(const char *from, const char *folder, const char *path);

/* Copies a file, or moves it, across volumes too: item_transfer.c. */
HRESULT item_copy_file(struct async *async, const char *from, const char *folder, const char *name,
                       NameCollisionOption option, char **path);
HRESULT item_move_file(struct async *async, const char *from, const char *folder, const char *name,
                       NameCollisionOption option, char **path);

/* Deletes a file, a link, or a folder with all that is in it (links are not followed):
   item_delete.c. With `content_only` an existing folder itself stays. */
HRESULT item_delete(struct async *async, const char *path);
HRESULT item_delete_content(struct async *async, const char *path);

/* The entries of a folder, sorted by their bytes: item_list.c. */
struct item_entry {
    char *name;
    enum file_kind kind;
};
struct item_list {
    struct item_entry *entries;
    size_t count, capacity;
};
HRESULT item_list_load(const char *path, struct item_list *ret);
void item_list_free(struct item_list *list);

#endif
