/* SPDX-License-Identifier: MIT */
/*
 * The free-threaded marshaler (CoCreateFreeThreadedMarshaler): an object aggregates it to say that
 * its pointers may be used on every thread. Inside the process a pointer is marshalled as itself;
 * beyond it there is nobody to marshal to. A stream also gets a number that only this process
 * knows, so that no pointer is taken from a stream that somebody else wrote.
 */
#include <windows.h>
#include <objbase.h>

#include "src/port/memory.h"
#include "src/port/system.h"
#include "src/port/threads.h"
#include "winrt-shim/base/error.h"

struct marshaler {
    IUnknown IUnknown_inner_iface; /* does not delegate */
    IMarshal IMarshal_iface;
    LONG ref;
    IUnknown *outer; /* not referenced: it owns this object. Itself if nobody aggregates it */
};

/* What goes into the stream. */
struct record {
    UINT64 secret;
    UINT64 pointer;
    UINT32 flags; /* MSHLFLAGS */
    UINT32 reserved;
};

static const CLSID free_marshaler_clsid = { 0x33a, 0, 0, { 0xc0, 0, 0, 0, 0, 0, 0, 0x46 } };

static UINT64 secret;
static enum port_status secret_status;
static struct once secret_made = ONCE_INITIALIZER;

static void make_secret(void)
{
    secret_status = system_random(&secret, sizeof(secret));
}

static HRESULT get_secret(UINT64 *ret)
{
    once_run(&secret_made, make_secret);
    *ret = secret;
    return secret_status ? hresult_from_status(secret_status) : S_OK;
}

static inline struct marshaler *impl_from_inner(IUnknown *iface)
{
    return CONTAINING_RECORD(iface, struct marshaler, IUnknown_inner_iface);
}

static inline struct marshaler *impl_from_IMarshal(IMarshal *iface)
{
    return CONTAINING_RECORD(iface, struct marshaler, IMarshal_iface);
}

static HRESULT STDMETHODCALLTYPE inner_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    struct marshaler *marshaler = impl_from_inner(iface);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!iid)
        return E_INVALIDARG;
    if (IsEqualGUID(iid, &IID_IUnknown))
        *out = &marshaler->IUnknown_inner_iface;
    else if (IsEqualGUID(iid, &IID_IMarshal))
        *out = &marshaler->IMarshal_iface;
    if (!*out)
        return E_NOINTERFACE;
    IUnknown_AddRef((IUnknown *)*out);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE inner_AddRef(IUnknown *iface)
{
    return InterlockedIncrement(&impl_from_inner(iface)->ref);
}

static ULONG STDMETHODCALLTYPE inner_Release(IUnknown *iface)
{
    struct marshaler *marshaler = impl_from_inner(iface);
    ULONG ref = InterlockedDecrement(&marshaler->ref);

    if (!ref)
        memory_free(marshaler);
    return ref;
}

static const struct IUnknownVtbl inner_vtbl = { inner_QueryInterface, inner_AddRef, inner_Release };

static HRESULT STDMETHODCALLTYPE marshaler_QueryInterface(IMarshal *iface, REFIID iid, void **out)
{
    return IUnknown_QueryInterface(impl_from_IMarshal(iface)->outer, iid, out);
}

static ULONG STDMETHODCALLTYPE marshaler_AddRef(IMarshal *iface)
{
    return IUnknown_AddRef(impl_from_IMarshal(iface)->outer);
}

static ULONG STDMETHODCALLTYPE marshaler_Release(IMarshal *iface)
{
    return IUnknown_Release(impl_from_IMarshal(iface)->outer);
}

/* REGDB_E_IIDNOTREG beyond the process: no interface has a proxy. */
static HRESULT check_context(DWORD context)
{
    return context == MSHCTX_INPROC || context == MSHCTX_CROSSCTX ? S_OK : REGDB_E_IIDNOTREG;
}

static HRESULT STDMETHODCALLTYPE marshaler_GetUnmarshalClass(IMarshal *iface, REFIID iid,
                                                             void *object, DWORD context,
                                                             void *context_data, DWORD flags,
                                                             CLSID *clsid)
{
    (void)iface, (void)iid, (void)object, (void)context_data, (void)flags;
    if (!clsid)
        return E_POINTER;
    *clsid = free_marshaler_clsid;
    return check_context(context);
}

