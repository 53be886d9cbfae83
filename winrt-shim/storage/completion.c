/* SPDX-License-Identifier: MIT */
#include "completion.h"

#include <stdbool.h>

#include <objidl.h>

#include "src/port/threads.h"
#include "winrt-shim/base/object.h"

/* All completed handlers look like this. */
typedef struct completion_iface ICompletionHandler;

struct completion_vtbl {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(ICompletionHandler *, REFIID, void **);
    ULONG(STDMETHODCALLTYPE *AddRef)(ICompletionHandler *);
    ULONG(STDMETHODCALLTYPE *Release)(ICompletionHandler *);
    HRESULT(STDMETHODCALLTYPE *Invoke)(ICompletionHandler *, void *operation, AsyncStatus status);
};

struct completion_iface {
    const struct completion_vtbl *lpVtbl;
};

struct completion {
    ICompletionHandler ICompletionHandler_iface;
    struct object object;
    const GUID *iid;
    struct mutex mutex;
    struct condition called;
    bool done;
    AsyncStatus status;
};

DEFINE_IMPL_FROM(completion, ICompletionHandler)

/* The object's table is one for all identifiers, so this instance's own is asked for here. */
static HRESULT STDMETHODCALLTYPE completion_QueryInterface(ICompletionHandler *iface, REFIID iid,
                                                           void **out)
{
    struct completion *completion = impl_from_ICompletionHandler(iface);

    bool own = iid && IsEqualGUID(iid, completion->iid);

    return object_query_interface(&completion->object, own ? &IID_IUnknown : iid, out);
}

static ULONG STDMETHODCALLTYPE completion_AddRef(ICompletionHandler *iface)
{
    return object_addref(&impl_from_ICompletionHandler(iface)->object);
}

static ULONG STDMETHODCALLTYPE completion_Release(ICompletionHandler *iface)
{
    return object_release(&impl_from_ICompletionHandler(iface)->object);
}

static HRESULT STDMETHODCALLTYPE completion_Invoke(ICompletionHandler *iface, void *operation,
                                                   AsyncStatus status)
{
    struct completion *completion = impl_from_ICompletionHandler(iface);

    (void)operation;
    mutex_lock(&completion->mutex);
    completion->status = status;
    completion->done = true;
    condition_broadcast(&completion->called);
    mutex_unlock(&completion->mutex);
    return S_OK;
}

static const struct completion_vtbl completion_vtbl = {
    completion_QueryInterface,
    completion_AddRef,
    completion_Release,
    completion_Invoke,
};

static void completion_destroy(void *instance)
{
    struct completion *completion = instance;

    condition_destroy(&completion->called);
    mutex_destroy(&completion->mutex);
}

static const struct object_interface completion_interfaces[] = {
    { &IID_IUnknown, offsetof(struct completion, ICompletionHandler_iface) },
};

static const struct object_class completion_class =
    OBJECT_CLASS(completion, NULL, completion_destroy);

struct completion *completion_create(const GUID *iid)
{
    struct completion *completion = object_alloc(&completion_class);

    if (!completion)
        return NULL;
    completion->ICompletionHandler_iface.lpVtbl = &completion_vtbl;
    completion->iid = iid;
    mutex_init(&completion->mutex);
    condition_init(&completion->called);
    return completion;
}

void completion_release(struct completion *completion)
{
    object_release(&completion->object);
}

void *completion_handler(struct completion *completion)
{
    return &completion->ICompletionHandler_iface;
}

AsyncStatus completion_wait(struct completion *completion)
{
    AsyncStatus status;

    mutex_lock(&completion->mutex);
    while (!completion->done)
        condition_wait(&completion->called, &completion->mutex);
    status = completion->status;
    mutex_unlock(&completion->mutex);
    return status;
}
