/* SPDX-License-Identifier: MIT */
#define COBJMACROS
#include "network_list.h"

#include <initguid.h>
#include <stdbool.h>

#include <ocidl.h>

#include <netlistmgr.h>

#include "network_events.h"
#include "src/port/memory.h"

/* Also without the Internet: a network whose servers can be asked is one. */
#define ONLINE                                                             \
    (NLM_CONNECTIVITY_IPV4_LOCALNETWORK | NLM_CONNECTIVITY_IPV4_INTERNET | \
     NLM_CONNECTIVITY_IPV6_LOCALNETWORK | NLM_CONNECTIVITY_IPV6_INTERNET)

#define METERED (NLM_CONNECTION_COST_FIXED | NLM_CONNECTION_COST_VARIABLE)

struct subscription {
    IConnectionPoint *point; /* or NULL */
    DWORD cookie;
};

struct network_list {
    INetworkListManager *manager;
    INetworkCostManager *costs; /* since Windows 8; or NULL */
    IUnknown *events;
    HANDLE changed;
    struct subscription connectivity, cost;
};

static void subscribe(struct network_list *list, REFIID events, struct subscription *ret)
{
    IConnectionPointContainer *container = NULL;
    HRESULT hr;

    hr = INetworkListManager_QueryInterface(list->manager, &IID_IConnectionPointContainer,
                                            (void **)&container);
    if (FAILED(hr))
        return;
    hr = IConnectionPointContainer_FindConnectionPoint(container, events, &ret->point);
    if (SUCCEEDED(hr)) {
        hr = IConnectionPoint_Advise(ret->point, list->events, &ret->cookie);
        if (FAILED(hr)) {
            IConnectionPoint_Release(ret->point);
            ret->point = NULL;
        }
    }
    IConnectionPointContainer_Release(container);
}

static void unsubscribe(struct subscription *subscription)
{
    if (!subscription->point)
        return;
    IConnectionPoint_Unadvise(subscription->point, subscription->cookie);
    IConnectionPoint_Release(subscription->point);
}

struct network_list *network_list_create(void)
{
    struct network_list *list = memory_zalloc(sizeof(*list));
    HRESULT hr;

    if (!list)
        return NULL;
    list->events = network_events_create(&list->changed);
    hr = list->events ? CoCreateInstance(&CLSID_NetworkListManager, NULL, CLSCTX_ALL,
                                         &IID_INetworkListManager, (void **)&list->manager)
                      : E_OUTOFMEMORY;
    if (FAILED(hr)) {
        network_list_free(list);
        return NULL;
    }
    hr = INetworkListManager_QueryInterface(list->manager, &IID_INetworkCostManager,
                                            (void **)&list->costs);
    if (FAILED(hr))
        list->costs = NULL;
    subscribe(list, &IID_INetworkListManagerEvents, &list->connectivity);
    subscribe(list, &IID_INetworkCostManagerEvents, &list->cost);
    return list;
}

void network_list_free(struct network_list *list)
{
    if (!list)
        return;
    unsubscribe(&list->cost);
    unsubscribe(&list->connectivity);
    if (list->costs)
        INetworkCostManager_Release(list->costs);
    if (list->manager)
        INetworkListManager_Release(list->manager);
    if (list->events)
        IUnknown_Release(list->events);
    memory_free(list);
}

HANDLE network_list_changed(const struct network_list *list)
{
    return list->changed;
}

void network_list_get(struct network_list *list, struct network_state *ret)
{
    NLM_CONNECTIVITY connectivity = NLM_CONNECTIVITY_DISCONNECTED;
    DWORD cost = NLM_CONNECTION_COST_UNKNOWN;
    HRESULT hr;

    *ret = (struct network_state){ .online = true, .cost = NETWORK_COST_UNRESTRICTED };
    hr = INetworkListManager_GetConnectivity(list->manager, &connectivity);
    if (SUCCEEDED(hr))
        ret->online = connectivity & ONLINE;
    if (!list->costs || FAILED(INetworkCostManager_GetCost(list->costs, &cost, NULL)))
        return;
    if (cost & NLM_CONNECTION_COST_ROAMING)
        ret->cost = NETWORK_COST_ROAMING;
    else if (cost & METERED)
        ret->cost = NETWORK_COST_METERED;
}
