/* SPDX-License-Identifier: MIT */
#include "stream_source.h"

#include <string.h>

#include "src/port/memory.h"
#include "src/port/threads.h"

#define MEMORY_SOURCE_LEAST 4096
#define MEMORY_SOURCE_MOST  ((UINT64)SIZE_MAX / 2)

struct memory_source {
    struct stream_source source;
    struct mutex mutex;
    BYTE *bytes;
    size_t size;
    size_t capacity;
};

static struct memory_source *from_source(struct stream_source *source)
{
    return CONTAINING_RECORD(source, struct memory_source, source);
}

/* Makes room for `size` bytes, doubling so that many small writes cost little. With the lock. */
static HRESULT memory_source_reserve(struct memory_source *memory, UINT64 size)
{
    size_t capacity = memory->capacity ? memory->capacity : MEMORY_SOURCE_LEAST;
    BYTE *bytes;

    if (size <= memory->capacity)
        return S_OK;
    if (size > MEMORY_SOURCE_MOST)
        return E_OUTOFMEMORY;
    if (size > capacity)
        capacity = capacity * 2 > size ? capacity * 2 : (size_t)size;
    if (!(bytes = memory_resize(memory->bytes, capacity)))
        return E_OUTOFMEMORY;
    memory->bytes = bytes;
    memory->capacity = capacity;
    return S_OK;
}

/* The size becomes `size`; what is new is zero. With the lock. */
static HRESULT memory_source_resize(struct memory_source *memory, UINT64 size)
{
    HRESULT hr = memory_source_reserve(memory, size);

    if (FAILED(hr))
        return hr;
    if (size > memory->size)
        memset(memory->bytes + memory->size, 0, (size_t)size - memory->size);
    memory->size = (size_t)size;
    return S_OK;
}

static HRESULT memory_source_read(struct stream_source *source, UINT64 offset, void *bytes,
                                  UINT32 size, UINT32 *done)
{
    struct memory_source *memory = from_source(source);

    *done = 0;
    mutex_lock(&memory->mutex);
    if (offset < memory->size) {
        *done = memory->size - offset < size ? (UINT32)(memory->size - offset) : size;
        memcpy(bytes, memory->bytes + offset, *done);
    }
    mutex_unlock(&memory->mutex);
    return S_OK;
}

static HRESULT memory_source_write(struct stream_source *source, UINT64 offset, const void *bytes,
                                   UINT32 size)
{
    struct memory_source *memory = from_source(source);
    HRESULT hr = S_OK;

    if (offset > MEMORY_SOURCE_MOST - size)
        return E_OUTOFMEMORY;
    mutex_lock(&memory->mutex);
    if (offset + size > memory->size)
        hr = memory_source_resize(memory, offset + size);
    if (SUCCEEDED(hr) && size)
        memcpy(memory->bytes + offset, bytes, size);
    mutex_unlock(&memory->mutex);
    return hr;
}

static HRESULT memory_source_get_size(struct stream_source *source, UINT64 *size)
{
    struct memory_source *memory = from_source(source);

    mutex_lock(&memory->mutex);
    *size = memory->size;
    mutex_unlock(&memory->mutex);
    return S_OK;
}

static HRESULT memory_source_set_size(struct stream_source *source, UINT64 size)
{
    struct memory_source *memory = from_source(source);
    HRESULT hr;

    mutex_lock(&memory->mutex);
    hr = memory_source_resize(memory, size);
    mutex_unlock(&memory->mutex);
    return hr;
}

static HRESULT memory_source_flush(struct stream_source *source)
{
    (void)source;
    return S_OK;
}

static void memory_source_destroy(struct stream_source *source)
{
    struct memory_source *memory = from_source(source);

    memory_free(memory->bytes);
    mutex_destroy(&memory->mutex);
    memory_free(memory);
}

static const struct stream_source_ops memory_source_ops = {
    .kind = STREAM_KIND_MEMORY,
    .read = memory_source_read,
    .write = memory_source_write,
    .get_size = memory_source_get_size,
    .set_size = memory_source_set_size,
    .flush = memory_source_flush,
    .destroy = memory_source_destroy,
};

struct stream_source *memory_source_create(void)
{
    struct memory_source *memory = memory_zalloc(sizeof(*memory));

    if (!memory)
        return NULL;
    memory->source.ref = 1;
    memory->source.ops = &memory_source_ops;
    mutex_init(&memory->mutex);
    return &memory->source;
}
