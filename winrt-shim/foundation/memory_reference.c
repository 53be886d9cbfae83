/* SPDX-License-Identifier: MIT */
/* IMemoryBufferReference (Windows.Foundation). */
#include "memory_block.h"

#include <memorybuffer.h>

#include "src/port/memory.h"
#include "winrt-shim/base/object.h"

typedef ITypedEventHandler_IMemoryBufferReference_IInspectable closed_handler;

struct subscription {
    struct subscription *next;
    INT64 token;
    closed_handler *handler;
};

struct memory_reference {
    IMemoryBufferReference IMemoryBufferReference_iface;
    IClosable IClosable_iface;
    IMemoryBufferByteAccess IMemoryBufferByteAccess_iface;
    struct object object;
    struct memory_block *block;
    /* All below under the block's lock. */
    struct memory_reference *next; /* open references */
    bool open;
    struct subscription *subscriptions;
    INT64 last_token;
};

DEFINE_INSPECTABLE(memory_reference, IMemoryBufferReference)
DEFINE_INSPECTABLE(memory_reference, IClosable)
DEFINE_UNKNOWN(memory_reference, IMemoryBufferByteAccess)

/* With the lock. */
static void unlink_reference(struct memory_reference *reference)
{
    struct memory_reference **link = &reference->block->references;

    if (!reference->open)
        return;
    while (*link != reference)
        link = &(*link)->next;
    *link = reference->next;
    reference->open = false;
}

static bool is_open(struct memory_reference *reference)
{
    bool open;

    mutex_lock(&reference->block->mutex);
    open = reference->open;
    mutex_unlock(&reference->block->mutex);
    return open;
}

static HRESULT WINAPI memory_reference_get_Capacity(IMemoryBufferReference *iface, UINT32 *value)
{
    struct memory_reference *reference = impl_from_IMemoryBufferReference(iface);

    if (!value)
        return E_POINTER;
    *value = is_open(reference) ? reference->block->capacity : 0;
    return S_OK;
}

static HRESULT WINAPI memory_reference_add_Closed(IMemoryBufferReference *iface,
                                                  closed_handler *handler,
                                                  EventRegistrationToken *token)
{
    struct memory_reference *reference = impl_from_IMemoryBufferReference(iface);
    struct subscription *subscription;

    if (!token)
        return E_POINTER;
    token->value = 0;
    if (!handler)
        return E_POINTER;
    if (!(subscription = memory_zalloc(sizeof(*subscription))))
        return E_OUTOFMEMORY;
    subscription->handler = handler;
    handler->lpVtbl->AddRef(handler);

    mutex_lock(&reference->block->mutex);
    token->value = subscription->token = ++reference->last_token;
    subscription->next = reference->subscriptions;
    reference->subscriptions = subscription;
    mutex_unlock(&reference->block->mutex);
    return S_OK;
}

static void free_subscriptions(struct subscription *subscription)
{
    struct subscription *next;

    for (; subscription; subscription = next) {
        next = subscription->next;
        subscription->handler->lpVtbl->Release(subscription->handler);
        memory_free(subscription);
    }
}

/* A token that there is not is no error. */
static HRESULT WINAPI memory_reference_remove_Closed(IMemoryBufferReference *iface,
                                                     EventRegistrationToken token)
{
    struct memory_reference *reference = impl_from_IMemoryBufferReference(iface);
    struct subscription **link, *found;

    mutex_lock(&reference->block->mutex);
    for (link = &reference->subscriptions; *link && (*link)->token != token.value;)
        link = &(*link)->next;
    if ((found = *link)) {
        *link = found->next;
        found->next = NULL;
    }
    mutex_unlock(&reference->block->mutex);
    free_subscriptions(found);
    return S_OK;
}

static HRESULT WINAPI memory_reference_Close(IClosable *iface)
{
    struct memory_reference *reference = impl_from_IClosable(iface);

    mutex_lock(&reference->block->mutex);
    unlink_reference(reference);
    mutex_unlock(&reference->block->mutex);
    return S_OK;
}

