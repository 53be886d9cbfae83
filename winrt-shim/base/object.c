/* SPDX-License-Identifier: MIT */
#include "object.h"

#include <objidl.h>
#include <winstring.h>

#include "src/port/memory.h"

static void *instance_of(struct object *object)
{
    return (char *)object - object->class->object_offset;
}

/* The identity of an object: its default interface. */
static IUnknown *identity_of(struct object *object)
{
    return (IUnknown *)((char *)instance_of(object) + object->class->interfaces[0].offset);
}

void *object_alloc(const struct object_class *class)
{
    char *instance = memory_zalloc(class->size);
    struct object *object;

    if (!instance)
        return NULL;
    object = (struct object *)(instance + class->object_offset);
    object->ref = 1;
    object->class = class;
    return instance;
}

static HRESULT query_marshaler(struct object *object, REFIID iid, void **out)
{
    IUnknown *made = NULL;
    HRESULT hr;

    if (!__atomic_load_n(&object->marshaler, __ATOMIC_ACQUIRE)) {
        IUnknown *none = NULL;

        hr = CoCreateFreeThreadedMarshaler(identity_of(object), &made);
        if (FAILED(hr))
            return hr;
        if (!__atomic_compare_exchange_n(&object->marshaler, &none, made, false, __ATOMIC_ACQ_REL,
                                         __ATOMIC_ACQUIRE))
            IUnknown_Release(made); /* another thread was faster */
    }
    return IUnknown_QueryInterface(__atomic_load_n(&object->marshaler, __ATOMIC_ACQUIRE), iid, out);
}

HRESULT object_query_interface(struct object *object, REFIID iid, void **out)
{
    const struct object_class *class = object->class;
    size_t i;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!iid)
        return E_INVALIDARG;

    for (i = 0; i < class->interface_count && !*out; i++) {
        if (IsEqualGUID(iid, class->interfaces[i].iid))
            *out = (char *)instance_of(object) + class->interfaces[i].offset;
    }
    if (!*out) {
        if (IsEqualGUID(iid, &IID_IMarshal))
            return query_marshaler(object, iid, out);
        if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IAgileObject) &&
            !(class->name && IsEqualGUID(iid, &IID_IInspectable)))
            return E_NOINTERFACE;
        *out = identity_of(object);
    }
    object_addref(object);
    return S_OK;
}

ULONG object_addref(struct object *object)
{
    return (ULONG)__atomic_add_fetch(&object->ref, 1, __ATOMIC_RELAXED);
}

bool object_try_addref(struct object *object)
{
    LONG count = __atomic_load_n(&object->ref, __ATOMIC_RELAXED);

    while (count && !__atomic_compare_exchange_n(&object->ref, &count, count + 1, true,
                                                 __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        ;
    return count != 0;
}

ULONG object_release(struct object *object)
{
    LONG left = __atomic_sub_fetch(&object->ref, 1, __ATOMIC_ACQ_REL);
    void *instance;

    if (!left) {
        instance = instance_of(object);
        if (object->marshaler)
            IUnknown_Release(object->marshaler);
        if (object->class->destroy)
            object->class->destroy(instance);
        memory_free(instance);
    }
    return (ULONG)left;
}

HRESULT object_get_iids(struct object *object, ULONG *count, IID **iids)
{
    const struct object_class *class = object->class;
    size_t listed = class->interface_count - class->cloaked_count;
    size_t i;

    if (count)
        *count = 0;
    if (iids)
        *iids = NULL;
    if (!count || !iids)
        return E_POINTER;

    *iids = CoTaskMemAlloc(listed * sizeof(**iids));
    if (!*iids)
        return E_OUTOFMEMORY;
    for (i = 0; i < listed; i++)
        (*iids)[i] = *class->interfaces[i].iid;
    *count = (ULONG)listed;
    return S_OK;
}

HRESULT object_get_runtime_class_name(struct object *object, HSTRING *name)
{
    const WCHAR *text = object->class->name;
    UINT32 length = 0;

    if (!name)
        return E_POINTER;
    while (text[length])
        length++;
    return WindowsCreateString(text, length, name);
}

HRESULT object_get_trust_level(struct object *object, TrustLevel *level)
{
    (void)object;
    if (!level)
        return E_POINTER;
    *level = BaseTrust;
    return S_OK;
}

HRESULT object_return(void *default_iface, REFIID iid, void **out)
{
    IUnknown *unknown = default_iface;
    HRESULT hr = IUnknown_QueryInterface(unknown, iid, out);

    IUnknown_Release(unknown);
    return hr;
}
