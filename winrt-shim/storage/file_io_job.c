/* SPDX-License-Identifier: MIT */
#include "file_io_job.h"

#include <winstring.h>

#include "buffer.h"
#include "file_stream.h"
#include "item_paths.h"
#include "src/port/memory.h"
#include "storage_stream_transaction.h"
#include "text_codec.h"

HRESULT file_io_job_create(struct file_io_target target, UnicodeEncoding encoding,
                           struct file_io_job **out)
{
    struct file_io_job *job;
    HRESULT hr = S_OK;

    *out = NULL;
    if (!target.by_path && !target.file)
        return E_POINTER;
    if (!text_encoding_is_valid(encoding))
        return E_INVALIDARG;
    if (!(job = memory_zalloc(sizeof(*job))))
        return E_OUTOFMEMORY;
    job->encoding = encoding;
    if (target.by_path) {
        hr = item_path_from_hstring(target.path, &job->path);
    } else {
        job->file = target.file;
        IStorageFile_AddRef(job->file);
    }
    if (FAILED(hr))
        file_io_job_destroy(job);
    else
        *out = job;
    return hr;
}

void file_io_job_destroy(void *context)
{
    struct file_io_job *job = context;

    if (job->buffer)
        IBuffer_Release(job->buffer);
    WindowsDeleteString(job->text);
    memory_free(job->path);
    if (job->file)
        IStorageFile_Release(job->file);
    memory_free(job);
}

HRESULT file_io_open(struct file_io_job *job, struct composite *composite, FileAccessMode mode,
                     IRandomAccessStream **stream)
{
    IAsyncOperation_IRandomAccessStream *operation;
    HRESULT hr;

    *stream = NULL;
    if (job->path)
        return file_stream_open(job->path, mode, StorageOpenOptions_None, stream);
    if (FAILED(hr = IStorageFile_OpenAsync(job->file, mode, &operation)))
        return hr;
    return composite_await_stream(composite, operation, stream);
}

HRESULT file_io_open_transaction(struct file_io_job *job, struct composite *composite,
                                 IStorageStreamTransaction **transaction)
{
    IAsyncOperation_StorageStreamTransaction *operation;
    HRESULT hr;

    *transaction = NULL;
    if (job->path)
        return storage_stream_transaction_open(job->path, transaction);
    if (FAILED(hr = IStorageFile_OpenTransactedWriteAsync(job->file, &operation)))
        return hr;
    return composite_await_transaction(composite, operation, transaction);
}

/* Into `buffer`, or what the stream has for it. */
static HRESULT read_once(struct composite *composite, IInputStream *input, IBuffer *buffer,
                         UINT32 count, IBuffer **read)
{
    IAsyncOperationWithProgress_IBuffer_UINT32 *operation;
    HRESULT hr;

    *read = NULL;
    hr = IInputStream_ReadAsync(input, buffer, count, InputStreamOptions_None, &operation);
    return FAILED(hr) ? hr : composite_await_read(composite, operation, read);
}

/* With the option None a stream brings all or ends before, so one read is enough. */
HRESULT file_io_read_bytes(struct composite *composite, IRandomAccessStream *stream, UINT32 count,
                           IBuffer **buffer)
{
    IBuffer *own = NULL;
    IInputStream *input;
    HRESULT hr;

    *buffer = NULL;
    hr = IRandomAccessStream_QueryInterface(stream, &IID_IInputStream, (void **)&input);
    if (FAILED(hr))
        return hr;
    hr = buffer_create(count, &own);
    if (SUCCEEDED(hr))
        hr = read_once(composite, input, own, count, buffer);
    if (SUCCEEDED(hr) && !*buffer)
        hr = E_FAIL; /* a stream that answers S_OK and no buffer */
    if (own)
        IBuffer_Release(own);
    IInputStream_Release(input);
    return hr;
}

HRESULT file_io_write_all(struct composite *composite, IRandomAccessStream *stream, IBuffer *buffer)
{
    IAsyncOperationWithProgress_UINT32_UINT32 *operation;
    UINT32 length, written = 0;
    IOutputStream *output;
    HRESULT hr;

    if (FAILED(hr = IBuffer_get_Length(buffer, &length)) || !length)
        return hr;
    hr = IRandomAccessStream_QueryInterface(stream, &IID_IOutputStream, (void **)&output);
    if (FAILED(hr))
        return hr;
    hr = IOutputStream_WriteAsync(output, buffer, &operation);
    if (SUCCEEDED(hr))
        hr = composite_await_write(composite, operation, &written);
    if (SUCCEEDED(hr) && written != length)
        hr = E_FAIL; /* a part only, of a stream that is not ours */
    IOutputStream_Release(output);
    return hr;
}
