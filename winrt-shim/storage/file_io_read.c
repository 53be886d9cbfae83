/* SPDX-License-Identifier: MIT */
/* The reading half of file_io_work.h. */
#include "file_io_job.h"

#include <winstring.h>

#include "buffer.h"
#include "close_object.h"
#include "text_codec.h"
#include "winrt-shim/base/collections.h"

ASYNC_TYPE(text_async, ASYNC_OPERATION, IAsyncOperation_HSTRING,
           u"Windows.Foundation.IAsyncOperation`1<String>", VALUE_STRING, VALUE_NONE);
ASYNC_TYPE(lines_async, ASYNC_OPERATION, IAsyncOperation_IVector_HSTRING,
           u"Windows.Foundation.IAsyncOperation`1<Windows.Foundation.Collections.IVector`1<String>"
           u">",
           VALUE_INTERFACE, VALUE_NONE);
ASYNC_TYPE(buffer_async, ASYNC_OPERATION, IAsyncOperation_IBuffer,
           u"Windows.Foundation.IAsyncOperation`1<Windows.Storage.Streams.IBuffer>",
           VALUE_INTERFACE, VALUE_NONE);

VECTOR_TYPE(string_vector, VALUE_STRING, u"String", IVector_HSTRING, IVectorView_HSTRING,
            IIterable_HSTRING, IIterator_HSTRING);

/* The whole file. */
static HRESULT load(struct file_io_job *job, struct composite *composite, IBuffer **buffer)
{
    IRandomAccessStream *stream;
    UINT64 size;
    HRESULT hr;

    *buffer = NULL;
    if (FAILED(hr = file_io_open(job, composite, FileAccessMode_Read, &stream)))
        return hr;
    hr = IRandomAccessStream_get_Size(stream, &size);
    if (SUCCEEDED(hr) && size > BUFFER_MAX_CAPACITY)
        hr = HRESULT_FROM_WIN32(ERROR_FILE_TOO_LARGE);
    if (SUCCEEDED(hr))
        hr = file_io_read_bytes(composite, stream, (UINT32)size, buffer);
    close_object((IUnknown *)stream);
    IRandomAccessStream_Release(stream);
    return hr;
}

static HRESULT load_text(struct file_io_job *job, struct composite *composite, HSTRING *text)
{
    UnicodeEncoding encoding = job->encoding;
    UINT32 length, mark;
    IBuffer *buffer;
    BYTE *bytes;
    HRESULT hr;

    *text = NULL;
    if (FAILED(hr = load(job, composite, &buffer)))
        return hr;
    hr = buffer_content(buffer, &bytes, &length);
    if (SUCCEEDED(hr)) {
        mark = text_detect_mark(bytes, length, &encoding);
        if (length > mark)
            hr = text_decode(bytes + mark, length - mark, encoding, text);
    }
    IBuffer_Release(buffer);
    return hr;
}

static HRESULT append_line(IVector_HSTRING *lines, const WCHAR *units, UINT32 count)
{
    HSTRING line;
    HRESULT hr;

    if (FAILED(hr = WindowsCreateString(units, count, &line)))
        return hr;
    hr = IVector_HSTRING_Append(lines, line);
    WindowsDeleteString(line);
    return hr;
}

/* What stands behind the last line end is a line unless it is empty. */
static HRESULT split_lines(HSTRING text, IVector_HSTRING *lines)
{
    UINT32 length, start = 0, at;
    const WCHAR *units = WindowsGetStringRawBuffer(text, &length);
    HRESULT hr = S_OK;

    for (at = 0; at < length && SUCCEEDED(hr); at++) {
        if (units[at] != u'\r' && units[at] != u'\n')
            continue;
        hr = append_line(lines, units + start, at - start);
        if (units[at] == u'\r' && at + 1 < length && units[at + 1] == u'\n')
            at++;
        start = at + 1;
    }
    if (SUCCEEDED(hr) && start < length)
        hr = append_line(lines, units + start, length - start);
    return hr;
}

static HRESULT read_text_run(void *context, struct composite *composite, union value *result)
{
    return load_text(context, composite, &result->string);
}

static HRESULT read_lines_run(void *context, struct composite *composite, union value *result)
{
    IVector_HSTRING *lines;
    HSTRING text;
    HRESULT hr;

    if (FAILED(hr = load_text(context, composite, &text)))
        return hr;
    hr = vector_create(&string_vector, (void **)&lines);
    if (SUCCEEDED(hr) && FAILED(hr = split_lines(text, lines)))
        IVector_HSTRING_Release(lines);
    else if (SUCCEEDED(hr))
        result->unknown = (IUnknown *)lines;
    WindowsDeleteString(text);
    return hr;
}

static HRESULT read_buffer_run(void *context, struct composite *composite, union value *result)
{
    return load(context, composite, (IBuffer **)&result->unknown);
}

static const struct composite_job read_text_job = { read_text_run, file_io_job_destroy };
static const struct composite_job read_lines_job = { read_lines_run, file_io_job_destroy };
static const struct composite_job read_buffer_job = { read_buffer_run, file_io_job_destroy };

static HRESULT start(struct file_io_target target, UnicodeEncoding encoding,
                     const struct async_type *type, const struct composite_job *work,
                     void **operation)
{
    struct file_io_job *job;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (FAILED(hr = file_io_job_create(target, encoding, &job)))
        return hr;
    return composite_run(type, work, job, operation);
}

HRESULT file_io_read_text(struct file_io_target target, UnicodeEncoding encoding,
                          IAsyncOperation_HSTRING **operation)
{
    return start(target, encoding, &text_async, &read_text_job, (void **)operation);
}

HRESULT file_io_read_lines(struct file_io_target target, UnicodeEncoding encoding,
                           IAsyncOperation_IVector_HSTRING **operation)
{
    return start(target, encoding, &lines_async, &read_lines_job, (void **)operation);
}

HRESULT file_io_read_buffer(struct file_io_target target, IAsyncOperation_IBuffer **operation)
{
    return start(target, UnicodeEncoding_Utf8, &buffer_async, &read_buffer_job, (void **)operation);
}
