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
    async_lock(async);
    closed = async->closed;
    async_unlock(async);
    *id = ASYNC_ID;
    return closed ? E_ILLEGAL_METHOD_CALL : S_OK;
}

static HRESULT STDMETHODCALLTYPE async_get_Status(IAsyncInfo *iface, AsyncStatus *status)
{
    struct async *async = impl_from_IAsyncInfo(iface);
    bool closed;

    if (!status)
        return E_POINTER;
    async_lock(async);
    closed = async->closed;
    *status = closed ? ASYNC_STATUS_CLOSED : async->status;
    async_unlock(async);
    return closed ? E_ILLEGAL_METHOD_CALL : S_OK;
}

static HRESULT STDMETHODCALLTYPE async_get_ErrorCode(IAsyncInfo *iface, HRESULT *error)
{
    struct async *async = impl_from_IAsyncInfo(iface);
    HRESULT hr = S_OK;

    if (!error)
        return E_POINTER;
    async_lock(async);
    *error = async->status == Error ? async->error : S_OK;
    if (async->closed)
        hr = *error = E_ILLEGAL_METHOD_CALL;
    async_unlock(async);
    return hr;
}

static HRESULT STDMETHODCALLTYPE async_Cancel(IAsyncInfo *iface)
{
    struct async *async = impl_from_IAsyncInfo(iface);
    bool first;

    async_lock(async);
    first = async->status == Started && !async->ended && !async->closed;
    if (first)
        async->status = Canceled;
    async_unlock(async);
    if (first && async->work->cancel)
        async->work->cancel(async->context);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE async_Close(IAsyncInfo *iface)
{
    struct async *async = impl_from_IAsyncInfo(iface);
    HRESULT hr = S_OK;

    async_lock(async);
    if (async->status == Started)
        hr = E_ILLEGAL_STATE_CHANGE;
    else
        async->closed = true;
    async_unlock(async);
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
