/* SPDX-License-Identifier: MIT */
/*
 * The objects that an operation was created with. In the process that created it they are the
 * client's own; a restored one makes equivalent ones of what the engine knows, when somebody asks.
 */
#include "download_operation.h"

#include "activation.h"
#include "arguments.h"
#include "background_transfer_group.h"
#include "src/engine/transfer_group.h"
#include "src/port/memory.h"
#include "winrt-shim/base/error.h"

static IUriRuntimeClass *kept_uri(struct download_operation *operation)
{
    IUriRuntimeClass *uri;

    download_operation_lock();
    uri = operation->uri;
    if (uri)
        IUriRuntimeClass_AddRef(uri);
    download_operation_unlock();
    return uri;
}

/* Puts `uri`, whose reference it takes, into the place of the one before, or only into an empty
 * place. */
static void keep_uri(struct download_operation *operation, IUriRuntimeClass *uri, bool replace)
{
    IUriRuntimeClass *dropped = uri;

    download_operation_lock();
    if (replace || !operation->uri) {
        dropped = operation->uri;
        operation->uri = uri;
    }
    download_operation_unlock();
    if (dropped)
        IUriRuntimeClass_Release(dropped);
}

HRESULT download_origin_get_uri(struct download_operation *operation, IUriRuntimeClass **value)
{
    IUriRuntimeClass *made;
    char *url;
    HRESULT hr;

    *value = kept_uri(operation);
    if (*value)
        return S_OK;
    hr = hresult_from_status(transfer_get_url(operation->transfer, &url));
    if (FAILED(hr))
        return hr;
    hr = activate_uri(url, &made);
    memory_free_secret(url); /* may hold user info */
    if (FAILED(hr))
        return hr;
    keep_uri(operation, made, false);
    *value = kept_uri(operation);
    return S_OK;
}

HRESULT download_origin_put_uri(struct download_operation *operation, IUriRuntimeClass *value)
{
    enum port_status status;
    char *url;
    HRESULT hr = argument_uri(value, &url);

    if (FAILED(hr))
        return hr;
    status = transfer_set_url(operation->transfer, url);
    memory_free_secret(url);
    if (status == PORT_WRONG_STATE)
        return error_originate(E_ILLEGAL_METHOD_CALL,
                               "RequestedUri can be set before the start, and while the download "
                               "is paused or waits after a recoverable error");
    if (status)
        return hresult_from_status(status);
    IUriRuntimeClass_AddRef(value);
    keep_uri(operation, value, true);
    return S_OK;
}

HRESULT download_origin_get_file(struct download_operation *operation, IStorageFile **value)
{
    IStorageFile *found = SLOT_LOAD(&operation->result_file), *made;
    char *path;
    HRESULT hr;

    if (!found) {
        hr = hresult_from_status(transfer_get_destination(operation->transfer, &path));
        if (FAILED(hr) || !path)
            return hr;
        hr = activate_file(path, &made);
        memory_free(path);
        if (FAILED(hr))
            return hr;
        if (SLOT_PUBLISH(&operation->result_file, &found, made))
            found = made;
        else
            IStorageFile_Release(made);
    }
    *value = found;
    IStorageFile_AddRef(found);
    return S_OK;
}

HRESULT download_origin_get_group(struct download_operation *operation,
                                  IBackgroundTransferGroup **value)
{
    IBackgroundTransferGroup *found = SLOT_LOAD(&operation->transfer_group), *made;
    struct transfer_group *group;
    HRESULT hr;

    if (!found) {
        group = transfer_get_transfer_group(operation->transfer);
        if (!group)
            return S_OK;
        hr = background_transfer_group_create(group, &made);
        transfer_group_release(group);
        if (FAILED(hr))
            return hr;
        if (SLOT_PUBLISH(&operation->transfer_group, &found, made))
            found = made;
        else
            IBackgroundTransferGroup_Release(made);
    }
    *value = found;
    IBackgroundTransferGroup_AddRef(found);
    return S_OK;
}
