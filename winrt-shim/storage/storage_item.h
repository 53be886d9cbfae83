/* SPDX-License-Identifier: MIT */
/*
 * What StorageFile and StorageFolder have in common: where they are, and IStorageItem,
 * IStorageItem2 and IStorageItemProperties (Windows.Storage), which are written once, here.
 *
 * An item is a path and a kind; what is asked about it is read from the disk when it is asked. Only
 * RenameAsync and the Move methods of the same object change the path.
 */
#ifndef WINRT_STORAGE_STORAGE_ITEM_H
#define WINRT_STORAGE_STORAGE_ITEM_H

#include <windows.h>
#include <windows.storage.h>

#include "src/port/files.h"
#include "src/port/threads.h"
#include "winrt-shim/base/object.h"

/*
 * In a class of items these members stand in a union with a struct storage_item, so that the class
 * has them by name, as the macros of object.h want, and the code here sees them as one struct.
 */
#define STORAGE_ITEM_MEMBERS                                                                    \
    IStorageItem IStorageItem_iface;                                                            \
    IStorageItem2 IStorageItem2_iface;                                                          \
    IStorageItemProperties IStorageItemProperties_iface;                                        \
    struct object object;                                                                       \
    enum file_kind kind;    /* FILE_KIND_FILE or FILE_KIND_FOLDER */                            \
    struct mutex operation; /* held while the item is renamed, moved or deleted; taken first */ \
    struct mutex mutex;     /* over the path */                                                 \
    char *path;             /* absolute, as item_paths.h makes it */

struct storage_item {
    STORAGE_ITEM_MEMBERS
};

#define STORAGE_ITEM_UNION        \
    union {                       \
        struct storage_item item; \
        struct {                  \
            STORAGE_ITEM_MEMBERS  \
        };                        \
    }

/* For the class's create function, after object_alloc; E_OUTOFMEMORY leaves it fit for Release. */
HRESULT storage_item_init(struct storage_item *item, enum file_kind kind, const char *path);

/* For the class's destroy function. */
void storage_item_destroy(struct storage_item *item);

/* A copy that the caller frees; NULL without memory. Any thread. */
char *storage_item_path(struct storage_item *item);

/* A StorageFile or StorageFolder for a path, by its default interface; nothing is looked up. */
HRESULT storage_item_create(enum file_kind kind, const char *path, IUnknown **out);

/*
 * For jobs: changes where an item is. `change` gets the item's path, and what it returns in *path
 * becomes the item's; one change at a time.
 */
typedef HRESULT (*storage_item_change)(void *context, const char *from, char **path);
HRESULT storage_item_move(struct storage_item *item, storage_item_change change, void *context);

/*
 * The path of any object that has IStorageItem, ours or not, in a new string that the caller frees.
 * E_POINTER for NULL, E_INVALIDARG for an item without a path (a virtual one), E_NOINTERFACE.
 */
HRESULT storage_item_path_of(IUnknown *unknown, char **path);

#endif
