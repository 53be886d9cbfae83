/* SPDX-License-Identifier: MIT */
#include "file_stream.h"

#include "file_source.h"
#include "source_streams.h"
#include "winrt-shim/base/error.h"

#define OPEN_OPTIONS_MAX (StorageOpenOptions_AllowReadersAndWriters + 1)

/* By options: see the table in the header. */
static const enum file_claim reader_claims[OPEN_OPTIONS_MAX] = {
    [StorageOpenOptions_None] = FILE_CLAIM_POLITE_READER,
    [StorageOpenOptions_AllowOnlyReaders] = FILE_CLAIM_EXCLUSIVE_READER,
    [StorageOpenOptions_AllowReadersAndWriters] = FILE_CLAIM_SHARED_READER,
};

static const enum file_claim writer_claims[OPEN_OPTIONS_MAX] = {
    [StorageOpenOptions_None] = FILE_CLAIM_WRITER,
    [StorageOpenOptions_AllowOnlyReaders] = FILE_CLAIM_WRITER,
    [StorageOpenOptions_AllowReadersAndWriters] = FILE_CLAIM_SHARED_WRITER,
};

/* Page FileOpenDisposition. Emptying waits until the claim is granted, so it is not a flag of
 * opening. */
static const struct {
    unsigned flags;
    bool truncate;
} dispositions[] = {
    [FileOpenDisposition_OpenExisting] = { 0, false },
    [FileOpenDisposition_OpenAlways] = { FILE_OPEN_CREATE, false },
    [FileOpenDisposition_CreateNew] = { FILE_OPEN_CREATE | FILE_OPEN_EXCLUSIVE, false },
    [FileOpenDisposition_CreateAlways] = { FILE_OPEN_CREATE, true },
    [FileOpenDisposition_TruncateExisting] = { 0, true },
};

HRESULT file_stream_open_with(const char *path, FileAccessMode mode, StorageOpenOptions options,
                              FileOpenDisposition disposition, IRandomAccessStream **out)
{
    bool write = mode == FileAccessMode_ReadWrite;
    struct stream_source *source;
    struct stream_core *core;
    enum file_claim claim;
    unsigned flags;
    HRESULT hr;

    *out = NULL;
    if ((unsigned)mode > FileAccessMode_ReadWrite || (unsigned)options >= OPEN_OPTIONS_MAX ||
        (unsigned)disposition >= sizeof(dispositions) / sizeof(dispositions[0]))
        return E_INVALIDARG;
    if (!write && disposition != FileOpenDisposition_OpenExisting)
        return E_INVALIDARG;

    flags = dispositions[disposition].flags | FILE_OPEN_READ | (write ? FILE_OPEN_WRITE : 0);
    claim = write ? writer_claims[options] : reader_claims[options];
    hr = file_source_open(path, flags, claim, dispositions[disposition].truncate, &source);
    if (FAILED(hr))
        return error_originate(hr, "cannot open %s", path);

    core = stream_core_create(source, true, write, 0);
    stream_source_release(source);
    if (!core)
        return E_OUTOFMEMORY;
    hr = source_stream_create(core, out);
    stream_core_release(core);
    return hr;
}

HRESULT file_stream_open(const char *path, FileAccessMode mode, StorageOpenOptions options,
                         IRandomAccessStream **out)
{
    return file_stream_open_with(path, mode, options, FileOpenDisposition_OpenExisting, out);
}

HRESULT file_input_stream_open(const char *path, IInputStream **out)
{
    struct stream_source *source;
    HRESULT hr;

    *out = NULL;
    hr = file_source_open(path, FILE_OPEN_READ, FILE_CLAIM_POLITE_READER, false, &source);
    if (FAILED(hr))
        return error_originate(hr, "cannot open %s", path);
    hr = source_input_stream_create(source, 0, out);
    stream_source_release(source);
    return hr;
}
