/* SPDX-License-Identifier: MIT */
#include "client_objects.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <asyncinfo.h>
#include <robuffer.h>
#include <windows.storage.streams.h>
#include <winstring.h>

#include "hstrings.h"
#include "paths.h"
#include "pattern.h"
#include "src/port/threads.h"
#include "strings_ring.h"
#include "test_main.h"

/* IUnknown and the rest of IInspectable, which nothing asks for, of an object that begins with
 * this. */
struct client_object {
    const void *vtbl;
    const void *second_vtbl; /* of a second interface, or NULL */
    const GUID *iids[2];
    unsigned ref;
    struct mutex mutex;
};

static void *object_new(size_t size, const void *vtbl, const GUID *iid, const void *second_vtbl,
                        const GUID *second_iid)
{
    struct client_object *object = calloc(1, size);

    assert_non_null(object);
    object->vtbl = vtbl;
    object->second_vtbl = second_vtbl;
    object->iids[0] = iid;
    object->iids[1] = second_iid;
    object->ref = 1;
    mutex_init(&object->mutex);
    return object;
}

static ULONG WINAPI object_AddRef(void *self)
{
    return __atomic_add_fetch(&((struct client_object *)self)->ref, 1, __ATOMIC_RELAXED);
}

static ULONG WINAPI object_Release(void *self)
{
    struct client_object *object = self;
    ULONG ref = __atomic_sub_fetch(&object->ref, 1, __ATOMIC_ACQ_REL);

    if (!ref) {
        mutex_destroy(&object->mutex);
        free(object);
    }
    return ref;
}

static HRESULT WINAPI object_QueryInterface(void *self, REFIID iid, void **out)
{
    struct client_object *object = self;

    *out = NULL;
    if (IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, object->iids[0]))
        *out = self;
    else if (object->iids[1] && IsEqualGUID(iid, object->iids[1]))
        *out = &object->second_vtbl;
    if (!*out)
        return E_NOINTERFACE;
    object_AddRef(self);
    return S_OK;
}

static void *object_of_second(void *second)
{
    return (char *)second - offsetof(struct client_object, second_vtbl);
}

static ULONG WINAPI second_AddRef(void *self)
{
    return object_AddRef(object_of_second(self));
}

static ULONG WINAPI second_Release(void *self)
{
    return object_Release(object_of_second(self));
}

static HRESULT WINAPI second_QueryInterface(void *self, REFIID iid, void **out)
{
    return object_QueryInterface(object_of_second(self), iid, out);
}

#define OBJECT_SLOTS                                                                  \
    .QueryInterface = (void *)object_QueryInterface, .AddRef = (void *)object_AddRef, \
    .Release = (void *)object_Release
#define SECOND_SLOTS                                                                  \
    .QueryInterface = (void *)second_QueryInterface, .AddRef = (void *)second_AddRef, \
    .Release = (void *)second_Release

/* The Uri */

struct client_uri {
    struct client_object object;
    const char *scheme, *host, *text;
};

static HRESULT WINAPI uri_get_AbsoluteUri(IUriRuntimeClass *iface, HSTRING *value)
{
    *value = string_new(((struct client_uri *)iface)->text);
    return S_OK;
}

static HRESULT WINAPI uri_get_Host(IUriRuntimeClass *iface, HSTRING *value)
{
    *value = string_new(((struct client_uri *)iface)->host);
    return S_OK;
}

static HRESULT WINAPI uri_get_SchemeName(IUriRuntimeClass *iface, HSTRING *value)
{
    *value = string_new(((struct client_uri *)iface)->scheme);
    return S_OK;
}

IUriRuntimeClass *client_uri_new(const char *scheme, const char *host, const char *text)
{
    static const struct IUriRuntimeClassVtbl vtbl = {
        OBJECT_SLOTS,
        .get_AbsoluteUri = uri_get_AbsoluteUri,
        .get_Host = uri_get_Host,
        .get_SchemeName = uri_get_SchemeName,
    };
    struct client_uri *uri;

    uri = object_new(sizeof(*uri), &vtbl, &IID_IUriRuntimeClass, NULL, NULL);
    uri->scheme = scheme;
    uri->host = host;
    uri->text = text;
    return (IUriRuntimeClass *)uri;
}

/* The file */

struct client_file {
    struct client_object object;
    char path[RING_SIZE];
};

static HRESULT WINAPI file_get_Path(IStorageItem *iface, HSTRING *value)
{
    *value = string_new(((struct client_file *)object_of_second(iface))->path);
    return S_OK;
}

IStorageFile *client_file_new(const char *path)
{
    static const struct IStorageFileVtbl vtbl = { OBJECT_SLOTS };
    static const struct IStorageItemVtbl item_vtbl = { SECOND_SLOTS, .get_Path = file_get_Path };
    struct client_file *file;

    file = object_new(sizeof(*file), &vtbl, &IID_IStorageFile, &item_vtbl, &IID_IStorageItem);
    snprintf(file->path, sizeof(file->path), "%s", item_form(path));
    return (IStorageFile *)file;
}

/* The stream, and its reads */

