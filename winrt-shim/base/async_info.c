/* SPDX-License-Identifier: MIT */
/* IAsyncInfo. */
#include "async_object.h"

#define ASYNC_STATUS_CLOSED ((AsyncStatus)4) /* what get_Status writes after Close */
#define ASYNC_ID            1 /* never 0; the same for all, as clients do not use it */

DEFINE_INSPECTABLE(async, IAsyncInfo)

static HRESULT STDMETHODCALLTYPE async_get_Id(IAsyncInfo *iface, unsigned int *id)
{
    struct async *async = impl_from_IAsyncInfo(iface);
    bool closed;

    if (!id)
        return E_POINTER;
    mutex_lock(&async->mutex);
    closed = async->closed;
    mutex_unlock(&async->mutex);
    *id = ASYNC_ID;
    return closed ? E_ILLEGAL_METHOD_CALL : S_OK;
}

static HRESULT STDMETHODCALLTYPE async_get_Status(IAsyncInfo *iface, AsyncStatus *status)
{
    struct async *async = impl_from_IAsyncInfo(iface);
    bool closed;

    if (!status)
        return E_POINTER;
    mutex_lock(&async->mutex);
    closed = async->closed;
    *status = closed ? ASYNC_STATUS_CLOSED : async->status;
    mutex_unlock(&async->mutex);
    return closed ? E_ILLEGAL_METHOD_CALL : S_OK;
}

static HRESULT STDMETHODCALLTYPE async_get_ErrorCode(IAsyncInfo *iface, HRESULT *error)
{
    struct async *async = impl_from_IAsyncInfo(iface);
    HRESULT hr = S_OK;

    if (!error)
        return E_POINTER;
    mutex_lock(&async->mutex);
    *error = async->status == Error ? async->error : S_OK;
    if (async->closed)
        hr = *error = E_ILLEGAL_METHOD_CALL;
    mutex_unlock(&async->mutex);
    return hr;
}

static HRESULT STDMETHODCALLTYPE async_Cancel(IAsyncInfo *iface)
{
    struct async *async = impl_from_IAsyncInfo(iface);
    bool first;

    mutex_lock(&async->mutex);
    first = async->status == Started && !async->ended && !async->closed;
    if (first)
        async->status = Canceled;
    mutex_unlock(&async->mutex);
    if (first && async->work.cancel)
        async->work.cancel(async->context);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE async_Close(IAsyncInfo *iface)
{
    struct async *async = impl_from_IAsyncInfo(iface);
    HRESULT hr = S_OK;

    mutex_lock(&async->mutex);
    if (async->status == Started)
        hr = E_ILLEGAL_STATE_CHANGE;
    else
        async->closed = true;
    mutex_unlock(&async->mutex);
    return hr;
}

const struct IAsyncInfoVtbl async_info_vtbl = {
    INSPECTABLE_SLOTS(async, IAsyncInfo),
    /* IAsyncInfo methods */
    async_get_Id,
    async_get_Status,
    async_get_ErrorCode,
    async_Cancel,
    async_Close,
};