static HRESULT WINAPI memory_reference_GetBuffer(IMemoryBufferByteAccess *iface, BYTE **value,
                                                 UINT32 *capacity)
{
    struct memory_reference *reference = impl_from_IMemoryBufferByteAccess(iface);

    if (value)
        *value = NULL;
    if (capacity)
        *capacity = 0;
    if (!value || !capacity)
        return E_POINTER;
    if (is_open(reference)) {
        *value = reference->block->bytes;
        *capacity = reference->block->capacity;
    }
    return S_OK;
}

static const struct IMemoryBufferReferenceVtbl memory_reference_vtbl = {
    INSPECTABLE_SLOTS(memory_reference, IMemoryBufferReference),
    memory_reference_get_Capacity,
    memory_reference_add_Closed,
    memory_reference_remove_Closed,
};

static const struct IClosableVtbl memory_reference_closable_vtbl = {
    INSPECTABLE_SLOTS(memory_reference, IClosable),
    memory_reference_Close,
};

static const struct IMemoryBufferByteAccessVtbl memory_reference_byte_access_vtbl = {
    UNKNOWN_SLOTS(memory_reference, IMemoryBufferByteAccess),
    memory_reference_GetBuffer,
};

static void memory_reference_destroy(void *instance)
{
    struct memory_reference *reference = instance;

    mutex_lock(&reference->block->mutex);
    unlink_reference(reference);
    mutex_unlock(&reference->block->mutex);
    free_subscriptions(reference->subscriptions);
    memory_block_release(reference->block);
}

static const struct object_interface memory_reference_interfaces[] = {
    OBJECT_INTERFACE(memory_reference, IMemoryBufferReference),
    OBJECT_INTERFACE(memory_reference, IClosable),
    OBJECT_INTERFACE(memory_reference, IMemoryBufferByteAccess),
};

/* No runtime class is documented for it: it bears the interface's name. */
static const struct object_class memory_reference_class =
    OBJECT_CLASS_CLOAKED(memory_reference, u"Windows.Foundation.IMemoryBufferReference",
                         memory_reference_destroy, 1);

HRESULT memory_reference_create(struct memory_block *block, IMemoryBufferReference **out)
{
    struct memory_reference *reference = object_alloc(&memory_reference_class);

    *out = NULL;
    if (!reference)
        return E_OUTOFMEMORY;
    reference->IMemoryBufferReference_iface.lpVtbl = &memory_reference_vtbl;
    reference->IClosable_iface.lpVtbl = &memory_reference_closable_vtbl;
    reference->IMemoryBufferByteAccess_iface.lpVtbl = &memory_reference_byte_access_vtbl;
    memory_block_addref(block);
    reference->block = block;

    mutex_lock(&block->mutex);
    if (!block->closed) {
        reference->next = block->references;
        block->references = reference;
        reference->open = true;
    }
    mutex_unlock(&block->mutex);
    *out = &reference->IMemoryBufferReference_iface;
    return S_OK;
}

/* The first open reference that is not just being destroyed, with a reference. With the lock. */
static struct memory_reference *take_open(struct memory_block *block)
{
    struct memory_reference *reference;
    LONG count;

    for (reference = block->references; reference; reference = reference->next) {
        count = __atomic_load_n(&reference->object.ref, __ATOMIC_RELAXED);
        while (count && !__atomic_compare_exchange_n(&reference->object.ref, &count, count + 1,
                                                     false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            ;
        if (count)
            return reference;
    }
    return NULL;
}

/* Its handlers find it open still: to let go of the bytes is what they are for. */
static void close_reference(struct memory_reference *reference)
{
    struct subscription *subscriptions, *subscription;

    mutex_lock(&reference->block->mutex);
    subscriptions = reference->subscriptions;
    reference->subscriptions = NULL;
    mutex_unlock(&reference->block->mutex);

    for (subscription = subscriptions; subscription; subscription = subscription->next)
        subscription->handler->lpVtbl->Invoke(subscription->handler,
                                              &reference->IMemoryBufferReference_iface, NULL);
    free_subscriptions(subscriptions);
    memory_reference_Close(&reference->IClosable_iface);
}

void memory_block_close(struct memory_block *block)
{
    struct memory_reference *reference;

    for (;;) {
        mutex_lock(&block->mutex);
        block->closed = true;
        reference = take_open(block);
        mutex_unlock(&block->mutex);
        if (!reference)
            return;
        close_reference(reference);
        IMemoryBufferReference_Release(&reference->IMemoryBufferReference_iface);
    }
}