typedef IAsyncOperationWithProgress_IBuffer_UINT32 read_async;
typedef IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32 read_handler;

struct client_read {
    struct client_object object;
    IBuffer *buffer;
    AsyncStatus status; /* with the object's mutex, as the handler */
    HRESULT error;
    read_handler *handler;
};

struct client_stream {
    struct client_object object;
    uint64_t size, position;
    uint32_t block;
    HRESULT failure;
    bool holds;
};

static ULONG WINAPI read_Release(void *self)
{
    struct client_read *read = self;
    IBuffer *buffer = read->buffer;
    ULONG ref = object_Release(self);

    if (!ref)
        IBuffer_Release(buffer);
    return ref;
}

static ULONG WINAPI read_info_Release(void *self)
{
    return read_Release(object_of_second(self));
}

static HRESULT WINAPI read_put_Completed(read_async *iface, read_handler *handler)
{
    struct client_read *read = (struct client_read *)iface;
    AsyncStatus status;

    mutex_lock(&read->object.mutex);
    status = read->status;
    if (status == Started) {
        read->handler = handler;
        IUnknown_AddRef((IUnknown *)handler);
    }
    mutex_unlock(&read->object.mutex);
    if (status != Started)
        IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32_Invoke(handler, iface, status);
    return S_OK;
}

static HRESULT WINAPI read_GetResults(read_async *iface, IBuffer **result)
{
    struct client_read *read = (struct client_read *)iface;

    *result = NULL;
    if (read->status == Error)
        return read->error;
    if (read->status != Completed)
        return E_ILLEGAL_METHOD_CALL;
    *result = read->buffer;
    IBuffer_AddRef(read->buffer);
    return S_OK;
}

static HRESULT WINAPI read_Cancel(IAsyncInfo *iface)
{
    struct client_read *read = object_of_second(iface);
    read_handler *handler = NULL;

    mutex_lock(&read->object.mutex);
    if (read->status == Started) {
        read->status = Canceled;
        handler = read->handler;
        read->handler = NULL;
    }
    mutex_unlock(&read->object.mutex);
    if (handler) {
        IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32_Invoke(handler,
                                                                          (read_async *)read,
                                                                          Canceled);
        IUnknown_Release((IUnknown *)handler);
    }
    return S_OK;
}

static struct client_read *read_new(IBuffer *buffer)
{
    static const struct IAsyncOperationWithProgress_IBuffer_UINT32Vtbl vtbl = {
        .QueryInterface = (void *)object_QueryInterface,
        .AddRef = (void *)object_AddRef,
        .Release = (void *)read_Release,
        .put_Completed = read_put_Completed,
        .GetResults = read_GetResults,
    };
    static const struct IAsyncInfoVtbl info_vtbl = {
        .QueryInterface = (void *)second_QueryInterface,
        .AddRef = (void *)second_AddRef,
        .Release = (void *)read_info_Release,
        .Cancel = read_Cancel,
    };
    struct client_read *read;

    read = object_new(sizeof(*read), &vtbl, &IID_IAsyncOperationWithProgress_IBuffer_UINT32,
                      &info_vtbl, &IID_IAsyncInfo);
    read->buffer = buffer;
    IBuffer_AddRef(buffer);
    return read;
}

static void fill(struct client_stream *stream, IBuffer *buffer, UINT32 count)
{
    IBufferByteAccess *access = NULL;
    BYTE *bytes = NULL;

    IBuffer_QueryInterface(buffer, &IID_IBufferByteAccess, (void **)&access);
    IBufferByteAccess_Buffer(access, &bytes);
    for (UINT32 i = 0; i < count; i++)
        bytes[i] = pattern_byte(stream->position + i);
    IBufferByteAccess_Release(access);
    IBuffer_put_Length(buffer, count);
    stream->position += count;
}

static HRESULT WINAPI stream_ReadAsync(IInputStream *iface, IBuffer *buffer, UINT32 count,
                                       InputStreamOptions options, read_async **out)
{
    struct client_stream *stream = (struct client_stream *)iface;
    struct client_read *read = read_new(buffer);
    uint64_t left = stream->size - stream->position;

    (void)options;
    if (count > stream->block)
        count = stream->block;
    if (count > left)
        count = (UINT32)left;
    if (stream->holds) {
        read->status = Started;
    } else if (!left && FAILED(stream->failure)) {
        read->status = Error;
        read->error = stream->failure;
    } else {
        fill(stream, buffer, count);
        read->status = Completed;
    }
    *out = (read_async *)read;
    return S_OK;
}

IInputStream *client_stream_new(uint64_t size, uint32_t block, HRESULT failure)
{
    static const struct IInputStreamVtbl vtbl = { OBJECT_SLOTS, .ReadAsync = stream_ReadAsync };
    struct client_stream *stream;

    stream = object_new(sizeof(*stream), &vtbl, &IID_IInputStream, NULL, NULL);
    stream->size = size;
    stream->block = block;
    stream->failure = failure;
    return (IInputStream *)stream;
}

void client_stream_hold(IInputStream *stream)
{
    ((struct client_stream *)stream)->holds = true;
}
