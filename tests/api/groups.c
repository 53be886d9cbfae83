/* SPDX-License-Identifier: MIT */
#include "groups.h"

#include <stdlib.h>

#include <winstring.h>

#define CLASS_GROUP "Windows.Networking.BackgroundTransfer.BackgroundTransferGroup"

IBackgroundTransferGroup *group_new(const char *name)
{
    IBackgroundTransferGroupStatics *statics =
        activation_factory(CLASS_GROUP, &IID_IBackgroundTransferGroupStatics);
    IBackgroundTransferGroup *group = NULL;

    check_ok(IBackgroundTransferGroupStatics_CreateGroup(statics, string_of(name), &group));
    assert_non_null(group);
    release_ref(statics);
    return group;
}

void group_set(IBackgroundTransferGroup *group, BackgroundTransferBehavior behavior)
{
    check_ok(IBackgroundTransferGroup_put_TransferBehavior(group, behavior));
}

BackgroundTransferBehavior group_get(IBackgroundTransferGroup *group)
{
    BackgroundTransferBehavior behavior = (BackgroundTransferBehavior)-1;

    check_ok(IBackgroundTransferGroup_get_TransferBehavior(group, &behavior));
    return behavior;
}

IBackgroundDownloader *group_downloader(IBackgroundTransferGroup *group)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundDownloader2 *second = query(downloader, &IID_IBackgroundDownloader2);

    check_ok(IBackgroundDownloader2_put_TransferGroup(second, group));
    release_ref(second);
    return downloader;
}

void download_set_priority(IDownloadOperation *operation, BackgroundTransferPriority priority)
{
    IBackgroundTransferOperationPriority *object =
        query(operation, &IID_IBackgroundTransferOperationPriority);

    check_ok(IBackgroundTransferOperationPriority_put_Priority(object, priority));
    release_ref(object);
}

HRESULT download_make_current(IDownloadOperation *operation)
{
    IDownloadOperation4 *fourth = query(operation, &IID_IDownloadOperation4);
    HRESULT hr = IDownloadOperation4_MakeCurrentInTransferGroup(fourth);

    release_ref(fourth);
    return hr;
}

/* The client's own. */

struct client_group {
    IBackgroundTransferGroup IBackgroundTransferGroup_iface;
    LONG ref;
    const char *name;
    BackgroundTransferBehavior behavior;
    HRESULT hr;
};

static struct client_group *impl_from(IBackgroundTransferGroup *iface)
{
    return CONTAINING_RECORD(iface, struct client_group, IBackgroundTransferGroup_iface);
}

static HRESULT WINAPI client_group_QueryInterface(IBackgroundTransferGroup *iface, REFIID iid,
                                                  void **out)
{
    *out = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IInspectable) &&
        !IsEqualGUID(iid, &IID_IBackgroundTransferGroup))
        return E_NOINTERFACE;
    IBackgroundTransferGroup_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG WINAPI client_group_AddRef(IBackgroundTransferGroup *iface)
{
    return (ULONG)__atomic_add_fetch(&impl_from(iface)->ref, 1, __ATOMIC_RELAXED);
}

static ULONG WINAPI client_group_Release(IBackgroundTransferGroup *iface)
{
    ULONG ref = (ULONG)__atomic_sub_fetch(&impl_from(iface)->ref, 1, __ATOMIC_ACQ_REL);

    if (!ref)
        free(impl_from(iface));
    return ref;
}

static HRESULT WINAPI client_group_get_Name(IBackgroundTransferGroup *iface, HSTRING *value)
{
    *value = string_new(impl_from(iface)->name);
    return S_OK;
}

static HRESULT WINAPI client_group_get_TransferBehavior(IBackgroundTransferGroup *iface,
                                                        BackgroundTransferBehavior *value)
{
    *value = impl_from(iface)->behavior;
    return impl_from(iface)->hr;
}

static const struct IBackgroundTransferGroupVtbl client_group_vtbl = {
    .QueryInterface = client_group_QueryInterface,
    .AddRef = client_group_AddRef,
    .Release = client_group_Release,
    .get_Name = client_group_get_Name,
    .get_TransferBehavior = client_group_get_TransferBehavior,
};

IBackgroundTransferGroup *client_group_new(const char *name, BackgroundTransferBehavior behavior,
                                           HRESULT hr)
{
    struct client_group *group = calloc(1, sizeof(*group));

    assert_non_null(group);
    group->IBackgroundTransferGroup_iface.lpVtbl = &client_group_vtbl;
    group->ref = 1;
    group->name = name;
    group->behavior = behavior;
    group->hr = hr;
    return &group->IBackgroundTransferGroup_iface;
}
