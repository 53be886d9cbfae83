/* SPDX-License-Identifier: MIT */
/* The free-threaded marshaler: alone and aggregated, and pointers through a stream. */
#define COBJMACROS
#include <windows.h>
#include <objbase.h>

#include <string.h>

#include "tests/support/check.h"
#include "tests/support/platform.h"
#include "tests/support/test_main.h"

/* A stream over a few bytes: what marshalling needs of one. */
struct stream {
    IStream IStream_iface;
    char data[256];
    ULONG size, position;
};

static struct stream *impl_from_IStream(IStream *iface)
{
    return CONTAINING_RECORD(iface, struct stream, IStream_iface);
}

static HRESULT STDMETHODCALLTYPE stream_QueryInterface(IStream *iface, REFIID iid, void **out)
{
    (void)iface, (void)iid;
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE stream_AddRef(IStream *iface)
{
    (void)iface;
    return 2;
}

static ULONG STDMETHODCALLTYPE stream_Release(IStream *iface)
{
    (void)iface;
    return 1;
}

static HRESULT STDMETHODCALLTYPE stream_Read(IStream *iface, void *buffer, ULONG size, ULONG *read)
{
    struct stream *stream = impl_from_IStream(iface);
    ULONG left = stream->size - stream->position;

    if (size > left)
        size = left;
    memcpy(buffer, stream->data + stream->position, size);
    stream->position += size;
    if (read)
        *read = size;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_Write(IStream *iface, const void *buffer, ULONG size,
                                              ULONG *written)
{
    struct stream *stream = impl_from_IStream(iface);

    assert_in_range(size, 0, sizeof(stream->data) - stream->size);
    memcpy(stream->data + stream->size, buffer, size);
    stream->size += size;
    if (written)
        *written = size;
    return S_OK;
}

static struct IStreamVtbl stream_vtbl = {
    .QueryInterface = stream_QueryInterface,
    .AddRef = stream_AddRef,
    .Release = stream_Release,
    .Read = stream_Read,
    .Write = stream_Write,
};

static void stream_init(struct stream *stream)
{
    memset(stream, 0, sizeof(*stream));
    stream->IStream_iface.lpVtbl = &stream_vtbl;
}

static IMarshal *create(IUnknown **inner)
{
    check_ok(CoCreateFreeThreadedMarshaler(NULL, inner));
    return query(*inner, &IID_IMarshal);
}

static void marshaler_alone_is_one_object(void **state)
{
    IUnknown *inner = NULL, *unknown;
    IMarshal *marshal = create(&inner);
    void *other = (void *)0xdead;

    (void)state;
    unknown = query(marshal, &IID_IUnknown);
    assert_ptr_equal(unknown, inner);
    check_hresult(E_NOINTERFACE, IUnknown_QueryInterface(inner, &IID_IStream, &other));
    assert_null(other);
    release_ref(unknown);
    release_ref(marshal);
    check_last_release(inner);
}

static void null_pointers_are_refused(void **state)
{
    void *other = (void *)0xdead;
    IUnknown *inner = NULL;
    struct stream stream;
    IMarshal *marshal;

    (void)state;
    skip_but_natively("what NULL pointers get is not documented");
    check_hresult(E_INVALIDARG, CoCreateFreeThreadedMarshaler(NULL, NULL));
    marshal = create(&inner);
    check_hresult(E_POINTER, IUnknown_QueryInterface(inner, &IID_IStream, NULL));
    check_hresult(E_INVALIDARG, IUnknown_QueryInterface(inner, NULL, &other));
    assert_null(other);
    check_hresult(E_INVALIDARG, IMarshal_MarshalInterface(marshal, NULL, &IID_IUnknown, NULL,
                                                          MSHCTX_INPROC, NULL, MSHLFLAGS_NORMAL));
    stream_init(&stream);
    check_ok(IMarshal_MarshalInterface(marshal, &stream.IStream_iface, &IID_IUnknown, NULL,
                                       MSHCTX_INPROC, NULL, MSHLFLAGS_NORMAL));
    check_ok(IMarshal_ReleaseMarshalData(marshal, &stream.IStream_iface));
    release_ref(marshal);
    check_last_release(inner);
}

static void aggregated_marshaler_delegates(void **state)
{
    IUnknown *outer = NULL, *inner = NULL;
    IMarshal *marshal;

    (void)state;
    check_ok(CoCreateFreeThreadedMarshaler(NULL, &outer)); /* any object will do */
    check_ok(CoCreateFreeThreadedMarshaler(outer, &inner));
    check_refcount(1, outer);
    marshal = query(inner, &IID_IMarshal);
    check_refcount(2, outer);
    check_same_object(outer, marshal);
    release_ref(marshal);
    check_last_release(inner);
    check_last_release(outer);
}

static void pointer_goes_through_a_stream(void **state)
{
    IUnknown *inner = NULL;
    IMarshal *marshal = create(&inner), *other = NULL;
    struct stream stream;
    CLSID clsid = { 0 };
    DWORD size = 0;

    (void)state;
    stream_init(&stream);
    check_ok(IMarshal_GetMarshalSizeMax(marshal, &IID_IMarshal, marshal, MSHCTX_INPROC, NULL,
                                        MSHLFLAGS_NORMAL, &size));
    check_ok(IMarshal_GetUnmarshalClass(marshal, &IID_IMarshal, marshal, MSHCTX_INPROC, NULL,
                                        MSHLFLAGS_NORMAL, &clsid));
    assert_int_equal(clsid.Data1, 0x33a);
    check_ok(IMarshal_MarshalInterface(marshal, &stream.IStream_iface, &IID_IMarshal, marshal,
                                       MSHCTX_INPROC, NULL, MSHLFLAGS_NORMAL));
    assert_in_range(stream.size, 1, size);
    check_refcount(3, inner);
    check_ok(IMarshal_UnmarshalInterface(marshal, &stream.IStream_iface, &IID_IMarshal,
                                         (void **)&other));
    assert_ptr_equal(other, marshal);
    check_refcount(3, inner);
    release_ref(other);
    release_ref(marshal);
    check_last_release(inner);
}

static void marshalled_data_can_be_dropped(void **state)
{
    IUnknown *inner = NULL;
    IMarshal *marshal = create(&inner);
    struct stream stream;

    (void)state;
    stream_init(&stream);
    check_ok(IMarshal_MarshalInterface(marshal, &stream.IStream_iface, &IID_IMarshal, marshal,
                                       MSHCTX_INPROC, NULL, MSHLFLAGS_NORMAL));
    check_refcount(3, inner);
    check_ok(IMarshal_ReleaseMarshalData(marshal, &stream.IStream_iface));
    check_ok(IMarshal_DisconnectObject(marshal, 0));
    release_ref(marshal);
    check_last_release(inner);
}

static void forged_stream_is_refused(void **state)
{
    IUnknown *inner = NULL;
    IMarshal *marshal = create(&inner);
    void *other = (void *)0xdead;
    struct stream stream;

    (void)state;
    skip_but_natively("what a forged stream gets is not documented");
    stream_init(&stream);
    stream.size = sizeof(stream.data);
    memset(stream.data, 0x41, sizeof(stream.data));
    check_hresult(E_UNEXPECTED, IMarshal_UnmarshalInterface(marshal, &stream.IStream_iface,
                                                            &IID_IUnknown, &other));
    assert_null(other);
    check_hresult(E_UNEXPECTED, IMarshal_ReleaseMarshalData(marshal, &stream.IStream_iface));
    stream_init(&stream);
    check_hresult(E_UNEXPECTED, IMarshal_ReleaseMarshalData(marshal, &stream.IStream_iface));
    release_ref(marshal);
    check_last_release(inner);
}

static void other_processes_are_refused(void **state)
{
    IUnknown *inner = NULL;
    IMarshal *marshal = create(&inner);
    struct stream stream;

    (void)state;
    skip_but_natively("Windows marshals to other processes");
    stream_init(&stream);
    check_hresult(REGDB_E_IIDNOTREG,
                  IMarshal_MarshalInterface(marshal, &stream.IStream_iface, &IID_IUnknown, NULL,
                                            MSHCTX_LOCAL, NULL, MSHLFLAGS_NORMAL));
    assert_int_equal(stream.size, 0);
    release_ref(marshal);
    check_last_release(inner);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(marshaler_alone_is_one_object),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(aggregated_marshaler_delegates),
    cmocka_unit_test(pointer_goes_through_a_stream),
    cmocka_unit_test(marshalled_data_can_be_dropped),
    cmocka_unit_test(forged_stream_is_refused),
    cmocka_unit_test(other_processes_are_refused),
};

TEST_MAIN(tests)
