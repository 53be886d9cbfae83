/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include "src/engine/token.h"
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
    HSTRING string = NULL;
    char *scheme = NULL;
    HRESULT hr;

    hr = IUriRuntimeClass_get_SchemeName(uri, &string);
    if (SUCCEEDED(hr))
        hr = take_utf8(string, &scheme);
    if (SUCCEEDED(hr) && !token_equal(scheme, "http") && !token_equal(scheme, "https"))
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
