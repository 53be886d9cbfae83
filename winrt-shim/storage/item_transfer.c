/* SPDX-License-Identifier: MIT */
/* Copying files, and moving them across volumes. */
#include "item_disk.h"

#include "file_names.h"
#include "item_error.h"
#include "item_paths.h"

#include "src/port/memory.h"
#include "winrt-shim/base/async.h"

#define COPY_BLOCK (256 * 1024)

/* Copies what is readable at `from` into the open, empty file. */
static HRESULT copy_content(struct async *async, const char *from, file_handle source,
                            const char *to, file_handle target)
{
    enum port_status status = PORT_OK;
    const char *culprit = from;
    uint64_t offset = 0;
    size_t count;
    void *block;

    block = memory_alloc(COPY_BLOCK);
    if (!block)
        return E_OUTOFMEMORY;
    do {
        if (async && async_is_cancelled(async)) {
            memory_free(block);
            return ERROR_HRESULT_CANCELLED;
        }
        culprit = from;
        status = file_read_at(source, offset, block, COPY_BLOCK, &count);
        if (!status && count) {
            culprit = to;
            status = file_write_at(target, offset, block, count);
            offset += count;
        }
    } while (!status && count);
    memory_free(block);
    return item_error(status, culprit == from ? "read" : "write", culprit);
}

/* A new file at `to`, which nothing may have; it is gone again on failure. */
static HRESULT copy_to_new(struct async *async, const char *from, const char *to)
{
    file_handle source = FILE_HANDLE_NONE, target = FILE_HANDLE_NONE;
    struct file_info info;
    HRESULT hr;

    hr = item_error(file_open(from, FILE_OPEN_READ, &source), "open", from);
    if (FAILED(hr))
        return hr;
    hr = item_error(file_get_info(source, &info), "open", from);
    if (SUCCEEDED(hr) && info.kind != FILE_KIND_FILE)
        hr = item_error(PORT_IS_A_FOLDER, "copy", from);
    if (FAILED(hr))
        goto done;
    /* Nobody else can read it before the original's permissions are known to be on it. */
    hr = item_error(file_open(to,
                              FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_EXCLUSIVE |
                                  FILE_OPEN_PRIVATE,
                              &target),
                    "create", to);
    if (FAILED(hr))
        goto done;
    hr = copy_content(async, from, source, to, target);
    if (SUCCEEDED(hr))
        hr = item_error(file_copy_access(source, target), "copy", from);
    if (FAILED(hr))
        file_remove(to);

done:
    file_close(target);
    file_close(source);
    return hr;
}

HRESULT item_copy_file(struct async *async, const char *from, const char *folder, const char *name,
                       NameCollisionOption option, char **path)
{
    char *wanted = NULL, *hidden = NULL;
    enum port_status status;
    struct file_info info;
    HRESULT hr = E_OUTOFMEMORY;

    *path = NULL;
    wanted = item_path_join(folder, name);
    hidden = item_hidden_path(folder);
    if (!wanted || !hidden)
        goto done;
    /* Known before the work is done; item_rename finds out for certain. */
    if (option == NameCollisionOption_FailIfExists && !file_path_info(wanted, &info)) {
        item_error(PORT_EXISTS, "copy", wanted);
        hr = ERROR_HRESULT_ALREADY_EXISTS;
        goto done;
    }
    hr = copy_to_new(async, from, hidden);
    if (FAILED(hr))
        goto done;
    hr = item_rename(hidden, FILE_KIND_FILE, folder, name, option, "copy", &status, path);
    if (FAILED(hr))
        file_remove(hidden);

done:
    memory_free(hidden);
    memory_free(wanted);
    return hr;
}

HRESULT item_move_file(struct async *async, const char *from, const char *folder, const char *name,
                       NameCollisionOption option, char **path)
{
    enum port_status status;
    HRESULT hr;

    hr = item_rename(from, FILE_KIND_FILE, folder, name, option, "move", &status, path);
    if (status != PORT_OTHER_VOLUME)
        return hr;
    hr = item_copy_file(async, from, folder, name, option, path);
    if (FAILED(hr))
        return hr;
    hr = item_error(file_remove(from), "delete", from);
    if (FAILED(hr)) {
        /* It stays where it was, and only there. */
        file_remove(*path);
        memory_free(*path);
        *path = NULL;
    }
    return hr;
}
