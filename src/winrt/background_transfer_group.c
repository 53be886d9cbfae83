/* SPDX-License-Identifier: MIT */
#include "background_transfer_group.h"

#include <winrt.backgroundtransfer.h>

#include "classes.h"
#include "runtime.h"
#include "src/engine/transfer_group.h"
#include "src/port/memory.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/hstring_text.h"
#include "winrt-shim/base/object.h"

/* --- The class. --- */

struct background_transfer_group {
    IBackgroundTransferGroup IBackgroundTransferGroup_iface;
    ISpeedLimit ISpeedLimit_iface;
    struct object object;
    struct transfer_group *group;
};

DEFINE_INSPECTABLE(background_transfer_group, IBackgroundTransferGroup)
DEFINE_INSPECTABLE(background_transfer_group, ISpeedLimit)

static HRESULT WINAPI background_transfer_group_get_Name(IBackgroundTransferGroup *iface,
                                                         HSTRING *value)
{
    struct background_transfer_group *group = impl_from_IBackgroundTransferGroup(iface);

    if (!value)
        return E_POINTER;
    return hstring_from_utf8(transfer_group_get_name(group->group), value);
}

static HRESULT WINAPI background_transfer_group_get_TransferBehavior(
    IBackgroundTransferGroup *iface, BackgroundTransferBehavior *value)
{
    struct background_transfer_group *group = impl_from_IBackgroundTransferGroup(iface);

    if (!value)
        return E_POINTER;
    *value = (BackgroundTransferBehavior)transfer_group_get_behavior(group->group);
    return S_OK;
}

static HRESULT WINAPI background_transfer_group_put_TransferBehavior(
    IBackgroundTransferGroup *iface, BackgroundTransferBehavior value)
{
    struct background_transfer_group *group = impl_from_IBackgroundTransferGroup(iface);
    HRESULT hr = runtime_check();
    enum port_status status;

    if (FAILED(hr))
        return hr;
    if (value != BackgroundTransferBehavior_Parallel &&
        value != BackgroundTransferBehavior_Serialized)
        return error_originate(E_INVALIDARG, "%d is no BackgroundTransferBehavior", (int)value);
    status =
        transfer_group_set_behavior(group->group, value == BackgroundTransferBehavior_Serialized
                                                      ? TRANSFER_GROUP_SERIALIZED
                                                      : TRANSFER_GROUP_PARALLEL);
    if (status)
        return runtime_store_error(status, "The group cannot be stored");
    return S_OK;
}

static const struct IBackgroundTransferGroupVtbl background_transfer_group_vtbl = {
    INSPECTABLE_SLOTS(background_transfer_group, IBackgroundTransferGroup),
    background_transfer_group_get_Name,
    background_transfer_group_get_TransferBehavior,
    background_transfer_group_put_TransferBehavior,
};

static HRESULT WINAPI background_transfer_group_get_MaxBytesPerSecond(ISpeedLimit *iface,
                                                                      UINT64 *value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = 0;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        *value = transfer_group_get_speed_limit(impl_from_ISpeedLimit(iface)->group);
    return hr;
}

static HRESULT WINAPI background_transfer_group_put_MaxBytesPerSecond(ISpeedLimit *iface,
                                                                      UINT64 value)
{
    struct background_transfer_group *group = impl_from_ISpeedLimit(iface);
    HRESULT hr = runtime_check();
    enum port_status status;

    if (FAILED(hr))
        return hr;
    status = transfer_group_set_speed_limit(group->group, value);
    if (status)
        return runtime_store_error(status, "The group cannot be stored");
    return S_OK;
}

static const struct ISpeedLimitVtbl background_transfer_group_speed_limit_vtbl = {
    INSPECTABLE_SLOTS(background_transfer_group, ISpeedLimit),
    background_transfer_group_get_MaxBytesPerSecond,
    background_transfer_group_put_MaxBytesPerSecond,
};

static void background_transfer_group_destroy(void *instance)
{
    struct background_transfer_group *group = instance;

    transfer_group_release(group->group);
}

static const struct object_interface background_transfer_group_interfaces[] = {
    OBJECT_INTERFACE(background_transfer_group, IBackgroundTransferGroup),
    OBJECT_INTERFACE(background_transfer_group, ISpeedLimit),
};

/* The last one is this project's own: docs/own-interface.md */
static const struct object_class background_transfer_group_class =
    OBJECT_CLASS_CLOAKED(background_transfer_group,
                         RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundTransferGroup,
                         background_transfer_group_destroy, 1);

HRESULT background_transfer_group_create(struct transfer_group *group,
                                         IBackgroundTransferGroup **out)
{
    struct background_transfer_group *made = object_alloc(&background_transfer_group_class);

    *out = NULL;
    if (!made)
        return E_OUTOFMEMORY;
    made->IBackgroundTransferGroup_iface.lpVtbl = &background_transfer_group_vtbl;
    made->ISpeedLimit_iface.lpVtbl = &background_transfer_group_speed_limit_vtbl;
    transfer_group_addref(group);
    made->group = group;
    *out = &made->IBackgroundTransferGroup_iface;
    return S_OK;
}

struct transfer_group *background_transfer_group_peek(IBackgroundTransferGroup *iface)
{
    if (iface->lpVtbl != &background_transfer_group_vtbl)
        return NULL;
    return impl_from_IBackgroundTransferGroup(iface)->group;
}

/* --- Its static method. --- */

struct group_statics {
    IActivationFactory IActivationFactory_iface;
    IBackgroundTransferGroupStatics IBackgroundTransferGroupStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(group_statics, IActivationFactory)
DEFINE_INSPECTABLE(group_statics, IBackgroundTransferGroupStatics)

static HRESULT WINAPI group_statics_CreateGroup(IBackgroundTransferGroupStatics *iface,
                                                HSTRING name, IBackgroundTransferGroup **value)
{
    struct transfer_group *group = NULL;
    enum port_status status;
    char *text = NULL;
    HRESULT hr;

    (void)iface;
    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_open_transfers();
    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(name, &text);
    if (FAILED(hr))
        goto done;
    status = transfer_group_create(text, &group);
    if (status == PORT_INVALID)
        hr = error_originate(E_INVALIDARG, "A transfer group needs a name");
    else if (status)
        hr = runtime_store_error(status, "The app's groups cannot be read");
    else
        hr = background_transfer_group_create(group, value);

done:
    transfer_group_release(group);
    memory_free(text);
    return hr;
}

static const struct IActivationFactoryVtbl group_factory_vtbl = {
    INSPECTABLE_SLOTS(group_statics, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static const struct IBackgroundTransferGroupStaticsVtbl group_statics_vtbl = {
    INSPECTABLE_SLOTS(group_statics, IBackgroundTransferGroupStatics),
    group_statics_CreateGroup,
};

static const struct object_interface group_statics_interfaces[] = {
    OBJECT_INTERFACE(group_statics, IActivationFactory),
    OBJECT_INTERFACE(group_statics, IBackgroundTransferGroupStatics),
};

static const struct object_class group_statics_class =
    OBJECT_CLASS(group_statics,
                 RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundTransferGroup, NULL);

HRESULT background_transfer_group_factory_create(IActivationFactory **out)
{
    struct group_statics *statics = object_alloc(&group_statics_class);

    *out = NULL;
    if (!statics)
        return E_OUTOFMEMORY;
    statics->IActivationFactory_iface.lpVtbl = &group_factory_vtbl;
    statics->IBackgroundTransferGroupStatics_iface.lpVtbl = &group_statics_vtbl;
    *out = &statics->IActivationFactory_iface;
    return S_OK;
}
