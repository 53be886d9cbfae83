/* SPDX-License-Identifier: MIT */
#include "foreign_streams.h"

#include <stdlib.h>
#include <string.h>

#include "src/port/threads.h"
#include "streams.h"

/* Each has one interface, and IClosable is not among them: nobody may rely on it. */
#define DEFINE_FOREIGN(prefix, iface)                                                  \
    static HRESULT WINAPI prefix##_QueryInterface(iface *self, REFIID iid, void **out) \
    {                                                                                  \
        *out = NULL;                                                                   \
        if (!IsEqualGUID(iid, &IID_##iface) && !IsEqualGUID(iid, &IID_IUnknown) &&     \
            !IsEqualGUID(iid, &IID_IAgileObject))                                      \
            return E_NOINTERFACE;                                                      \
        self->lpVtbl->AddRef(self);                                                    \
        *out = self;                                                                   \
        return S_OK;                                                                   \
    }                                                                                  \
    static HRESULT WINAPI prefix##_GetIids(iface *self, ULONG *count, IID **iids)      \
    {                                                                                  \
        (void)self;                                                                    \
        (void)count;                                                                   \
        (void)iids;                                                                    \
        return E_NOTIMPL;                                                              \
    }                                                                                  \
    static HRESULT WINAPI prefix##_GetRuntimeClassName(iface *self, HSTRING *name)     \
    {                                                                                  \
        (void)self;                                                                    \
        (void)name;                                                                    \
        return E_NOTIMPL;                                                              \
    }                                                                                  \
    static HRESULT WINAPI prefix##_GetTrustLevel(iface *self, TrustLevel *level)       \
    {                                                                                  \
        (void)self;                                                                    \
        (void)level;                                                                   \
        return E_NOTIMPL;                                                              \
    }

#define FOREIGN_SLOTS(prefix)                                                     \
    prefix##_QueryInterface, prefix##_AddRef, prefix##_Release, prefix##_GetIids, \
        prefix##_GetRuntimeClassName, prefix##_GetTrustLevel

/* A buffer */

struct foreign {
    IBuffer IBuffer_iface;
    IBufferByteAccess IBufferByteAccess_iface;
    LONG ref;
    UINT32 length;
    BYTE bytes[64];
};

static struct foreign *foreign_from(IBuffer *iface)
{
    return CONTAINING_RECORD(iface, struct foreign, IBuffer_iface);
}

static HRESULT WINAPI foreign_QueryInterface(IBuffer *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (IsEqualGUID(iid, &IID_IBufferByteAccess))
        *out = &foreign_from(iface)->IBufferByteAccess_iface;
    else if (IsEqualGUID(iid, &IID_IBuffer) || IsEqualGUID(iid, &IID_IUnknown))
        *out = iface;
    else
        return E_NOINTERFACE;
    IBuffer_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI foreign_AddRef(IBuffer *iface)
{
    return (ULONG)InterlockedIncrement(&foreign_from(iface)->ref);
}

static ULONG WINAPI foreign_Release(IBuffer *iface)
{
    LONG ref = InterlockedDecrement(&foreign_from(iface)->ref);

    if (!ref)
        free(foreign_from(iface));
    return (ULONG)ref;
}

static HRESULT WINAPI foreign_GetIids(IBuffer *iface, ULONG *count, IID **iids)
{
    (void)iface;
    (void)count;
    (void)iids;
    return E_NOTIMPL;
}

static HRESULT WINAPI foreign_GetRuntimeClassName(IBuffer *iface, HSTRING *name)
{
    (void)iface;
    (void)name;
    return E_NOTIMPL;
}

static HRESULT WINAPI foreign_GetTrustLevel(IBuffer *iface, TrustLevel *level)
{
    (void)iface;
    (void)level;
    return E_NOTIMPL;
}

static HRESULT WINAPI foreign_get_Capacity(IBuffer *iface, UINT32 *value)
{
    *value = sizeof(foreign_from(iface)->bytes);
    return S_OK;
}

static HRESULT WINAPI foreign_get_Length(IBuffer *iface, UINT32 *value)
{
    *value = foreign_from(iface)->length;
    return S_OK;
}

static HRESULT WINAPI foreign_put_Length(IBuffer *iface, UINT32 value)
{
    foreign_from(iface)->length = value;
    return S_OK;
}

static IBuffer *buffer_from_access(IBufferByteAccess *iface)
{
    return &CONTAINING_RECORD(iface, struct foreign, IBufferByteAccess_iface)->IBuffer_iface;
}

static HRESULT WINAPI access_QueryInterface(IBufferByteAccess *iface, REFIID iid, void **out)
{
    return IBuffer_QueryInterface(buffer_from_access(iface), iid, out);
}

static ULONG WINAPI access_AddRef(IBufferByteAccess *iface)
{
    return IBuffer_AddRef(buffer_from_access(iface));
}

static ULONG WINAPI access_Release(IBufferByteAccess *iface)
{
    return IBuffer_Release(buffer_from_access(iface));
}

static HRESULT WINAPI access_Buffer(IBufferByteAccess *iface, BYTE **value)
{
    *value = foreign_from(buffer_from_access(iface))->bytes;
    return S_OK;
}

static const struct IBufferVtbl foreign_vtbl = {
    FOREIGN_SLOTS(foreign),
    foreign_get_Capacity,
    foreign_get_Length,
    foreign_put_Length,
};

static const struct IBufferByteAccessVtbl access_vtbl = {
    access_QueryInterface,
    access_AddRef,
    access_Release,
    access_Buffer,
};

IBuffer *foreign_buffer(const char *text)
{
    struct foreign *foreign = calloc(1, sizeof(*foreign));

    assert_non_null(foreign);
    foreign->IBuffer_iface.lpVtbl = &foreign_vtbl;
    foreign->IBufferByteAccess_iface.lpVtbl = &access_vtbl;
    foreign->ref = 1;
    foreign->length = (UINT32)strlen(text);
    assert_true(foreign->length <= sizeof(foreign->bytes));
    memcpy(foreign->bytes, text, foreign->length);
    return &foreign->IBuffer_iface;
}

/* An output stream */

struct narrow {
    IOutputStream IOutputStream_iface;
    LONG ref;
    IOutputStream *inner;
    UINT32 most;
};

static struct narrow *narrow_from(IOutputStream *iface)
{
    return CONTAINING_RECORD(iface, struct narrow, IOutputStream_iface);
}

static ULONG WINAPI narrow_AddRef(IOutputStream *iface)
{
    return (ULONG)InterlockedIncrement(&narrow_from(iface)->ref);
}

static ULONG WINAPI narrow_Release(IOutputStream *iface)
{
    struct narrow *narrow = narrow_from(iface);
    LONG ref = InterlockedDecrement(&narrow->ref);

    if (!ref) {
        IOutputStream_Release(narrow->inner);
        free(narrow);
    }
    return (ULONG)ref;
}

DEFINE_FOREIGN(narrow, IOutputStream)

static HRESULT WINAPI narrow_WriteAsync(IOutputStream *iface, IBuffer *buffer,
                                        IAsyncOperationWithProgress_UINT32_UINT32 **operation)
{
    struct narrow *narrow = narrow_from(iface);
    IBufferByteAccess *access = NULL;
    UINT32 length = 0;
    BYTE *bytes = NULL;
    IBuffer *part;
    HRESULT hr;

    IBuffer_get_Length(buffer, &length);
    IBuffer_QueryInterface(buffer, &IID_IBufferByteAccess, (void **)&access);
    IBufferByteAccess_Buffer(access, &bytes);
    IBufferByteAccess_Release(access);
    part = foreign_buffer("");
    length = length < narrow->most ? length : narrow->most;
    memcpy(foreign_from(part)->bytes, bytes, length);
    foreign_from(part)->length = length;
    hr = IOutputStream_WriteAsync(narrow->inner, part, operation);
    IBuffer_Release(part);
    return hr;
}

static HRESULT WINAPI narrow_FlushAsync(IOutputStream *iface, IAsyncOperation_boolean **operation)
{
    return IOutputStream_FlushAsync(narrow_from(iface)->inner, operation);
}

static const struct IOutputStreamVtbl narrow_vtbl = {
    FOREIGN_SLOTS(narrow),
    narrow_WriteAsync,
    narrow_FlushAsync,
};

IOutputStream *narrow_output_stream(void *inner, UINT32 most)
{
    struct narrow *narrow = calloc(1, sizeof(*narrow));

    assert_non_null(narrow);
    narrow->IOutputStream_iface.lpVtbl = &narrow_vtbl;
    narrow->ref = 1;
    narrow->inner = query(inner, &IID_IOutputStream);
    narrow->most = most;
    return &narrow->IOutputStream_iface;
}

/* A read that does not end by itself */

struct stuck {
    IAsyncOperationWithProgress_IBuffer_UINT32 operation_iface;
    IAsyncInfo IAsyncInfo_iface;
    LONG ref;
    struct mutex mutex;
    bool cancelled;
    IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32 *completed;
};

typedef IAsyncOperationWithProgress_IBuffer_UINT32 IStuck;

static struct stuck *stuck_from(IStuck *iface)
{
    return CONTAINING_RECORD(iface, struct stuck, operation_iface);
}

static ULONG WINAPI stuck_AddRef(IStuck *iface)
{
    return (ULONG)InterlockedIncrement(&stuck_from(iface)->ref);
}

static ULONG WINAPI stuck_Release(IStuck *iface)
{
    LONG ref = InterlockedDecrement(&stuck_from(iface)->ref);

    if (!ref) {
        mutex_destroy(&stuck_from(iface)->mutex);
        free(stuck_from(iface));
    }
    return (ULONG)ref;
}

static HRESULT WINAPI stuck_QueryInterface(IStuck *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (IsEqualGUID(iid, &IID_IAsyncInfo))
        *out = &stuck_from(iface)->IAsyncInfo_iface;
    else if (IsEqualGUID(iid, &IID_IAsyncOperationWithProgress_IBuffer_UINT32) ||
             IsEqualGUID(iid, &IID_IUnknown))
        *out = iface;
    else
        return E_NOINTERFACE;
    stuck_AddRef(iface);
    return S_OK;
}

static HRESULT WINAPI stuck_GetIids(IStuck *iface, ULONG *count, IID **iids)
{
    (void)iface;
    (void)count;
    (void)iids;
    return E_NOTIMPL;
}

static HRESULT WINAPI stuck_GetRuntimeClassName(IStuck *iface, HSTRING *name)
{
    (void)iface;
    (void)name;
    return E_NOTIMPL;
}

static HRESULT WINAPI stuck_GetTrustLevel(IStuck *iface, TrustLevel *level)
{
    (void)iface;
    (void)level;
    return E_NOTIMPL;
}

static HRESULT WINAPI stuck_put_Progress(IStuck *iface,
                                         IAsyncOperationProgressHandler_IBuffer_UINT32 *handler)
{
    (void)iface;
    (void)handler;
    return S_OK;
}

static HRESULT WINAPI stuck_get_Progress(IStuck *iface,
                                         IAsyncOperationProgressHandler_IBuffer_UINT32 **handler)
{
    (void)iface;
    *handler = NULL;
    return S_OK;
}

/* Calls the handler once there is one and Cancel was called. */
static void stuck_end(struct stuck *stuck)
{
    IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32 *handler = NULL;

    mutex_lock(&stuck->mutex);
    if (stuck->cancelled) {
        handler = stuck->completed;
        stuck->completed = NULL;
    }
    mutex_unlock(&stuck->mutex);
    if (!handler)
        return;
    handler->lpVtbl->Invoke(handler, &stuck->operation_iface, Canceled);
    handler->lpVtbl->Release(handler);
}

static HRESULT WINAPI stuck_put_Completed(
    IStuck *iface, IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32 *handler)
{
    struct stuck *stuck = stuck_from(iface);

    handler->lpVtbl->AddRef(handler);
    mutex_lock(&stuck->mutex);
    stuck->completed = handler;
    mutex_unlock(&stuck->mutex);
    stuck_end(stuck);
    return S_OK;
}

static HRESULT WINAPI stuck_get_Completed(
    IStuck *iface, IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32 **handler)
{
    (void)iface;
    *handler = NULL;
    return S_OK;
}

static HRESULT WINAPI stuck_GetResults(IStuck *iface, IBuffer **results)
{
    (void)iface;
    *results = NULL;
    return E_ILLEGAL_METHOD_CALL;
}

static const struct IAsyncOperationWithProgress_IBuffer_UINT32Vtbl stuck_vtbl = {
    FOREIGN_SLOTS(stuck), stuck_put_Progress,  stuck_get_Progress,
    stuck_put_Completed,  stuck_get_Completed, stuck_GetResults,
};

static struct stuck *stuck_from_info(IAsyncInfo *iface)
{
    return CONTAINING_RECORD(iface, struct stuck, IAsyncInfo_iface);
}

static HRESULT WINAPI info_QueryInterface(IAsyncInfo *iface, REFIID iid, void **out)
{
    return stuck_QueryInterface(&stuck_from_info(iface)->operation_iface, iid, out);
}

static ULONG WINAPI info_AddRef(IAsyncInfo *iface)
{
    return stuck_AddRef(&stuck_from_info(iface)->operation_iface);
}

static ULONG WINAPI info_Release(IAsyncInfo *iface)
{
    return stuck_Release(&stuck_from_info(iface)->operation_iface);
}

static HRESULT WINAPI info_GetIids(IAsyncInfo *iface, ULONG *count, IID **iids)
{
    return stuck_GetIids(&stuck_from_info(iface)->operation_iface, count, iids);
}

static HRESULT WINAPI info_GetRuntimeClassName(IAsyncInfo *iface, HSTRING *name)
{
    return stuck_GetRuntimeClassName(&stuck_from_info(iface)->operation_iface, name);
}

static HRESULT WINAPI info_GetTrustLevel(IAsyncInfo *iface, TrustLevel *level)
{
    return stuck_GetTrustLevel(&stuck_from_info(iface)->operation_iface, level);
}

static HRESULT WINAPI info_get_Id(IAsyncInfo *iface, UINT32 *id)
{
    (void)iface;
    *id = 1;
    return S_OK;
}

static HRESULT WINAPI info_get_Status(IAsyncInfo *iface, AsyncStatus *status)
{
    (void)iface;
    *status = Started;
    return S_OK;
}

static HRESULT WINAPI info_get_ErrorCode(IAsyncInfo *iface, HRESULT *code)
{
    (void)iface;
    *code = S_OK;
    return S_OK;
}

static HRESULT WINAPI info_Cancel(IAsyncInfo *iface)
{
    struct stuck *stuck = stuck_from_info(iface);

    mutex_lock(&stuck->mutex);
    stuck->cancelled = true;
    mutex_unlock(&stuck->mutex);
    stuck_end(stuck);
    return S_OK;
}

static HRESULT WINAPI info_Close(IAsyncInfo *iface)
{
    (void)iface;
    return S_OK;
}

static const struct IAsyncInfoVtbl info_vtbl = {
    FOREIGN_SLOTS(info), info_get_Id, info_get_Status, info_get_ErrorCode, info_Cancel, info_Close,
};

/* An input stream of such */

struct stuck_stream {
    IInputStream IInputStream_iface;
    LONG ref;
};

static struct stuck_stream *stream_from(IInputStream *iface)
{
    return CONTAINING_RECORD(iface, struct stuck_stream, IInputStream_iface);
}

static ULONG WINAPI stream_AddRef(IInputStream *iface)
{
    return (ULONG)InterlockedIncrement(&stream_from(iface)->ref);
}

static ULONG WINAPI stream_Release(IInputStream *iface)
{
    LONG ref = InterlockedDecrement(&stream_from(iface)->ref);

    if (!ref)
        free(stream_from(iface));
    return (ULONG)ref;
}

DEFINE_FOREIGN(stream, IInputStream)

static HRESULT WINAPI stream_ReadAsync(IInputStream *iface, IBuffer *buffer, UINT32 count,
                                       InputStreamOptions options, IStuck **operation)
{
    struct stuck *stuck = calloc(1, sizeof(*stuck));

    (void)iface;
    (void)buffer;
    (void)count;
    (void)options;
    stuck->operation_iface.lpVtbl = &stuck_vtbl;
    stuck->IAsyncInfo_iface.lpVtbl = &info_vtbl;
    stuck->ref = 1;
    mutex_init(&stuck->mutex);
    *operation = &stuck->operation_iface;
    return S_OK;
}

static const struct IInputStreamVtbl stream_vtbl = {
    FOREIGN_SLOTS(stream),
    stream_ReadAsync,
};

IInputStream *stuck_input_stream(void)
{
    struct stuck_stream *stream = calloc(1, sizeof(*stream));

    assert_non_null(stream);
    stream->IInputStream_iface.lpVtbl = &stream_vtbl;
    stream->ref = 1;
    return &stream->IInputStream_iface;
}
