/* SPDX-License-Identifier: MIT */
/* Renaming by NameCollisionOption (Windows.Storage), which Move and Copy end with. */
#include "item_disk.h"

#include <string.h>

#include "item_error.h"
#include "item_paths.h"

#include "src/port/memory.h"
#include "winrt-shim/base/error.h"

static enum port_status rename_to_free(void *context, const char *path)
{
    return file_rename(context, path, false);
}

enum port_status item_replace(const char *from, const char *folder, const char *path)
{
    enum port_status status = file_rename(from, path, true);
    char *aside;

    if (status != PORT_BUSY)
        return status;
    aside = item_hidden_path(folder);
    if (!aside)
        return PORT_NO_MEMORY;
    status = file_rename(path, aside, false);
    if (!status) {
        status = file_rename(from, path, false);
        if (status)
            file_rename(aside, path, false);
        else
            file_remove(aside);
    }
    memory_free(aside);
    return status;
}

/* Over a file or an empty folder in one step. A folder with content steps aside first. */
static enum port_status rename_over(const char *from, enum file_kind kind, const char *folder,
                                    const char *path, char **aside)
{
    enum port_status status = item_replace(from, folder, path);

    if (status != PORT_NOT_EMPTY && (status != PORT_EXISTS || kind != FILE_KIND_FOLDER))
        return status;
    *aside = item_hidden_path(folder);
    if (!*aside)
        return PORT_NO_MEMORY;
    status = file_rename(path, *aside, false);
    if (!status) {
        status = file_rename(from, path, false);
        if (!status)
            return PORT_OK;
        file_rename(*aside, path, false);
    }
    memory_free(*aside);
    *aside = NULL;
    return status;
}

HRESULT item_rename(const char *from, enum file_kind kind, const char *folder, const char *name,
                    NameCollisionOption option, const char *action, enum port_status *ret_status,
                    char **ret)
{
    char *path = NULL, *aside = NULL;
    enum port_status status;
    HRESULT hr = S_OK;

    *ret = NULL;
    path = item_path_join(folder, name);
    if (!path) {
        status = PORT_NO_MEMORY;
    } else if (!strcmp(from, path)) {
        struct file_info info;

        status = file_path_info(path, &info);
    } else if (option == NameCollisionOption_GenerateUniqueName) {
        memory_free(path);
        status = item_try_unique(folder, name, kind == FILE_KIND_FOLDER, rename_to_free,
                                 (void *)from, &path);
    } else if (option == NameCollisionOption_ReplaceExisting) {
        status = rename_over(from, kind, folder, path, &aside);
    } else {
        status = file_rename(from, path, false);
    }

    *ret_status = status;
    if (!status) {
        *ret = path;
        path = NULL;
        if (aside)
            hr = item_delete(NULL, aside);
    } else if (status == PORT_EXISTS ||
               status == (kind == FILE_KIND_FILE ? PORT_IS_A_FOLDER : PORT_NOT_A_FOLDER)) {
        /* The name is taken by something that cannot be replaced by this. */
        item_error(PORT_EXISTS, action, path ? path : name);
        hr = ERROR_HRESULT_ALREADY_EXISTS;
    } else if (status == PORT_INVALID && kind == FILE_KIND_FILE) {
        hr = error_originate(ERROR_HRESULT_INVALID_NAME,
                             "Cannot %s \"%s\": the file system does not accept the name", action,
                             name);
    } else {
        hr = item_error(status, action, from);
    }
    memory_free(aside);
    memory_free(path);
    return hr;
}
