/* SPDX-License-Identifier: MIT */
#include "download_draft.h"

#include "arguments.h"
#include "download_operation.h"
#include "runtime.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

struct download_draft {
    struct download_settings settings;
    struct header_list *headers;
    char *url;
    char *destination; /* NULL: a private file */
    char *method;
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
    memory_free(draft->method);
    memory_free(draft->destination);
    memory_free_secret(draft->url); /* may hold user info */
    header_list_free(draft->headers);
    if (draft->settings.transfer_group)
        IBackgroundTransferGroup_Release(draft->settings.transfer_group);
    WindowsDeleteString(draft->settings.group);
    WindowsDeleteString(draft->settings.method);
    if (draft->settings.result_file)
        IStorageFile_Release(draft->settings.result_file);
    if (draft->settings.uri)
        IUriRuntimeClass_Release(draft->settings.uri);
    memory_free(draft);
}

/* Copies the settings. The credentials are only referenced here: to read them is to call foreign
 * code. */
static HRESULT copy_settings(struct download_draft *draft, struct background_downloader *downloader,
                             IPasswordCredential **ret_server, IPasswordCredential **ret_proxy)
{
    HRESULT hr;

    mutex_lock(&downloader->mutex);
    draft->settings.cost_policy = downloader->cost_policy;
    draft->settings.transfer_group = downloader->transfer_group;
    if (draft->settings.transfer_group)
        IBackgroundTransferGroup_AddRef(draft->settings.transfer_group);
    *ret_server = downloader->server_credential;
    if (*ret_server)
        IPasswordCredential_AddRef(*ret_server);
    *ret_proxy = downloader->proxy_credential;
    if (*ret_proxy)
        IPasswordCredential_AddRef(*ret_proxy);
    hr = WindowsDuplicateString(downloader->method, &draft->settings.method);
    if (SUCCEEDED(hr))
        hr = WindowsDuplicateString(downloader->group, &draft->settings.group);
    if (SUCCEEDED(hr))
        hr = hresult_from_status(header_list_copy(downloader->headers, &draft->headers));
    mutex_unlock(&downloader->mutex);
    return hr;
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
    draft->settings.uri = uri;
    IUriRuntimeClass_AddRef(uri);
    draft->settings.result_file = result_file;
    if (result_file)
        IStorageFile_AddRef(result_file);
    return S_OK;
}

HRESULT download_draft_create(struct background_downloader *downloader, IUriRuntimeClass *uri,
                              IStorageFile *result_file, struct download_draft **ret)
{
    IPasswordCredential *server = NULL, *proxy = NULL;
    struct download_draft *draft;
    HRESULT hr;

    *ret = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    draft = memory_zalloc(sizeof(*draft));
    if (!draft)
        return E_OUTOFMEMORY;
    hr = copy_arguments(draft, uri, result_file);
    if (SUCCEEDED(hr))
        hr = copy_settings(draft, downloader, &server, &proxy);
    if (SUCCEEDED(hr))
        hr = copy_credentials(draft, server, proxy);
    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(draft->settings.method, &draft->method);
    if (proxy)
        IPasswordCredential_Release(proxy);
    if (server)
        IPasswordCredential_Release(server);
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
    const struct transfer_request request = {
        .url = draft->url,
        .method = draft->method,
        .headers = draft->headers,
        .destination = draft->destination,
        .body = body,
        .body_is_private = body_is_private,
        .server = { draft->server_user, draft->server_password },
        .proxy = { draft->proxy_user, draft->proxy_password },
        .priority = TRANSFER_PRIORITY_DEFAULT,
    };
    struct transfer *transfer;
    enum port_status status;
    HRESULT hr;

    *out = NULL;
    status = transfer_create(&request, &transfer);
    if (status) {
        if (body_is_private)
            file_remove(body);
        return runtime_engine_error(status);
    }
    hr = download_operation_create(&draft->settings, transfer, out);
    transfer_release(transfer);
    return hr;
}
