/* SPDX-License-Identifier: MIT */
#include "response_information.h"

#include "activation.h"
#include "response_headers.h"
#include "runtime.h"
#include "src/engine/transfer.h"
#include "src/port/threads.h"
#include "winrt-shim/base/object.h"

struct response_information {
    IResponseInformation IResponseInformation_iface;
    struct object object;
    struct response *response;

    struct mutex mutex; /* of what follows: made when first asked for, the same from then on */
    IUriRuntimeClass *actual_uri;
    IMapView_HSTRING_HSTRING *headers;
};

DEFINE_INSPECTABLE(response_information, IResponseInformation)

static HRESULT WINAPI response_information_get_IsResumable(IResponseInformation *iface,
                                                           boolean *value)
{
    if (!value)
        return E_POINTER;
    *value = response_is_resumable(impl_from_IResponseInformation(iface)->response);
    return S_OK;
}

/*
 * Puts the new object into the slot if that is still empty, and answers what is in the slot then:
 * of two threads that ask at the same time both get the first one's. No lock is held while an
 * object is made, since that calls foreign code.
 */
static void *keep_first(struct mutex *mutex, void **slot, IUnknown *made)
{
    IUnknown *kept, *dropped = NULL;

    mutex_lock(mutex);
    if (*slot)
        dropped = made;
    else
        *slot = made;
    kept = *slot;
    if (kept)
        IUnknown_AddRef(kept);
    mutex_unlock(mutex);
    if (dropped)
        IUnknown_Release(dropped);
    return kept;
}

static HRESULT WINAPI response_information_get_ActualUri(IResponseInformation *iface,
                                                         IUriRuntimeClass **value)
{
    struct response_information *information = impl_from_IResponseInformation(iface);
    IUriRuntimeClass *made;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    *value = keep_first(&information->mutex, (void **)&information->actual_uri, NULL);
    if (*value)
        return S_OK;
    hr = activate_uri(response_get_url(information->response), &made);
    if (SUCCEEDED(hr))
        *value =
            keep_first(&information->mutex, (void **)&information->actual_uri, (IUnknown *)made);
    return hr;
}

static HRESULT WINAPI response_information_get_StatusCode(IResponseInformation *iface,
                                                          UINT32 *value)
{
    if (!value)
        return E_POINTER;
    *value = (UINT32)response_get_status(impl_from_IResponseInformation(iface)->response);
    return S_OK;
}

static HRESULT WINAPI response_information_get_Headers(IResponseInformation *iface,
                                                       IMapView_HSTRING_HSTRING **value)
{
    struct response_information *information = impl_from_IResponseInformation(iface);
    IMapView_HSTRING_HSTRING *made;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    *value = keep_first(&information->mutex, (void **)&information->headers, NULL);
    if (*value)
        return S_OK;
    hr = response_headers_create(response_get_headers(information->response), &made);
    if (SUCCEEDED(hr))
        *value = keep_first(&information->mutex, (void **)&information->headers, (IUnknown *)made);
    return hr;
}

static const struct IResponseInformationVtbl response_information_vtbl = {
    INSPECTABLE_SLOTS(response_information, IResponseInformation),
    response_information_get_IsResumable,
    response_information_get_ActualUri,
    response_information_get_StatusCode,
    response_information_get_Headers,
};

static void response_information_destroy(void *instance)
{
    struct response_information *information = instance;

    if (information->headers)
        IMapView_HSTRING_HSTRING_Release(information->headers);
    if (information->actual_uri)
        IUriRuntimeClass_Release(information->actual_uri);
    mutex_destroy(&information->mutex);
    response_release(information->response);
}

static const struct object_interface response_information_interfaces[] = {
    OBJECT_INTERFACE(response_information, IResponseInformation),
};

static const struct object_class response_information_class =
    OBJECT_CLASS(response_information,
                 RuntimeClass_Windows_Networking_BackgroundTransfer_ResponseInformation,
                 response_information_destroy);

HRESULT response_information_create(struct response *response, IResponseInformation **out)
{
    struct response_information *information = object_alloc(&response_information_class);

    *out = NULL;
    if (!information)
        return E_OUTOFMEMORY;
    information->IResponseInformation_iface.lpVtbl = &response_information_vtbl;
    mutex_init(&information->mutex);
    information->response = response;
    response_addref(response);
    *out = &information->IResponseInformation_iface;
    return S_OK;
}
