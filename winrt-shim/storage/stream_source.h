/* SPDX-License-Identifier: MIT */
/*
 * What a stream reads from and writes to: a file or memory. Several stream objects (clones, input
 * and output streams at a position) share one. Blocking, any thread; two calls that touch the same
 * bytes at a time give either result.
 */
#ifndef WINRT_STORAGE_STREAM_SOURCE_H
#define WINRT_STORAGE_STREAM_SOURCE_H

#include <windows.h>

struct stream_source;

/* Which runtime classes the streams over a source have. */
enum stream_kind {
    STREAM_KIND_MEMORY,
    STREAM_KIND_FILE,
    STREAM_KIND_MAX
};

struct stream_source_ops {
    enum stream_kind kind;
    /* As many bytes as there are, up to `size`: 0 at and behind the end. */
    HRESULT (*read)(struct stream_source *, UINT64 offset, void *bytes, UINT32 size, UINT32 *done);
    /* All of them or an error; a gap between the end and `offset` is zeros. */
    HRESULT (*write)(struct stream_source *source, UINT64 offset, const void *bytes, UINT32 size);
    HRESULT (*get_size)(struct stream_source *source, UINT64 *size);
    HRESULT (*set_size)(struct stream_source *source, UINT64 size);
    /* To the disk, where there is one. */
    HRESULT (*flush)(struct stream_source *source);
    void (*destroy)(struct stream_source *source);
};

struct stream_source {
    LONG ref;
    const struct stream_source_ops *ops;
};

struct stream_source *stream_source_addref(struct stream_source *source);

/* NULL is fine. */
void stream_source_release(struct stream_source *source);

/* An empty memory with one reference; NULL when there is no memory. */
struct stream_source *memory_source_create(void);

#endif
