/* SPDX-License-Identifier: MIT */
#include "item_async.h"

#include <windows.foundation.h>
#include <windows.storage.h>

#include "file_names.h"
#include "item_disk.h"
#include "storage_item.h"

#include "src/port/memory.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

#define OPERATION(name, iface, result_name)                                                \
    ASYNC_TYPE(name##_type, ASYNC_OPERATION, IAsyncOperation_##iface,                      \
               u"Windows.Foundation.IAsyncOperation`1<" result_name u">", VALUE_INTERFACE, \
               VALUE_NONE);                                                                \
    const struct async_type *const name = &name##_type

#define VIEW_OF(element_name) u"Windows.Foundation.Collections.IVectorView`1<" element_name u">"

ASYNC_TYPE(item_async_action_type, ASYNC_ACTION, IAsyncAction, u"Windows.Foundation.IAsyncAction",
           VALUE_NONE, VALUE_NONE);
const struct async_type *const item_async_action = &item_async_action_type;

OPERATION(item_async_basic_properties, BasicProperties,
          u"Windows.Storage.FileProperties.BasicProperties");
OPERATION(item_async_file, StorageFile, u"Windows.Storage.StorageFile");
OPERATION(item_async_files, IVectorView_StorageFile, VIEW_OF(u"Windows.Storage.StorageFile"));
OPERATION(item_async_folder, StorageFolder, u"Windows.Storage.StorageFolder");
OPERATION(item_async_folders, IVectorView_StorageFolder, VIEW_OF(u"Windows.Storage.StorageFolder"));
OPERATION(item_async_input_stream, IInputStream, u"Windows.Storage.Streams.IInputStream");
OPERATION(item_async_item, IStorageItem, u"Windows.Storage.IStorageItem");
OPERATION(item_async_items, IVectorView_IStorageItem, VIEW_OF(u"Windows.Storage.IStorageItem"));
OPERATION(item_async_stream, IRandomAccessStream, u"Windows.Storage.Streams.IRandomAccessStream");
OPERATION(item_async_stream_with_type, IRandomAccessStreamWithContentType,
          u"Windows.Storage.Streams.IRandomAccessStreamWithContentType");
OPERATION(item_async_thumbnail, StorageItemThumbnail,
          u"Windows.Storage.FileProperties.StorageItemThumbnail");
OPERATION(item_async_transaction, StorageStreamTransaction,
          u"Windows.Storage.StorageStreamTransaction");

HRESULT item_job_take_name(struct item_job *job, HSTRING name)
{
    HRESULT hr;

    if (!name)
        return E_INVALIDARG;
    hr = hstring_to_utf8(name, &job->name);
    if (hr == E_INVALIDARG || (SUCCEEDED(hr) && !file_name_is_valid(job->name))) {
        job->error = ERROR_HRESULT_INVALID_NAME;
        return S_OK;
    }
    return hr;
}

static void clear_job(struct item_job *job)
{
    memory_free(job->target);
    memory_free(job->name);
}

void item_job_destroy(void *context)
{
    struct item_job *job = context;

    clear_job(job);
    if (job->item)
        object_release(&job->item->object);
    memory_free(job);
}

static HRESULT run_failed(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;

    (void)async;
    (void)result;
    if (job->error == ERROR_HRESULT_INVALID_NAME)
        return error_originate(job->error, "\"%s\" is not a name for a file or folder",
                               job->name ? job->name : "");
    return job->error;
}

static const struct async_job failed_job = { run_failed, item_job_destroy };

HRESULT item_job_start(HRESULT hr, const struct async_type *type, const struct async_job *work,
                       struct item_job *job, void **out)
{
    struct item_job *context = NULL;

    if (SUCCEEDED(hr)) {
        context = memory_dup(job, sizeof(*job));
        if (!context)
            hr = E_OUTOFMEMORY;
    }
    if (FAILED(hr)) {
        clear_job(job);
        return hr;
    }
    if (context->item)
        object_addref(&context->item->object);
    return async_run(type, FAILED(job->error) ? &failed_job : work, context, out);
}
