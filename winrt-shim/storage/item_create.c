/* SPDX-License-Identifier: MIT */
/* CreateFileAsync and CreateFolderAsync. Source: CreationCollisionOption (Windows.Storage). */
#include "item_disk.h"

#include "file_names.h"
#include "item_error.h"
#include "item_paths.h"

#include "src/port/memory.h"
#include "winrt-shim/base/error.h"

/* Others may create and delete the same name meanwhile. */
#define MAX_RACES 16

static enum port_status make_file(void *context, const char *path)
{
    enum port_status status;
    file_handle file;

    (void)context;
    status = file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_EXCLUSIVE, &file);
    if (!status)
        file_close(file);
    return status;
}

static enum port_status make_folder(void *context, const char *path)
{
    (void)context;
    return file_make_folder(path, false);
}

/* The permissions of the file at `from`, unless that is a link or may not be read. */
static enum port_status copy_access(const char *from, file_handle to)
{
    enum port_status status;
    file_handle source;

    if (file_open(from, FILE_OPEN_READ | FILE_OPEN_NO_FOLLOW, &source))
        return PORT_OK;
    status = file_copy_access(source, to);
    file_close(source);
    return status;
}

/* A new file takes the name, in one step: a link is replaced and not written through, and who reads
   the old file keeps it. `is_file`: what has the name is no device that opening could wake. */
static enum port_status replace_file(const char *folder, const char *path, bool is_file)
{
    char *hidden = item_hidden_path(folder);
    enum port_status status;
    file_handle file;

    if (!hidden)
        return PORT_NO_MEMORY;
    status = file_open(hidden, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_EXCLUSIVE, &file);
    if (status)
        goto done;
    if (is_file)
        status = copy_access(path, file);
    file_close(file);
    if (!status)
        status = item_replace(hidden, folder, path);
    if (status)
        file_remove(hidden);

done:
    memory_free(hidden);
    return status;
}

/* The old folder steps aside first, and comes back if its place cannot be taken. */
static HRESULT replace_folder(const char *folder, const char *path)
{
    char *hidden = item_hidden_path(folder);
    enum port_status status = PORT_NO_MEMORY;
    HRESULT hr;

    if (!hidden)
        goto done;
    status = file_rename(path, hidden, false);
    if (status)
        goto done;
    status = file_make_folder(path, false);
    if (status)
        file_rename(hidden, path, false);

done:
    hr = item_error(status, "replace", path);
    if (!status)
        hr = item_delete(NULL, hidden);
    memory_free(hidden);
    return hr;
}

static HRESULT already_exists(const char *path)
{
    item_error(PORT_EXISTS, "create", path);
    return ERROR_HRESULT_ALREADY_EXISTS;
}

static HRESULT create_error(enum port_status status, const char *path)
{
    HRESULT hr = item_error(status, "create", path);

    /* What the file system does not accept can only be the name. */
    return status == PORT_INVALID ? error_originate(ERROR_HRESULT_INVALID_NAME,
                                                    "Cannot create \"%s\": the file system does "
                                                    "not accept the name",
                                                    path)
                                  : hr;
}

static HRESULT create_unique(const char *folder, const char *name, enum file_kind kind, char **path)
{
    bool is_folder = kind == FILE_KIND_FOLDER;
    enum port_status status;
    HRESULT hr;

    status =
        item_try_unique(folder, name, is_folder, is_folder ? make_folder : make_file, NULL, path);
    hr = create_error(status, *path ? *path : name);
    if (FAILED(hr)) {
        memory_free(*path);
        *path = NULL;
    }
    return hr;
}

/* `path` is there: what the option says about that. S_FALSE if it went away meanwhile. */
static HRESULT meet_existing(const char *folder, const char *path, enum file_kind kind,
                             CreationCollisionOption option)
{
    struct file_info info = { .kind = FILE_KIND_OTHER };
    enum port_status status = file_path_info(path, &info);

    /* A link that leads nowhere is there, and has no kind. */
    if (status && status != PORT_NOT_FOUND)
        return create_error(status, path);
    if (option == CreationCollisionOption_ReplaceExisting && kind == FILE_KIND_FILE) {
        if (!status && info.kind == FILE_KIND_FOLDER)
            return already_exists(path);
        status = replace_file(folder, path, info.kind == FILE_KIND_FILE);
        return status == PORT_IS_A_FOLDER ? already_exists(path) : create_error(status, path);
    }
    if (status)
        return S_FALSE;
    if (info.kind != kind)
        return already_exists(path);
    if (option == CreationCollisionOption_OpenIfExists)
        return S_OK;
    return replace_folder(folder, path);
}

static HRESULT create(const char *folder, const char *name, enum file_kind kind,
                      CreationCollisionOption option, char **ret)
{
    unsigned races;
    char *path;
    HRESULT hr;

    *ret = NULL;
    if (option == CreationCollisionOption_GenerateUniqueName)
        return create_unique(folder, name, kind, ret);

    path = item_path_join(folder, name);
    if (!path)
        return E_OUTOFMEMORY;
    for (races = 0; races < MAX_RACES; races++) {
        enum port_status status;

        status = kind == FILE_KIND_FOLDER ? make_folder(NULL, path) : make_file(NULL, path);
        hr = create_error(status, path);
        if (status != PORT_EXISTS)
            break;
        hr = ERROR_HRESULT_ALREADY_EXISTS;
        if (option == CreationCollisionOption_FailIfExists)
            break;
        hr = meet_existing(folder, path, kind, option);
        if (hr != S_FALSE)
            break;
        hr = already_exists(path);
    }
    if (SUCCEEDED(hr))
        *ret = path;
    else
        memory_free(path);
    return hr;
}

HRESULT item_create_file(const char *folder, const char *name, CreationCollisionOption option,
                         char **path)
{
    return create(folder, name, FILE_KIND_FILE, option, path);
}

HRESULT item_create_folder(const char *folder, const char *name, CreationCollisionOption option,
                           char **path)
{
    return create(folder, name, FILE_KIND_FOLDER, option, path);
}
