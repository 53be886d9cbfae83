/* SPDX-License-Identifier: MIT */
/* The properties of BackgroundDownloader. They concern downloads that are created later; see
 * download_draft.h. */
#include "background_downloader.h"

#include "arguments.h"
#include "cost_policy.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "winrt-shim/base/hstring_text.h"

DEFINE_INSPECTABLE(background_downloader, IBackgroundTransferBase)
DEFINE_INSPECTABLE(background_downloader, IBackgroundDownloader2)
DEFINE_INSPECTABLE(background_downloader, IBackgroundDownloader3)

/* A property that holds an object: the client's own, which is kept and handed back as it is. */
static HRESULT get_object(struct background_downloader *downloader, void *slot, void *value)
{
    IUnknown *object;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *(IUnknown **)value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    mutex_lock(&downloader->mutex);
    object = *(IUnknown **)slot;
    if (object)
        IUnknown_AddRef(object);
    mutex_unlock(&downloader->mutex);
    *(IUnknown **)value = object;
    return S_OK;
}

static HRESULT put_object(struct background_downloader *downloader, void *slot, void *value)
{
    HRESULT hr = runtime_check();
    IUnknown *old;

    if (FAILED(hr))
        return hr;
    if (value)
        IUnknown_AddRef((IUnknown *)value);
    mutex_lock(&downloader->mutex);
    old = *(IUnknown **)slot;
    *(IUnknown **)slot = value;
    mutex_unlock(&downloader->mutex);
    if (old)
        IUnknown_Release(old);
    return S_OK;
}

static HRESULT get_string(struct background_downloader *downloader, const HSTRING *slot,
                          HSTRING *value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    mutex_lock(&downloader->mutex);
    hr = WindowsDuplicateString(*slot, value);
    mutex_unlock(&downloader->mutex);
    return hr;
}

static HRESULT put_string(struct background_downloader *downloader, HSTRING *slot, HSTRING value)
{
    HSTRING copy, old;
    HRESULT hr = runtime_check();

    if (SUCCEEDED(hr))
        hr = WindowsDuplicateString(value, &copy);
    if (FAILED(hr))
        return hr;
    mutex_lock(&downloader->mutex);
    old = *slot;
    *slot = copy;
    mutex_unlock(&downloader->mutex);
    WindowsDeleteString(old);
    return S_OK;
}

/* IBackgroundTransferBase */

/* Repeated names are joined. */
static HRESULT WINAPI background_downloader_SetRequestHeader(IBackgroundTransferBase *iface,
                                                             HSTRING name, HSTRING value)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);
    char *name_text = NULL, *value_text = NULL;
    enum port_status status;
    HRESULT hr = runtime_check();

    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(name, &name_text);
    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(value, &value_text);
    if (FAILED(hr))
        goto done;
    mutex_lock(&downloader->mutex);
    status = header_list_set(downloader->headers, name_text, value_text);
    mutex_unlock(&downloader->mutex);
    hr = argument_header_error(status, name_text);
done:
    memory_free(value_text);
    memory_free(name_text);
    return hr;
}

static HRESULT WINAPI background_downloader_get_ServerCredential(IBackgroundTransferBase *iface,
                                                                 IPasswordCredential **credential)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);

    return get_object(downloader, &downloader->server_credential, credential);
}

static HRESULT WINAPI background_downloader_put_ServerCredential(IBackgroundTransferBase *iface,
                                                                 IPasswordCredential *credential)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);

    return put_object(downloader, &downloader->server_credential, credential);
}

static HRESULT WINAPI background_downloader_get_ProxyCredential(IBackgroundTransferBase *iface,
                                                                IPasswordCredential **credential)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);

    return get_object(downloader, &downloader->proxy_credential, credential);
}

static HRESULT WINAPI background_downloader_put_ProxyCredential(IBackgroundTransferBase *iface,
                                                                IPasswordCredential *credential)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);

    return put_object(downloader, &downloader->proxy_credential, credential);
}

static HRESULT WINAPI background_downloader_get_Method(IBackgroundTransferBase *iface,
                                                       HSTRING *value)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);

    return get_string(downloader, &downloader->method, value);
}

/* Any token; what is none fails when a download is created. */
static HRESULT WINAPI background_downloader_put_Method(IBackgroundTransferBase *iface,
                                                       HSTRING value)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);

    return put_string(downloader, &downloader->method, value);
}

