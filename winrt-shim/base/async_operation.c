/* SPDX-License-Identifier: MIT */
/* IAsyncAction, IAsyncOperation<T> and their forms with progress: one set of slots
 * for all types. */
#include "async_object.h"

#include <string.h>

#include "error.h"

static inline struct async *impl_from_operation(struct async_operation *iface)
{
    return CONTAINING_RECORD(iface, struct async, operation_iface);
}

static HRESULT STDMETHODCALLTYPE async_operation_QueryInterface(struct async_operation *iface,
                                                                REFIID iid, void **out)
{
    return object_query_interface(&impl_from_operation(iface)->object, iid, out);
}

static ULONG STDMETHODCALLTYPE async_operation_AddRef(struct async_operation *iface)
{
    return object_addref(&impl_from_operation(iface)->object);
}

static ULONG STDMETHODCALLTYPE async_operation_Release(struct async_operation *iface)
{
    return object_release(&impl_from_operation(iface)->object);
}

static HRESULT STDMETHODCALLTYPE async_operation_GetIids(struct async_operation *iface,
                                                         ULONG *count, IID **iids)
{
    return object_get_iids(&impl_from_operation(iface)->object, count, iids);
}

static HRESULT STDMETHODCALLTYPE async_operation_GetRuntimeClassName(struct async_operation *iface,
                                                                     HSTRING *name)
{
    return object_get_runtime_class_name(&impl_from_operation(iface)->object, name);
}

static HRESULT STDMETHODCALLTYPE async_operation_GetTrustLevel(struct async_operation *iface,
                                                               TrustLevel *level)
{
    return object_get_trust_level(&impl_from_operation(iface)->object, level);
}

static HRESULT STDMETHODCALLTYPE async_put_Progress(struct async_operation *iface,
                                                    struct progress_handler *handler)
{
    struct async *async = impl_from_operation(iface);
    struct progress_handler *before = NULL;
    bool attached = false;
    HRESULT hr = S_OK;

    if (handler)
        handler->lpVtbl->AddRef(handler);
    async_lock(async);
    if (async->closed) {
        hr = E_ILLEGAL_METHOD_CALL;
        before = handler;
    } else if (async->ended) {
        before = handler; /* never to be called, so not kept */
    } else {
        before = async->progress;
        async->progress = handler;
        attached = handler != NULL;
    }
    async_unlock(async);
    async_progress_release(before);
    if (attached && async->work->progress_attached)
        async->work->progress_attached(async->context);
    return hr;
}

static HRESULT STDMETHODCALLTYPE async_get_Progress(struct async_operation *iface,
                                                    struct progress_handler **handler)
{
    struct async *async = impl_from_operation(iface);
    HRESULT hr = S_OK;

    if (!handler)
        return E_POINTER;
    *handler = NULL;
    async_lock(async);
    if (async->closed)
        hr = E_ILLEGAL_METHOD_CALL;
    else
        *handler = async->progress;
    if (*handler)
        (*handler)->lpVtbl->AddRef(*handler);
    async_unlock(async);
    return hr;
}

static HRESULT STDMETHODCALLTYPE async_put_Completed(struct async_operation *iface,
                                                     struct completed_handler *handler)
{
    struct async *async = impl_from_operation(iface);
    HRESULT hr = S_OK;

    if (handler)
        handler->lpVtbl->AddRef(handler);
    async_lock(async);
    if (async->closed)
        hr = E_ILLEGAL_METHOD_CALL;
    else if (async->completed_set)
        hr = E_ILLEGAL_DELEGATE_ASSIGNMENT;
    if (SUCCEEDED(hr)) {
        async->completed_set = true;
        async->completed = handler;
    }
    async_unlock(async);
    if (FAILED(hr)) {
        async_completed_release(handler);
        return hr;
    }
    object_addref(&async->object); /* the handler may give up the caller's reference */
    async_fire_completed(async);
    object_release(&async->object);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE async_get_Completed(struct async_operation *iface,
                                                     struct completed_handler **handler)
{
    struct async *async = impl_from_operation(iface);
    HRESULT hr = S_OK;

