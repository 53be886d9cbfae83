/* SPDX-License-Identifier: MIT */
#define COBJMACROS
#include "network_events.h"

#include <stdatomic.h>
#include <stddef.h>

#include <netlistmgr.h>

#include "src/port/memory.h"

struct network_events {
    INetworkListManagerEvents INetworkListManagerEvents_iface;
    INetworkCostManagerEvents INetworkCostManagerEvents_iface;
    atomic_ulong references;
    HANDLE changed;
};

static inline struct network_events *
impl_from_INetworkListManagerEvents(INetworkListManagerEvents *iface)
{
    return CONTAINING_RECORD(iface, struct network_events, INetworkListManagerEvents_iface);
}

static inline struct network_events *
impl_from_INetworkCostManagerEvents(INetworkCostManagerEvents *iface)
{
    return CONTAINING_RECORD(iface, struct network_events, INetworkCostManagerEvents_iface);
}

static HRESULT STDMETHODCALLTYPE list_events_QueryInterface(INetworkListManagerEvents *iface,
                                                            REFIID iid, void **ret)
{
    struct network_events *events = impl_from_INetworkListManagerEvents(iface);

    *ret = NULL;
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_INetworkListManagerEvents))
        *ret = &events->INetworkListManagerEvents_iface;
    else if (IsEqualIID(iid, &IID_INetworkCostManagerEvents))
        *ret = &events->INetworkCostManagerEvents_iface;
    else
        return E_NOINTERFACE;
    INetworkListManagerEvents_AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE list_events_AddRef(INetworkListManagerEvents *iface)
{
    return atomic_fetch_add(&impl_from_INetworkListManagerEvents(iface)->references, 1) + 1;
}

static ULONG STDMETHODCALLTYPE list_events_Release(INetworkListManagerEvents *iface)
{
    struct network_events *events = impl_from_INetworkListManagerEvents(iface);
    ULONG left = atomic_fetch_sub(&events->references, 1) - 1;

    if (!left) {
        CloseHandle(events->changed);
        memory_free(events);
    }
    return left;
}

static HRESULT STDMETHODCALLTYPE list_events_ConnectivityChanged(INetworkListManagerEvents *iface,
                                                                 NLM_CONNECTIVITY connectivity)
{
    (void)connectivity;
    SetEvent(impl_from_INetworkListManagerEvents(iface)->changed);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE cost_events_QueryInterface(INetworkCostManagerEvents *iface,
                                                            REFIID iid, void **ret)
{
    struct network_events *events = impl_from_INetworkCostManagerEvents(iface);

    return list_events_QueryInterface(&events->INetworkListManagerEvents_iface, iid, ret);
}

static ULONG STDMETHODCALLTYPE cost_events_AddRef(INetworkCostManagerEvents *iface)
{
    struct network_events *events = impl_from_INetworkCostManagerEvents(iface);

    return list_events_AddRef(&events->INetworkListManagerEvents_iface);
}

static ULONG STDMETHODCALLTYPE cost_events_Release(INetworkCostManagerEvents *iface)
{
    struct network_events *events = impl_from_INetworkCostManagerEvents(iface);

    return list_events_Release(&events->INetworkListManagerEvents_iface);
}

static HRESULT STDMETHODCALLTYPE cost_events_CostChanged(INetworkCostManagerEvents *iface,
                                                         DWORD cost, NLM_SOCKADDR *destination)
{
    (void)cost;
    (void)destination;
    SetEvent(impl_from_INetworkCostManagerEvents(iface)->changed);
    return S_OK;
}

/* How much of a plan is left changes no policy. */
static HRESULT STDMETHODCALLTYPE cost_events_DataPlanStatusChanged(INetworkCostManagerEvents *iface,
                                                                   NLM_SOCKADDR *destination)
{
    (void)iface;
    (void)destination;
    return S_OK;
}

static INetworkListManagerEventsVtbl list_events_vtbl = {
    list_events_QueryInterface,
    list_events_AddRef,
    list_events_Release,
    list_events_ConnectivityChanged,
};

static INetworkCostManagerEventsVtbl cost_events_vtbl = {
    cost_events_QueryInterface,
    cost_events_AddRef,
    cost_events_Release,
    cost_events_CostChanged,
    cost_events_DataPlanStatusChanged,
};

IUnknown *network_events_create(HANDLE *changed)
{
    struct network_events *events = memory_zalloc(sizeof(*events));

    *changed = NULL;
    if (!events)
        return NULL;
    events->INetworkListManagerEvents_iface.lpVtbl = &list_events_vtbl;
    events->INetworkCostManagerEvents_iface.lpVtbl = &cost_events_vtbl;
    events->references = 1;
    events->changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!events->changed) {
        memory_free(events);
        return NULL;
    }
    *changed = events->changed;
    return (IUnknown *)&events->INetworkListManagerEvents_iface;
}
