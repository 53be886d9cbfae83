/* SPDX-License-Identifier: MIT */
/* Opening a StorageFile: IStorageFile2, IInputStreamReference and IRandomAccessStreamReference. */
#include "storage_file.h"

#include "content_types.h"
#include "file_names.h"
#include "file_stream.h"
#include "item_async.h"
#include "item_paths.h"
#include "random_access_stream_with_content_type.h"
#include "storage_stream_transaction.h"

#include "src/port/memory.h"
#include "winrt-shim/base/hstring_text.h"

DEFINE_IMPL_FROM(storage_file, IStorageFile)
DEFINE_INSPECTABLE(storage_file, IStorageFile2)
DEFINE_INSPECTABLE(storage_file, IInputStreamReference)
DEFINE_INSPECTABLE(storage_file, IRandomAccessStreamReference)

#define ALL_OPEN_OPTIONS \
    (StorageOpenOptions_AllowOnlyReaders | StorageOpenOptions_AllowReadersAndWriters)

static HRESULT run_open(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    char *path = storage_item_path(job->item);
    HRESULT hr;

    (void)async;
    if (!path)
        return E_OUTOFMEMORY;
    hr =
        file_stream_open(path, job->option, job->option2, (IRandomAccessStream **)&result->unknown);
    memory_free(path);
    return hr;
}

static HRESULT start_open(struct storage_file *file, FileAccessMode mode,
                          StorageOpenOptions options,
                          IAsyncOperation_IRandomAccessStream **operation)
{
    static const struct async_job work = { run_open, item_job_destroy };
    struct item_job job = { .item = &file->item, .option = mode, .option2 = (INT32)options };

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if ((unsigned)mode > FileAccessMode_ReadWrite || options & ~ALL_OPEN_OPTIONS)
        return E_INVALIDARG;
    return item_job_start(S_OK, item_async_stream, &work, &job, (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_file_OpenAsync(IStorageFile *iface, FileAccessMode mode,
                                                 IAsyncOperation_IRandomAccessStream **operation)
{
    return start_open(impl_from_IStorageFile(iface), mode, StorageOpenOptions_None, operation);
}

static HRESULT STDMETHODCALLTYPE storage_file_OpenWithOptionsAsync(
    IStorageFile2 *iface, FileAccessMode mode, StorageOpenOptions options,
    IAsyncOperation_IRandomAccessStream **operation)
{
    return start_open(impl_from_IStorageFile2(iface), mode, options, operation);
}

static HRESULT run_open_transaction(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    char *path = storage_item_path(job->item);
    HRESULT hr;

    (void)async;
    if (!path)
        return E_OUTOFMEMORY;
    hr = storage_stream_transaction_open_with(path, job->option, FileOpenDisposition_OpenExisting,
                                              (IStorageStreamTransaction **)&result->unknown);
    memory_free(path);
    return hr;
}

static HRESULT start_open_transaction(struct storage_file *file, StorageOpenOptions options,
                                      IAsyncOperation_StorageStreamTransaction **operation)
{
    static const struct async_job work = { run_open_transaction, item_job_destroy };
    struct item_job job = { .item = &file->item, .option = (INT32)options };

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (options & ~ALL_OPEN_OPTIONS)
        return E_INVALIDARG;
    return item_job_start(S_OK, item_async_transaction, &work, &job, (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_file_OpenTransactedWriteAsync(
    IStorageFile *iface, IAsyncOperation_StorageStreamTransaction **operation)
{
    return start_open_transaction(impl_from_IStorageFile(iface), StorageOpenOptions_None,
                                  operation);
}

static HRESULT STDMETHODCALLTYPE storage_file_OpenTransactedWriteWithOptionsAsync(
    IStorageFile2 *iface, StorageOpenOptions options,
    IAsyncOperation_StorageStreamTransaction **operation)
{
    return start_open_transaction(impl_from_IStorageFile2(iface), options, operation);
}

const struct IStorageFile2Vtbl storage_file2_vtbl = {
    INSPECTABLE_SLOTS(storage_file, IStorageFile2),
    storage_file_OpenWithOptionsAsync,
    storage_file_OpenTransactedWriteWithOptionsAsync,
};

static HRESULT run_open_sequential(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    char *path = storage_item_path(job->item);
    HRESULT hr;

    (void)async;
    if (!path)
        return E_OUTOFMEMORY;
    hr = file_input_stream_open(path, (IInputStream **)&result->unknown);
    memory_free(path);
    return hr;
}

static HRESULT STDMETHODCALLTYPE storage_file_OpenSequentialReadAsync(
    IInputStreamReference *iface, IAsyncOperation_IInputStream **operation)
{
    static const struct async_job work = { run_open_sequential, item_job_destroy };
    struct item_job job = { .item = &impl_from_IInputStreamReference(iface)->item };

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return item_job_start(S_OK, item_async_input_stream, &work, &job, (void **)operation);
}

const struct IInputStreamReferenceVtbl storage_file_input_stream_reference_vtbl = {
    INSPECTABLE_SLOTS(storage_file, IInputStreamReference),
    storage_file_OpenSequentialReadAsync,
};

static HRESULT run_open_read(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    IRandomAccessStream *stream = NULL;
    HSTRING type = NULL;
    char *path;
    HRESULT hr;

    (void)async;
    path = storage_item_path(job->item);
    if (!path)
        return E_OUTOFMEMORY;
    hr = file_stream_open(path, FileAccessMode_Read, StorageOpenOptions_None, &stream);
    if (FAILED(hr))
        goto done;
    hr = hstring_from_utf16(content_type_of_extension(file_name_extension(item_path_name(path))),
                            &type);
    if (FAILED(hr))
        goto done;
    hr = random_access_stream_with_content_type_create(
        stream, type, (IRandomAccessStreamWithContentType **)&result->unknown);

done:
    WindowsDeleteString(type);
    if (stream)
        IRandomAccessStream_Release(stream);
    memory_free(path);
    return hr;
}

static HRESULT STDMETHODCALLTYPE
storage_file_OpenReadAsync(IRandomAccessStreamReference *iface,
                           IAsyncOperation_IRandomAccessStreamWithContentType **operation)
{
    static const struct async_job work = { run_open_read, item_job_destroy };
    struct item_job job = { .item = &impl_from_IRandomAccessStreamReference(iface)->item };

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return item_job_start(S_OK, item_async_stream_with_type, &work, &job, (void **)operation);
}

const struct IRandomAccessStreamReferenceVtbl storage_file_stream_reference_vtbl = {
    INSPECTABLE_SLOTS(storage_file, IRandomAccessStreamReference),
    storage_file_OpenReadAsync,
};