    if (!handler)
        return E_POINTER;
    *handler = NULL;
    async_lock(async);
    if (async->closed)
        hr = E_ILLEGAL_METHOD_CALL;
    else
        *handler = async->completed;
    if (*handler)
        (*handler)->lpVtbl->AddRef(*handler);
    async_unlock(async);
    return hr;
}

static HRESULT get_results(struct async *async, void *out)
{
    bool over = false, failed = false;
    HRESULT hr;

    async_lock(async);
    if (async->closed || !async->ended || async->status == Canceled) {
        hr = E_ILLEGAL_METHOD_CALL;
    } else {
        over = true;
        failed = async->status == Error;
        hr = failed ? async->error : S_OK;
    }
    async_unlock(async);
    if (!over)
        return hr;

    /* From here on nothing changes any more: result, error and message are final. */
    if (failed && async->message)
        error_originate(hr, "%s", async->message);
    else if (!failed && async->type->result != VALUE_NONE)
        hr = value_return(async->type->result, &async->result, out);
    async_deliver(async);
    return hr;
}

static HRESULT STDMETHODCALLTYPE async_operation_GetResults(struct async_operation *iface,
                                                            void *results)
{
    struct async *async = impl_from_operation(iface);

    if (!results)
        return E_POINTER;
    memset(results, 0, value_size(async->type->result));
    return get_results(async, results);
}

static HRESULT STDMETHODCALLTYPE async_action_GetResults(struct async_operation *iface)
{
    return get_results(impl_from_operation(iface), NULL);
}

struct inspectable_slots {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(struct async_operation *, REFIID, void **);
    ULONG(STDMETHODCALLTYPE *AddRef)(struct async_operation *);
    ULONG(STDMETHODCALLTYPE *Release)(struct async_operation *);
    HRESULT(STDMETHODCALLTYPE *GetIids)(struct async_operation *, ULONG *, IID **);
    HRESULT(STDMETHODCALLTYPE *GetRuntimeClassName)(struct async_operation *, HSTRING *);
    HRESULT(STDMETHODCALLTYPE *GetTrustLevel)(struct async_operation *, TrustLevel *);
};

struct completed_slots {
    HRESULT(STDMETHODCALLTYPE *put_Completed)(struct async_operation *, struct completed_handler *);
    HRESULT(STDMETHODCALLTYPE *get_Completed)
    (struct async_operation *, struct completed_handler **);
};

struct progress_slots {
    HRESULT(STDMETHODCALLTYPE *put_Progress)(struct async_operation *, struct progress_handler *);
    HRESULT(STDMETHODCALLTYPE *get_Progress)(struct async_operation *, struct progress_handler **);
};

#define COMPLETED_SLOTS                          \
    {                                            \
        async_put_Completed, async_get_Completed \
    }
#define PROGRESS_SLOTS                         \
    {                                          \
        async_put_Progress, async_get_Progress \
    }

static const struct {
    struct inspectable_slots inspectable;
    struct completed_slots completed;
    HRESULT(STDMETHODCALLTYPE *GetResults)(struct async_operation *);
} action_vtbl = { { INSPECTABLE_SLOTS(async, operation) },
                  COMPLETED_SLOTS,
                  async_action_GetResults };

static const struct {
    struct inspectable_slots inspectable;
    struct completed_slots completed;
    HRESULT(STDMETHODCALLTYPE *GetResults)(struct async_operation *, void *);
} operation_vtbl = { { INSPECTABLE_SLOTS(async, operation) },
                     COMPLETED_SLOTS,
                     async_operation_GetResults };

static const struct {
    struct inspectable_slots inspectable;
    struct progress_slots progress;
    struct completed_slots completed;
    HRESULT(STDMETHODCALLTYPE *GetResults)(struct async_operation *);
} action_with_progress_vtbl = { { INSPECTABLE_SLOTS(async, operation) },
                                PROGRESS_SLOTS,
                                COMPLETED_SLOTS,
                                async_action_GetResults };

static const struct {
    struct inspectable_slots inspectable;
    struct progress_slots progress;
    struct completed_slots completed;
    HRESULT(STDMETHODCALLTYPE *GetResults)(struct async_operation *, void *);
} operation_with_progress_vtbl = { { INSPECTABLE_SLOTS(async, operation) },
                                   PROGRESS_SLOTS,
                                   COMPLETED_SLOTS,
                                   async_operation_GetResults };

const void *const async_vtbls[] = {
    [ASYNC_ACTION] = &action_vtbl,
    [ASYNC_OPERATION] = &operation_vtbl,
    [ASYNC_ACTION_WITH_PROGRESS] = &action_with_progress_vtbl,
    [ASYNC_OPERATION_WITH_PROGRESS] = &operation_with_progress_vtbl,
};
