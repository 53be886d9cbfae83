/* SPDX-License-Identifier: MIT */
#include "item_find.h"

#include <string.h>

#include "item_error.h"
#include "item_paths.h"

#include "src/port/memory.h"
#include "winrt-shim/base/error.h"

static HRESULT check_kind(const char *path, enum item_wanted wanted, enum file_kind kind)
{
    static const char *const texts[] = {
        [FILE_KIND_FILE] = "\"%s\" is a file and not a folder",
        [FILE_KIND_FOLDER] = "\"%s\" is a folder and not a file",
        [FILE_KIND_OTHER] = "\"%s\" is neither a file nor a folder",
    };

    if (kind != FILE_KIND_OTHER &&
        (wanted == ITEM_WANTED_ANY || (wanted == ITEM_WANTED_FOLDER) == (kind == FILE_KIND_FOLDER)))
        return S_OK;
    return error_originate(E_INVALIDARG, texts[kind], path);
}

HRESULT item_find(const char *path, enum item_wanted wanted, enum file_kind *kind)
{
    struct file_info info;
    HRESULT hr;

    hr = item_error(file_path_info(path, &info), "find", path);
    if (FAILED(hr))
        return hr;
    *kind = info.kind;
    return check_kind(path, wanted, info.kind);
}

static void slashes_of_backslashes(char *text)
{
    for (; *text; text++) {
        if (*text == '\\')
            *text = '/';
    }
}

/* Or something keeps it from being looked at. On Windows no item has a backslash in its name. */
static bool is_there(const char *path)
{
    struct file_info info;
    enum port_status status = file_path_info(path, &info);

    return status != PORT_NOT_FOUND && status != PORT_INVALID;
}

HRESULT item_find_in(const char *folder, const char *name, enum item_wanted wanted, char **path,
                     enum file_kind *kind)
{
    char *other = NULL;
    HRESULT hr;

    *path = item_path_join(folder, name);
    if (!*path)
        return E_OUTOFMEMORY;
    if (strchr(name, '\\') && !is_there(*path)) {
        other = memory_strdup(name);
        if (!other) {
            hr = E_OUTOFMEMORY;
            goto done;
        }
        slashes_of_backslashes(other);
        if (!item_path_is_relative(other)) {
            hr = error_originate(E_INVALIDARG, "\"%s\" is not a relative path", name);
            goto done;
        }
        memory_free(*path);
        *path = item_path_join(folder, other);
        if (!*path) {
            hr = E_OUTOFMEMORY;
            goto done;
        }
    }
    hr = item_find(*path, wanted, kind);

done:
    memory_free(other);
    if (FAILED(hr)) {
        memory_free(*path);
        *path = NULL;
    }
    return hr;
}