static HRESULT WINAPI background_downloader_get_Group(IBackgroundTransferBase *iface,
                                                      HSTRING *value)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);

    return get_string(downloader, &downloader->group, value);
}

static HRESULT WINAPI background_downloader_put_Group(IBackgroundTransferBase *iface, HSTRING value)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);

    return put_string(downloader, &downloader->group, value);
}

static HRESULT WINAPI background_downloader_get_CostPolicy(IBackgroundTransferBase *iface,
                                                           BackgroundTransferCostPolicy *value)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);

    return cost_policy_get(&downloader->mutex, &downloader->cost_policy, value);
}

static HRESULT WINAPI background_downloader_put_CostPolicy(IBackgroundTransferBase *iface,
                                                           BackgroundTransferCostPolicy value)
{
    struct background_downloader *downloader = impl_from_IBackgroundTransferBase(iface);

    return cost_policy_put(&downloader->mutex, &downloader->cost_policy, value);
}

static const struct IBackgroundTransferBaseVtbl background_downloader_base_vtbl = {
    INSPECTABLE_SLOTS(background_downloader, IBackgroundTransferBase),
    background_downloader_SetRequestHeader,
    background_downloader_get_ServerCredential,
    background_downloader_put_ServerCredential,
    background_downloader_get_ProxyCredential,
    background_downloader_put_ProxyCredential,
    background_downloader_get_Method,
    background_downloader_put_Method,
    background_downloader_get_Group,
    background_downloader_put_Group,
    background_downloader_get_CostPolicy,
    background_downloader_put_CostPolicy,
};

/* IBackgroundDownloader2. Toasts and tiles are kept; there is no desktop that shows them yet, as
   for an app that may not raise toasts (BackgroundDownloader.SuccessToastNotification Property). */

#define OBJECT_PROPERTY(name, type, member)                                                 \
    static HRESULT WINAPI background_downloader_get_##name(IBackgroundDownloader2 *iface,   \
                                                           type **value)                    \
    {                                                                                       \
        struct background_downloader *downloader = impl_from_IBackgroundDownloader2(iface); \
                                                                                            \
        return get_object(downloader, &downloader->member, value);                          \
    }                                                                                       \
    static HRESULT WINAPI background_downloader_put_##name(IBackgroundDownloader2 *iface,   \
                                                           type *value)                     \
    {                                                                                       \
        struct background_downloader *downloader = impl_from_IBackgroundDownloader2(iface); \
                                                                                            \
        return put_object(downloader, &downloader->member, value);                          \
    }

OBJECT_PROPERTY(TransferGroup, IBackgroundTransferGroup, transfer_group)
OBJECT_PROPERTY(SuccessToastNotification, IToastNotification, success_toast)
OBJECT_PROPERTY(FailureToastNotification, IToastNotification, failure_toast)
OBJECT_PROPERTY(SuccessTileNotification, ITileNotification, success_tile)
OBJECT_PROPERTY(FailureTileNotification, ITileNotification, failure_tile)

static const struct IBackgroundDownloader2Vtbl background_downloader2_vtbl = {
    INSPECTABLE_SLOTS(background_downloader, IBackgroundDownloader2),
    background_downloader_get_TransferGroup,
    background_downloader_put_TransferGroup,
    background_downloader_get_SuccessToastNotification,
    background_downloader_put_SuccessToastNotification,
    background_downloader_get_FailureToastNotification,
    background_downloader_put_FailureToastNotification,
    background_downloader_get_SuccessTileNotification,
    background_downloader_put_SuccessTileNotification,
    background_downloader_get_FailureTileNotification,
    background_downloader_put_FailureTileNotification,
};

/* NULL: a downloader that was made by the default constructor has no completion group. */
static HRESULT WINAPI background_downloader_get_CompletionGroup(
    IBackgroundDownloader3 *iface, IBackgroundTransferCompletionGroup **value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    *value = NULL;
    return S_OK;
}

static const struct IBackgroundDownloader3Vtbl background_downloader3_vtbl = {
    INSPECTABLE_SLOTS(background_downloader, IBackgroundDownloader3),
    background_downloader_get_CompletionGroup,
};

void background_downloader_init_settings(struct background_downloader *downloader)
{
    downloader->IBackgroundTransferBase_iface.lpVtbl = &background_downloader_base_vtbl;
    downloader->IBackgroundDownloader2_iface.lpVtbl = &background_downloader2_vtbl;
    downloader->IBackgroundDownloader3_iface.lpVtbl = &background_downloader3_vtbl;
}