static HRESULT STDMETHODCALLTYPE marshaler_GetMarshalSizeMax(IMarshal *iface, REFIID iid,
                                                             void *object, DWORD context,
                                                             void *context_data, DWORD flags,
                                                             DWORD *size)
{
    (void)iface, (void)iid, (void)object, (void)context_data, (void)flags;
    if (!size)
        return E_POINTER;
    *size = sizeof(struct record);
    return check_context(context);
}

static HRESULT STDMETHODCALLTYPE marshaler_MarshalInterface(IMarshal *iface, IStream *stream,
                                                            REFIID iid, void *object, DWORD context,
                                                            void *context_data, DWORD flags)
{
    IUnknown *source = object ? object : impl_from_IMarshal(iface)->outer;
    struct record record = { .flags = flags };
    IUnknown *pointer;
    HRESULT hr;

    (void)context_data;
    if (!stream || !iid)
        return E_INVALIDARG;
    if (FAILED(hr = check_context(context)) || FAILED(hr = get_secret(&record.secret)) ||
        FAILED(hr = IUnknown_QueryInterface(source, iid, (void **)&pointer)))
        return hr;
    record.pointer = (UINT_PTR)pointer;
    hr = IStream_Write(stream, &record, sizeof(record), NULL);
    /* The stream owns a reference, but for a table of weak ones. */
    if (FAILED(hr) || flags & MSHLFLAGS_TABLEWEAK)
        IUnknown_Release(pointer);
    return hr;
}

static HRESULT read_record(IStream *stream, struct record *record)
{
    UINT64 expected;
    ULONG size = 0;
    HRESULT hr;

    if (!stream)
        return E_INVALIDARG;
    if (FAILED(hr = get_secret(&expected)) ||
        FAILED(hr = IStream_Read(stream, record, sizeof(*record), &size)))
        return hr;
    return size == sizeof(*record) && record->secret == expected ? S_OK : E_UNEXPECTED;
}

/* Takes what MarshalInterface wrote; the reference in it passes on, unless it was marshalled for a
 * table. */
static HRESULT STDMETHODCALLTYPE marshaler_UnmarshalInterface(IMarshal *iface, IStream *stream,
                                                              REFIID iid, void **out)
{
    struct record record;
    IUnknown *pointer;
    HRESULT hr;

    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!iid)
        return E_INVALIDARG;
    if (FAILED(hr = read_record(stream, &record)))
        return hr;
    pointer = (IUnknown *)(UINT_PTR)record.pointer;
    hr = IUnknown_QueryInterface(pointer, iid, out);
    if (record.flags == MSHLFLAGS_NORMAL)
        IUnknown_Release(pointer);
    return hr;
}

/* For data that nobody unmarshals. */
static HRESULT STDMETHODCALLTYPE marshaler_ReleaseMarshalData(IMarshal *iface, IStream *stream)
{
    struct record record;
    HRESULT hr;

    (void)iface;
    if (FAILED(hr = read_record(stream, &record)))
        return hr;
    if (!(record.flags & MSHLFLAGS_TABLEWEAK))
        IUnknown_Release((IUnknown *)(UINT_PTR)record.pointer);
    return S_OK;
}

/* There are no connections to cut. */
static HRESULT STDMETHODCALLTYPE marshaler_DisconnectObject(IMarshal *iface, DWORD reserved)
{
    (void)iface, (void)reserved;
    return S_OK;
}

static const struct IMarshalVtbl marshaler_vtbl = {
    marshaler_QueryInterface,
    marshaler_AddRef,
    marshaler_Release,
    marshaler_GetUnmarshalClass,
    marshaler_GetMarshalSizeMax,
    marshaler_MarshalInterface,
    marshaler_UnmarshalInterface,
    marshaler_ReleaseMarshalData,
    marshaler_DisconnectObject,
};

/*
 * CoCreateFreeThreadedMarshaler: `out` gets the marshaler's own IUnknown, whose IMarshal delegates
 * to `outer` (NULL: to itself). E_INVALIDARG, E_OUTOFMEMORY.
 */
HRESULT WINAPI CoCreateFreeThreadedMarshaler(LPUNKNOWN outer, LPUNKNOWN *out)
{
    struct marshaler *marshaler;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (!(marshaler = memory_zalloc(sizeof(*marshaler))))
        return E_OUTOFMEMORY;
    marshaler->IUnknown_inner_iface.lpVtbl = &inner_vtbl;
    marshaler->IMarshal_iface.lpVtbl = &marshaler_vtbl;
    marshaler->ref = 1;
    marshaler->outer = outer ? outer : &marshaler->IUnknown_inner_iface;
    *out = &marshaler->IUnknown_inner_iface;
    return S_OK;
}
