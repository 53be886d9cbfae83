/* SPDX-License-Identifier: MIT */
#include "download_draft.h"

#include <assert.h>
#include <string.h>

#include <objbase.h>

#include "arguments.h"
#include "cost_policy.h"
#include "download_operation.h"
#include "runtime.h"
#include "src/engine/transfer_group.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

struct download_draft {
    IUriRuntimeClass *uri;                    /* the client's own objects, for the operation */
    IStorageFile *result_file;                /* may be NULL */
    IBackgroundTransferGroup *transfer_group; /* may be NULL */
    struct transfer_group *engine_group;      /* of that one's name */
    struct header_list *headers;
    BackgroundTransferCostPolicy cost_policy;
    char *url;
    char *destination; /* NULL: a private file */
    char *method;
    char *group;
    char *server_user, *server_password;
    char *proxy_user, *proxy_password;
};

void download_draft_free(struct download_draft *draft)
{
    if (!draft)
        return;
    memory_free_secret(draft->proxy_password);
    memory_free(draft->proxy_user);
    memory_free_secret(draft->server_password);
    memory_free(draft->server_user);
    memory_free(draft->group);
    memory_free(draft->method);
    memory_free(draft->destination);
    memory_free_secret(draft->url); /* may hold user info */
    header_list_free(draft->headers);
    transfer_group_release(draft->engine_group);
    if (draft->transfer_group)
        IBackgroundTransferGroup_Release(draft->transfer_group);
    if (draft->result_file)
        IStorageFile_Release(draft->result_file);
    if (draft->uri)
        IUriRuntimeClass_Release(draft->uri);
    memory_free(draft);
}

/* What is only referenced under the lock, since to read it is to call foreign code. */
struct references {
    IPasswordCredential *server, *proxy;
    HSTRING method, group;
};

static void references_drop(struct references *references)
{
    WindowsDeleteString(references->group);
    WindowsDeleteString(references->method);
    if (references->proxy)
        IPasswordCredential_Release(references->proxy);
    if (references->server)
        IPasswordCredential_Release(references->server);
}

static HRESULT copy_settings(struct download_draft *draft, struct background_downloader *downloader,
                             struct references *ret)
{
    HRESULT hr;

    mutex_lock(&downloader->mutex);
    draft->cost_policy = downloader->cost_policy;
    draft->transfer_group = downloader->transfer_group;
    if (draft->transfer_group)
        IBackgroundTransferGroup_AddRef(draft->transfer_group);
    ret->server = downloader->server_credential;
    if (ret->server)
        IPasswordCredential_AddRef(ret->server);
    ret->proxy = downloader->proxy_credential;
    if (ret->proxy)
        IPasswordCredential_AddRef(ret->proxy);
    hr = WindowsDuplicateString(downloader->method, &ret->method);
    if (SUCCEEDED(hr))
        hr = WindowsDuplicateString(downloader->group, &ret->group);
    if (SUCCEEDED(hr))
        hr = hresult_from_status(header_list_copy(downloader->headers, &draft->headers));
    mutex_unlock(&downloader->mutex);
    return hr;
}

static HRESULT copy_group(struct download_draft *draft)
{
    if (!draft->transfer_group)
        return S_OK;
    return argument_transfer_group(draft->transfer_group, &draft->engine_group);
}

static HRESULT copy_credentials(struct download_draft *draft, IPasswordCredential *server,
                                IPasswordCredential *proxy)
{
    HRESULT hr = argument_credential(server, &draft->server_user, &draft->server_password);

    if (SUCCEEDED(hr))
        hr = argument_credential(proxy, &draft->proxy_user, &draft->proxy_password);
    return hr;
}

static HRESULT copy_arguments(struct download_draft *draft, IUriRuntimeClass *uri,
                              IStorageFile *result_file)
{
    HRESULT hr = argument_uri(uri, &draft->url);

    if (SUCCEEDED(hr) && result_file)
        hr = argument_file_path(result_file, &draft->destination);
    if (FAILED(hr))
        return hr;
    draft->uri = uri;
    IUriRuntimeClass_AddRef(uri);
    draft->result_file = result_file;
    if (result_file)
        IStorageFile_AddRef(result_file);
    return S_OK;
}

HRESULT download_draft_create(struct background_downloader *downloader, IUriRuntimeClass *uri,
                              IStorageFile *result_file, struct download_draft **ret)
{
    struct references references = { 0 };
    struct download_draft *draft;
    HRESULT hr;

    *ret = NULL;
    hr = runtime_open_transfers();
    if (FAILED(hr))
        return hr;
    draft = memory_zalloc(sizeof(*draft));
    if (!draft)
        return E_OUTOFMEMORY;
    hr = copy_arguments(draft, uri, result_file);
    if (SUCCEEDED(hr))
        hr = copy_settings(draft, downloader, &references);
    if (SUCCEEDED(hr))
        hr = copy_credentials(draft, references.server, references.proxy);
    if (SUCCEEDED(hr))
        hr = copy_group(draft);
    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(references.method, &draft->method);
    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(references.group, &draft->group);
    references_drop(&references);
    if (FAILED(hr)) {
        download_draft_free(draft);
        return hr;
    }
    *ret = draft;
    return S_OK;
}

HRESULT download_draft_finish(struct download_draft *draft, const char *body, bool body_is_private,
                              IDownloadOperation **out)
{
    struct transfer_request request = {
        .url = draft->url,
        .method = draft->method,
        .headers = draft->headers,
        .destination = draft->destination,
        .body = body,
        .body_is_private = body_is_private,
        .server = { draft->server_user, draft->server_password },
        .proxy = { draft->proxy_user, draft->proxy_password },
        .priority = TRANSFER_PRIORITY_DEFAULT,
        .group = draft->group,
        .transfer_group = draft->engine_group,
    };
    struct transfer *transfer;
    enum port_status status;
    GUID guid;
    HRESULT hr;

    *out = NULL;
    hr = CoCreateGuid(&guid);
    if (SUCCEEDED(hr)) {
        static_assert(sizeof(guid) == sizeof(request.id.bytes), "a GUID as in memory");
        memcpy(request.id.bytes, &guid, sizeof(guid));
        cost_policy_to_engine(draft->cost_policy, &request.cost_policy);
        status = transfer_create(&request, &transfer);
        hr = status ? runtime_engine_error(status) : S_OK;
    }
    if (FAILED(hr)) {
        if (body_is_private)
            file_remove(body);
        return hr;
    }
    hr = download_operation_create(transfer, draft->uri, draft->result_file, draft->transfer_group,
                                   out);
    transfer_release(transfer);
    return hr;
}
