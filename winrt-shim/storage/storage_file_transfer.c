/* SPDX-License-Identifier: MIT */
/*
 * Copying and moving a StorageFile. Without an option a name in use is an error: so says the page
 * of StorageFile; that of IStorageFile speaks of a unique name.
 */
#include "storage_file.h"

#include "item_async.h"
#include "item_disk.h"
#include "item_paths.h"

#include "src/port/memory.h"

DEFINE_IMPL_FROM(storage_file, IStorageFile)

/* The file, or the folder, that was given as the target; read by its interface if it
 * is not ours. */
static HRESULT take_target(struct item_job *job, void *target)
{
    return storage_item_path_of(target, &job->target);
}

/* Where a job shall put the file: its target is a folder, or a file to be replaced. */
static HRESULT find_place(const struct item_job *job, const char *from, bool replace, char **folder,
                          const char **name)
{
    *name = job->name ? job->name : item_path_name(from);
    *folder = NULL;
    if (replace) {
        if (item_path_is_root(job->target))
            return E_INVALIDARG;
        *name = item_path_name(job->target);
        *folder = item_path_parent(job->target);
    } else {
        *folder = memory_strdup(job->target);
    }
    return *folder ? S_OK : E_OUTOFMEMORY;
}

static HRESULT copy(struct item_job *job, struct async *async, bool replace, char **path)
{
    char *from = storage_item_path(job->item), *folder = NULL;
    const char *name;
    HRESULT hr = E_OUTOFMEMORY;

    if (from)
        hr = find_place(job, from, replace, &folder, &name);
    if (SUCCEEDED(hr))
        hr = item_copy_file(async, from, folder, name, job->option, path);
    memory_free(folder);
    memory_free(from);
    return hr;
}

static HRESULT run_copy(void *context, struct async *async, union value *result)
{
    char *path = NULL;
    HRESULT hr;

    hr = copy(context, async, false, &path);
    if (SUCCEEDED(hr))
        hr = storage_file_create(path, (IStorageFile **)&result->unknown);
    memory_free(path);
    return hr;
}

static HRESULT run_copy_and_replace(void *context, struct async *async, union value *result)
{
    char *path = NULL;
    HRESULT hr;

    (void)result;
    hr = copy(context, async, true, &path);
    memory_free(path);
    return hr;
}

struct move_request {
    const struct item_job *job;
    struct async *async;
    bool replace;
};

static HRESULT move_change(void *context, const char *from, char **path)
{
    const struct move_request *request = context;
    const char *name;
    char *folder;
    HRESULT hr;

    hr = find_place(request->job, from, request->replace, &folder, &name);
    if (SUCCEEDED(hr))
        hr = item_move_file(request->async, from, folder, name, request->job->option, path);
    memory_free(folder);
    return hr;
}

static HRESULT run_move(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    struct move_request request = { job, async, false };

    (void)result;
    return storage_item_move(job->item, move_change, &request);
}

static HRESULT run_move_and_replace(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    struct move_request request = { job, async, true };

    (void)result;
    return storage_item_move(job->item, move_change, &request);
}

static const struct async_job copy_work = { run_copy, item_job_destroy };
static const struct async_job copy_and_replace_work = { run_copy_and_replace, item_job_destroy };
static const struct async_job move_work = { run_move, item_job_destroy };
static const struct async_job move_and_replace_work = { run_move_and_replace, item_job_destroy };

/* For both: `named` tells whether the caller gave a name. */
static HRESULT start(IStorageFile *iface, IStorageFolder *folder, bool named, HSTRING name,
                     NameCollisionOption option, const struct async_type *type,
                     const struct async_job *work, void **operation)
{
    struct item_job job = { .item = &impl_from_IStorageFile(iface)->item, .option = option };
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if ((unsigned)option > NameCollisionOption_FailIfExists)
        return E_INVALIDARG;
    hr = take_target(&job, folder);
    if (SUCCEEDED(hr) && named)
        hr = item_job_take_name(&job, name);
    return item_job_start(hr, type, work, &job, operation);
}

static HRESULT start_replace(IStorageFile *iface, IStorageFile *file, const struct async_job *work,
                             IAsyncAction **operation)
{
    struct item_job job = { .item = &impl_from_IStorageFile(iface)->item,
                            .option = NameCollisionOption_ReplaceExisting };

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return item_job_start(take_target(&job, file), item_async_action, work, &job,
                          (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_file_CopyOverloadDefaultNameAndOptions(
    IStorageFile *iface, IStorageFolder *folder, IAsyncOperation_StorageFile **operation)
{
    return start(iface, folder, false, NULL, NameCollisionOption_FailIfExists, item_async_file,
                 &copy_work, (void **)operation);
}

HRESULT STDMETHODCALLTYPE
storage_file_CopyOverloadDefaultOptions(IStorageFile *iface, IStorageFolder *folder, HSTRING name,
                                        IAsyncOperation_StorageFile **operation)
{
    return start(iface, folder, true, name, NameCollisionOption_FailIfExists, item_async_file,
                 &copy_work, (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_file_CopyOverload(IStorageFile *iface, IStorageFolder *folder,
                                                    HSTRING name, NameCollisionOption option,
                                                    IAsyncOperation_StorageFile **operation)
{
    return start(iface, folder, true, name, option, item_async_file, &copy_work,
                 (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_file_CopyAndReplaceAsync(IStorageFile *iface, IStorageFile *file,
                                                           IAsyncAction **operation)
{
    return start_replace(iface, file, &copy_and_replace_work, operation);
}

HRESULT STDMETHODCALLTYPE storage_file_MoveOverloadDefaultNameAndOptions(IStorageFile *iface,
                                                                         IStorageFolder *folder,
                                                                         IAsyncAction **operation)
{
    return start(iface, folder, false, NULL, NameCollisionOption_FailIfExists, item_async_action,
                 &move_work, (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_file_MoveOverloadDefaultOptions(IStorageFile *iface,
                                                                  IStorageFolder *folder,
                                                                  HSTRING name,
                                                                  IAsyncAction **operation)
{
    return start(iface, folder, true, name, NameCollisionOption_FailIfExists, item_async_action,
                 &move_work, (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_file_MoveOverload(IStorageFile *iface, IStorageFolder *folder,
                                                    HSTRING name, NameCollisionOption option,
                                                    IAsyncAction **operation)
{
    return start(iface, folder, true, name, option, item_async_action, &move_work,
                 (void **)operation);
}

/* The object becomes the file that was replaced. */
HRESULT STDMETHODCALLTYPE storage_file_MoveAndReplaceAsync(IStorageFile *iface, IStorageFile *file,
                                                           IAsyncAction **operation)
{
    return start_replace(iface, file, &move_and_replace_work, operation);
}
