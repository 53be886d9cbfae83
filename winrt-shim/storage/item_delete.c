/* SPDX-License-Identifier: MIT */
#include "item_disk.h"

#include "item_error.h"
#include "item_paths.h"

#include "src/port/memory.h"
#include "winrt-shim/base/async.h"

/*
 * A folder is told from a link to one by trying to remove it as a file first, which works for the
 * link alone. Each folder is read to its end before it is emptied, so that a deep tree holds one
 * descriptor at a time.
 */
static HRESULT delete_tree(struct async *async, const char *path, bool keep)
{
    struct item_list list = { 0 };
    enum port_status status;
    HRESULT hr;
    size_t i;

    if (async && async_is_cancelled(async))
        return ERROR_HRESULT_CANCELLED;
    if (!keep) {
        status = file_remove(path);
        if (status != PORT_IS_A_FOLDER)
            return item_error(status, "delete", path);
    }
    hr = item_list_load(path, &list);
    for (i = 0; SUCCEEDED(hr) && i < list.count; i++) {
        char *entry = item_path_join(path, list.entries[i].name);

        hr = entry ? delete_tree(async, entry, false) : E_OUTOFMEMORY;
        /* Somebody else was faster. */
        if (hr == HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND))
            hr = S_OK;
        memory_free(entry);
    }
    item_list_free(&list);
    if (FAILED(hr) || keep)
        return hr;
    return item_error(file_remove_folder(path), "delete", path);
}

HRESULT item_delete(struct async *async, const char *path)
{
    if (item_path_is_root(path))
        return item_error(PORT_DENIED, "delete", path);
    return delete_tree(async, path, false);
}

HRESULT item_delete_content(struct async *async, const char *path)
{
    if (item_path_is_root(path))
        return item_error(PORT_DENIED, "delete", path);
    return delete_tree(async, path, true);
}
