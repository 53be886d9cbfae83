/* SPDX-License-Identifier: MIT */
#include "connections.h"

#include <winrt.backgroundtransfer.h>

void *connections_process(void)
{
    return activation_factory("Windows.Networking.BackgroundTransfer.BackgroundDownloader",
                              &IID_IConnectionLimit);
}

static void put(HRESULT expected, void *object, UINT32 connections)
{
    IConnectionLimit *limit = query(object, &IID_IConnectionLimit);

    check_hresult(expected, IConnectionLimit_put_MaxConnections(limit, connections));
    release_ref(limit);
}

void connection_limit(void *object, UINT32 connections)
{
    put(S_OK, object, connections);
}

void connection_limit_refused(void *object, UINT32 connections)
{
    put(E_INVALIDARG, object, connections);
}

UINT32 connection_limit_of(void *object)
{
    IConnectionLimit *limit = query(object, &IID_IConnectionLimit);
    UINT32 value = 777;

    check_ok(IConnectionLimit_get_MaxConnections(limit, &value));
    release_ref(limit);
    return value;
}
