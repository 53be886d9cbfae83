/* SPDX-License-Identifier: MIT */
/* The writing half of file_io_work.h. */
#include "file_io_job.h"

#include <string.h>

#include <winstring.h>

#include "buffer.h"
#include "close_object.h"
#include "item_async.h"
#include "src/port/memory.h"
#include "text_codec.h"
#include "text_lines.h"

/* Whether the file begins with a mark, and then its encoding; the position is moved. */
static HRESULT detect(struct composite *composite, IRandomAccessStream *stream,
                      UnicodeEncoding *encoding, bool *marked)
{
    IBuffer *buffer;
    UINT32 length;
    BYTE *bytes;
    HRESULT hr;

    *marked = false;
    if (FAILED(hr = IRandomAccessStream_Seek(stream, 0)))
        return hr;
    if (FAILED(hr = file_io_read_bytes(composite, stream, TEXT_MARK_MAX, &buffer)))
        return hr;
    hr = buffer_content(buffer, &bytes, &length);
    if (SUCCEEDED(hr))
        *marked = text_detect_mark(bytes, length, encoding) != 0;
    IBuffer_Release(buffer);
    return hr;
}

/* The text with or without a mark before it. */
static HRESULT encode(HSTRING text, UnicodeEncoding encoding, bool mark, IBuffer **buffer)
{
    const BYTE *mark_bytes;
    UINT32 length, mark_length = 0;
    BYTE *bytes, *block;
    HRESULT hr;

    *buffer = NULL;
    if (FAILED(hr = text_encode(text, encoding, &bytes, &length)))
        return hr;
    if (mark)
        mark_length = text_mark(encoding, &mark_bytes);
    if (length > BUFFER_MAX_CAPACITY - mark_length) {
        hr = E_INVALIDARG;
    } else if (!(block = memory_alloc((size_t)mark_length + length))) {
        hr = E_OUTOFMEMORY;
    } else {
        if (mark_length)
            memcpy(block, mark_bytes, mark_length);
        memcpy(block + mark_length, bytes, length);
        hr = buffer_adopt(block, mark_length + length, mark_length + length, buffer);
        if (FAILED(hr))
            memory_free(block);
    }
    memory_free(bytes);
    return hr;
}

/* The bytes to write. A text's mark is written again when all is replaced; a new one comes before
 * UTF-16 at the start. */
static HRESULT content(struct file_io_job *job, struct composite *composite,
                       IRandomAccessStream *stream, UINT64 size, IBuffer **buffer)
{
    UnicodeEncoding encoding = job->encoding;
    bool marked, at_start;
    HRESULT hr;

    *buffer = NULL;
    if (job->buffer) {
        *buffer = job->buffer;
        IBuffer_AddRef(job->buffer);
        return S_OK;
    }
    if (FAILED(hr = detect(composite, stream, &encoding, &marked)))
        return hr;
    at_start = !job->append || !size;
    return encode(job->text, encoding, at_start && (marked || encoding != UnicodeEncoding_Utf8),
                  buffer);
}

static HRESULT write_content(struct file_io_job *job, struct composite *composite,
                             IRandomAccessStream *stream)
{
    UINT64 size;
    IBuffer *buffer;
    HRESULT hr;

    if (FAILED(hr = IRandomAccessStream_get_Size(stream, &size)))
        return hr;
    if (FAILED(hr = content(job, composite, stream, size, &buffer)))
        return hr;
    if (!job->append && size)
        hr = IRandomAccessStream_put_Size(stream, 0);
    if (SUCCEEDED(hr))
        hr = IRandomAccessStream_Seek(stream, job->append ? size : 0);
    if (SUCCEEDED(hr))
        hr = file_io_write_all(composite, stream, buffer);
    IBuffer_Release(buffer);
    return hr;
}

static HRESULT append_run(struct file_io_job *job, struct composite *composite)
{
    IRandomAccessStream *stream;
    HRESULT hr;

    if (FAILED(hr = file_io_open(job, composite, FileAccessMode_ReadWrite, &stream)))
        return hr;
    hr = write_content(job, composite, stream);
    close_object((IUnknown *)stream);
    IRandomAccessStream_Release(stream);
    return hr;
}

static HRESULT replace_run(struct file_io_job *job, struct composite *composite)
{
    IStorageStreamTransaction *transaction;
    IRandomAccessStream *stream = NULL;
    IAsyncAction *action;
    HRESULT hr;

    if (FAILED(hr = file_io_open_transaction(job, composite, &transaction)))
        return hr;
    hr = IStorageStreamTransaction_get_Stream(transaction, &stream);
    if (SUCCEEDED(hr))
        hr = write_content(job, composite, stream);
    if (SUCCEEDED(hr))
        hr = IStorageStreamTransaction_CommitAsync(transaction, &action);
    if (SUCCEEDED(hr))
        hr = composite_await_action(composite, action);
    if (stream)
        IRandomAccessStream_Release(stream);
    close_object((IUnknown *)transaction);
    IStorageStreamTransaction_Release(transaction);
    return hr;
}

static HRESULT write_run(void *context, struct composite *composite, union value *result)
{
    struct file_io_job *job = context;

    (void)result;
    return job->append ? append_run(job, composite) : replace_run(job, composite);
}

static const struct composite_job write_job = { write_run, file_io_job_destroy };

/* `hr` is how the job's last part came out; the job is owned. */
static HRESULT start(HRESULT hr, struct file_io_job *job, IAsyncAction **operation)
{
    if (FAILED(hr)) {
        file_io_job_destroy(job);
        return hr;
    }
    return composite_run(item_async_action, &write_job, job, (void **)operation);
}

HRESULT file_io_write_text(struct file_io_target target, HSTRING text, UnicodeEncoding encoding,
                           bool append, IAsyncAction **operation)
{
    struct file_io_job *job;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (FAILED(hr = file_io_job_create(target, encoding, &job)))
        return hr;
    job->append = append;
    return start(WindowsDuplicateString(text, &job->text), job, operation);
}

HRESULT file_io_write_lines(struct file_io_target target, IIterable_HSTRING *lines,
                            UnicodeEncoding encoding, bool append, IAsyncAction **operation)
{
    struct file_io_job *job;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!lines)
        return E_POINTER;
    if (FAILED(hr = file_io_job_create(target, encoding, &job)))
        return hr;
    job->append = append;
    return start(text_lines_join(lines, &job->text), job, operation);
}

HRESULT file_io_write_buffer(struct file_io_target target, IBuffer *buffer,
                             IAsyncAction **operation)
{
    struct file_io_job *job;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!buffer)
        return E_POINTER;
    if (FAILED(hr = file_io_job_create(target, UnicodeEncoding_Utf8, &job)))
        return hr;
    job->buffer = buffer;
    IBuffer_AddRef(buffer);
    return start(S_OK, job, operation);
}

HRESULT file_io_write_bytes(struct file_io_target target, const BYTE *bytes, UINT32 length,
                            IAsyncAction **operation)
{
    struct file_io_job *job;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!bytes && length)
        return E_POINTER;
    if (FAILED(hr = file_io_job_create(target, UnicodeEncoding_Utf8, &job)))
        return hr;
    return start(buffer_create_copy(bytes, length, &job->buffer), job, operation);
}
