/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include "background_transfer_group.h"
#include "src/engine/header_list.h"
#include "src/engine/token.h"
#include "src/engine/transfer_group.h"
#include "src/port/memory.h"
#include "src/port/paths.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

/* Takes the string over. */
static HRESULT take_utf8(HSTRING string, char **ret)
{
    HRESULT hr = hstring_to_utf8(string, ret);

    WindowsDeleteString(string);
    return hr;
}

/* The strict form: percent-encoded UTF-8 and Punycode. AbsoluteUri of an object without it. */
static HRESULT get_canonical_text(IUriRuntimeClass *uri, char **ret)
{
    IUriRuntimeClassWithAbsoluteCanonicalUri *canonical;
    HSTRING string = NULL;
    HRESULT hr;

    hr = IUriRuntimeClass_QueryInterface(uri, &IID_IUriRuntimeClassWithAbsoluteCanonicalUri,
                                         (void **)&canonical);
    if (SUCCEEDED(hr)) {
        hr = IUriRuntimeClassWithAbsoluteCanonicalUri_get_AbsoluteCanonicalUri(canonical, &string);
        IUriRuntimeClassWithAbsoluteCanonicalUri_Release(canonical);
    } else {
        hr = IUriRuntimeClass_get_AbsoluteUri(uri, &string);
    }
    return SUCCEEDED(hr) ? take_utf8(string, ret) : hr;
}

static HRESULT check_scheme(IUriRuntimeClass *uri)
{
    static const char *const known[] = { "http", "https", "ftp" };
    bool is_known = false;
    HSTRING string = NULL;
    char *scheme = NULL;
    HRESULT hr;

    hr = IUriRuntimeClass_get_SchemeName(uri, &string);
    if (SUCCEEDED(hr))
        hr = take_utf8(string, &scheme);
    for (size_t i = 0; SUCCEEDED(hr) && i < sizeof(known) / sizeof(known[0]); i++)
        is_known |= token_equal(scheme, known[i]);
    if (SUCCEEDED(hr) && !is_known)
        hr = error_originate(E_INVALIDARG, "Transfers over %s are not supported", scheme);
    memory_free(scheme);
    return hr;
}

static HRESULT check_host(IUriRuntimeClass *uri)
{
    HSTRING host = NULL;
    HRESULT hr = IUriRuntimeClass_get_Host(uri, &host);

    if (SUCCEEDED(hr) && !WindowsGetStringLen(host))
        hr = error_originate(E_INVALIDARG, "The Uri has no host");
    WindowsDeleteString(host);
    return hr;
}

HRESULT argument_uri(IUriRuntimeClass *uri, char **ret)
{
    HRESULT hr;

    *ret = NULL;
    if (!uri)
        return E_POINTER;
    hr = check_scheme(uri);
    if (SUCCEEDED(hr))
        hr = check_host(uri);
    if (SUCCEEDED(hr))
        hr = get_canonical_text(uri, ret);
    return hr;
}

HRESULT argument_file_path(IStorageFile *file, char **ret)
{
    IStorageItem *item = NULL;
    enum port_status status;
    HSTRING path = NULL;
    char *text;
    HRESULT hr;

    *ret = NULL;
    if (!file)
        return E_POINTER;
    hr = IStorageFile_QueryInterface(file, &IID_IStorageItem, (void **)&item);
    if (FAILED(hr))
        return error_originate(E_INVALIDARG, "The file has no IStorageItem");
    hr = IStorageItem_get_Path(item, &path);
    IStorageItem_Release(item);
    if (FAILED(hr))
        return hr;
    if (!WindowsGetStringLen(path))
        return error_originate(E_INVALIDARG, "The file has no path in the file system");
    hr = take_utf8(path, &text);
    if (FAILED(hr))
        return hr;
    status = path_from_native(text, ret);
    hr = status == PORT_INVALID
             ? error_originate(E_INVALIDARG, "\"%s\" is not an absolute path", text)
             : hresult_from_status(status);
    memory_free(text);
    return hr;
}

HRESULT argument_credential(IPasswordCredential *credential, char **ret_user, char **ret_password)
{
    HSTRING string = NULL;
    HRESULT hr;

    *ret_user = *ret_password = NULL;
    if (!credential)
        return S_OK;
    hr = IPasswordCredential_get_UserName(credential, &string);
    if (SUCCEEDED(hr))
        hr = take_utf8(string, ret_user);
    /* One that came from a vault shows its password only after this; a plain one may refuse it. */
    if (SUCCEEDED(hr))
        IPasswordCredential_RetrievePassword(credential);
    string = NULL;
    if (SUCCEEDED(hr))
        hr = IPasswordCredential_get_Password(credential, &string);
    if (SUCCEEDED(hr))
        hr = take_utf8(string, ret_password);
    if (FAILED(hr)) {
        memory_free(*ret_user);
        *ret_user = NULL;
    }
    return hr;
}

HRESULT argument_transfer_group_name(IBackgroundTransferGroup *group, char **ret)
{
    HSTRING string = NULL;
    HRESULT hr;

    *ret = NULL;
    if (!group)
        return E_POINTER;
    hr = IBackgroundTransferGroup_get_Name(group, &string);
    return SUCCEEDED(hr) ? take_utf8(string, ret) : hr;
}

/* Somebody else's object says which group, and how that is to behave. */
static HRESULT open_foreign_group(IBackgroundTransferGroup *group, struct transfer_group **ret)
{
    BackgroundTransferBehavior behavior = BackgroundTransferBehavior_Parallel;
    struct transfer_group *found = NULL;
    enum port_status status;
    char *name = NULL;
    HRESULT hr;

    hr = argument_transfer_group_name(group, &name);
    if (SUCCEEDED(hr))
        hr = IBackgroundTransferGroup_get_TransferBehavior(group, &behavior);
    if (SUCCEEDED(hr) && behavior != BackgroundTransferBehavior_Parallel &&
        behavior != BackgroundTransferBehavior_Serialized)
        hr = error_originate(E_INVALIDARG, "The transfer group's behavior is none");
    if (FAILED(hr))
        goto done;
    status = transfer_group_open(name, &found);
    if (!status && transfer_group_get_behavior(found) != (enum transfer_group_behavior)behavior)
        status = transfer_group_set_behavior(found, (enum transfer_group_behavior)behavior);
    if (status == PORT_INVALID)
        hr = error_originate(E_INVALIDARG, "The transfer group has no name");
    else if (status)
        hr = hresult_from_status(status);
    if (FAILED(hr))
        goto done;
    *ret = found;
    found = NULL;

done:
    transfer_group_release(found);
    memory_free(name);
    return hr;
}

HRESULT argument_transfer_group(IBackgroundTransferGroup *group, struct transfer_group **ret)
{
    *ret = NULL;
    if (!group)
        return E_POINTER;
    *ret = background_transfer_group_peek(group);
    if (!*ret)
        return open_foreign_group(group, ret);
    transfer_group_addref(*ret);
    return S_OK;
}

HRESULT argument_header_error(enum port_status status, const char *name)
{
    HRESULT hr = hresult_from_status(status);

    if (status == PORT_INVALID && request_header_is_reserved(name))
        error_originate(hr, "The request header %s cannot be set by the caller", name);
    else if (status == PORT_INVALID)
        error_originate(hr, "The name or the value of a request header is not well-formed");
    return hr;
}
