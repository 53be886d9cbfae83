/* SPDX-License-Identifier: MIT */
#include "file_source.h"

#include "src/port/memory.h"
#include "winrt-shim/base/error.h"

/* Offsets of files are signed everywhere. */
#define FILE_MOST ((UINT64)INT64_MAX)

struct file_source {
    struct stream_source source;
    file_handle file;
    enum file_claim claim;
    struct file_share *share;
    struct file_info seen; /* when it was opened; what a polite reader compares with */
    LONG64 generation;
};

static struct file_source *from_source(struct stream_source *source)
{
    return CONTAINING_RECORD(source, struct file_source, source);
}

/* What others wrote ends a polite reader for good: neither the generation nor the
 * time goes back. */
static HRESULT check_unchanged(struct file_source *file)
{
    struct file_info now;
    enum port_status status;

    if (file->claim != FILE_CLAIM_POLITE_READER)
        return S_OK;
    if ((status = file_get_info(file->file, &now)) != PORT_OK)
        return hresult_from_status(status);
    if (file_share_generation(file->share) != file->generation || now.size != file->seen.size ||
        now.modified != file->seen.modified)
        return HRESULT_FROM_WIN32(ERROR_OPLOCK_HANDLE_CLOSED);
    return S_OK;
}

static HRESULT file_source_read(struct stream_source *source, UINT64 offset, void *bytes,
                                UINT32 size, UINT32 *done)
{
    struct file_source *file = from_source(source);
    size_t count = 0;
    HRESULT hr;

    *done = 0;
    if (FAILED(hr = check_unchanged(file)))
        return hr;
    if (offset > FILE_MOST - size)
        return S_OK;
    hr = hresult_from_status(file_read_at(file->file, offset, bytes, size, &count));
    if (SUCCEEDED(hr))
        *done = (UINT32)count;
    return hr;
}

static HRESULT file_source_write(struct stream_source *source, UINT64 offset, const void *bytes,
                                 UINT32 size)
{
    struct file_source *file = from_source(source);

    if (offset > FILE_MOST - size)
        return E_INVALIDARG;
    file_share_changed(file->share);
    return hresult_from_status(file_write_at(file->file, offset, bytes, size));
}

static HRESULT file_source_get_size(struct stream_source *source, UINT64 *size)
{
    struct file_info info;
    enum port_status status = file_get_info(from_source(source)->file, &info);

    *size = status == PORT_OK ? info.size : 0;
    return hresult_from_status(status);
}

static HRESULT file_source_set_size(struct stream_source *source, UINT64 size)
{
    struct file_source *file = from_source(source);

    if (size > FILE_MOST)
        return E_INVALIDARG;
    file_share_changed(file->share);
    return hresult_from_status(file_resize(file->file, size));
}

static HRESULT file_source_flush(struct stream_source *source)
{
    struct file_source *file = from_source(source);

    if (file->claim != FILE_CLAIM_WRITER && file->claim != FILE_CLAIM_SHARED_WRITER)
        return S_OK;
    return hresult_from_status(file_sync(file->file));
}

static void file_source_destroy(struct stream_source *source)
{
    struct file_source *file = from_source(source);

    if (file->share)
        file_share_leave(file->share, file->claim);
    file_close(file->file);
    memory_free(file);
}

static const struct stream_source_ops file_source_ops = {
    .kind = STREAM_KIND_FILE,
    .read = file_source_read,
    .write = file_source_write,
    .get_size = file_source_get_size,
    .set_size = file_source_set_size,
    .flush = file_source_flush,
    .destroy = file_source_destroy,
};

HRESULT file_source_open(const char *path, unsigned flags, enum file_claim claim, bool truncate,
                         struct stream_source **out)
{
    struct file_source *file;
    struct file_info info;
    enum port_status status;
    HRESULT hr;

    *out = NULL;

    /* Before opening: to open a pipe may take for ever, and a device may act on it. */
    status = file_path_info(path, &info);
    if (status == PORT_OK && info.kind != FILE_KIND_FILE)
        return E_ACCESSDENIED;

    if (!(file = memory_zalloc(sizeof(*file))))
        return E_OUTOFMEMORY;
    file->source.ref = 1;
    file->source.ops = &file_source_ops;
    file->claim = claim;
    file->file = FILE_HANDLE_NONE;

    if ((status = file_open(path, flags, &file->file)) != PORT_OK ||
        (status = file_get_info(file->file, &file->seen)) != PORT_OK) {
        hr = hresult_from_status(status);
        goto failed;
    }
    if (file->seen.kind != FILE_KIND_FILE) {
        hr = E_ACCESSDENIED;
        goto failed;
    }
    if (FAILED(hr = file_share_enter(&file->seen, claim, &file->share)))
        goto failed;
    file->generation = file_share_generation(file->share);
    if (truncate && FAILED(hr = file_source_set_size(&file->source, 0)))
        goto failed;

    *out = &file->source;
    return S_OK;

failed:
    stream_source_release(&file->source);
    return hr;
}
