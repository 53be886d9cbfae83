/* SPDX-License-Identifier: MIT */
/*
 * Windows.Security.Credentials.PasswordCredential. The password is kept in memory of its own, which
 * is wiped before it is freed; strings that get_Password has given out are their callers'.
 */
#include "password_credential.h"

#include <winstring.h>

#include "winrt-shim/base/error.h"
#include "winrt-shim/base/object.h"

#include "src/port/memory.h"
#include "src/port/threads.h"

struct password_credential {
    IPasswordCredential IPasswordCredential_iface;

    struct object object;

    struct mutex mutex; /* over all below */
    HSTRING resource, user_name;
    WCHAR *password; /* NULL if there is none */
    UINT32 password_length;
};

DEFINE_INSPECTABLE(password_credential, IPasswordCredential)

/* Through a volatile pointer, so that no compiler leaves it out as useless. */
static void wipe_and_free(WCHAR *text, UINT32 length)
{
    volatile WCHAR *at = text;

    while (text && length--)
        *at++ = 0;
    memory_free(text);
}

static HRESULT get_string(struct password_credential *credential, const HSTRING *member,
                          HSTRING *value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    mutex_lock(&credential->mutex);
    hr = WindowsDuplicateString(*member, value);
    mutex_unlock(&credential->mutex);
    return hr;
}

static HRESULT put_string(struct password_credential *credential, HSTRING *member, HSTRING value)
{
    HSTRING copy, before;
    HRESULT hr = WindowsDuplicateString(value, &copy);

    if (FAILED(hr))
        return hr;
    mutex_lock(&credential->mutex);
    before = *member;
    *member = copy;
    mutex_unlock(&credential->mutex);
    WindowsDeleteString(before);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE password_credential_get_Resource(IPasswordCredential *iface,
                                                                  HSTRING *resource)
{
    struct password_credential *credential = impl_from_IPasswordCredential(iface);

    return get_string(credential, &credential->resource, resource);
}

static HRESULT STDMETHODCALLTYPE password_credential_put_Resource(IPasswordCredential *iface,
                                                                  HSTRING resource)
{
    struct password_credential *credential = impl_from_IPasswordCredential(iface);

    return put_string(credential, &credential->resource, resource);
}

static HRESULT STDMETHODCALLTYPE password_credential_get_UserName(IPasswordCredential *iface,
                                                                  HSTRING *user_name)
{
    struct password_credential *credential = impl_from_IPasswordCredential(iface);

    return get_string(credential, &credential->user_name, user_name);
}

static HRESULT STDMETHODCALLTYPE password_credential_put_UserName(IPasswordCredential *iface,
                                                                  HSTRING user_name)
{
    struct password_credential *credential = impl_from_IPasswordCredential(iface);

    if (WindowsIsStringEmpty(user_name))
        return error_originate(E_INVALIDARG, "The user name of a credential may not be empty");
    return put_string(credential, &credential->user_name, user_name);
}

static HRESULT STDMETHODCALLTYPE password_credential_get_Password(IPasswordCredential *iface,
                                                                  HSTRING *password)
{
    struct password_credential *credential = impl_from_IPasswordCredential(iface);
    HRESULT hr;

    if (!password)
        return E_POINTER;
    mutex_lock(&credential->mutex);
    hr = WindowsCreateString(credential->password, credential->password_length, password);
    mutex_unlock(&credential->mutex);
    return hr;
}

static HRESULT STDMETHODCALLTYPE password_credential_put_Password(IPasswordCredential *iface,
                                                                  HSTRING password)
{
    struct password_credential *credential = impl_from_IPasswordCredential(iface);
    UINT32 length, length_before;
    const WCHAR *text = WindowsGetStringRawBuffer(password, &length);
    WCHAR *copy, *before;

    if (!length)
        return error_originate(E_INVALIDARG, "The password of a credential may not be empty");
    copy = memory_dup(text, length * sizeof(*text));
    if (!copy)
        return E_OUTOFMEMORY;
    mutex_lock(&credential->mutex);
    before = credential->password;
    length_before = credential->password_length;
    credential->password = copy;
    credential->password_length = length;
    mutex_unlock(&credential->mutex);
    wipe_and_free(before, length_before);
    return S_OK;
}

/* There is no vault that a password could have stayed in: it is here, or nowhere. */
static HRESULT STDMETHODCALLTYPE password_credential_RetrievePassword(IPasswordCredential *iface)
{
    struct password_credential *credential = impl_from_IPasswordCredential(iface);
    bool found;

    mutex_lock(&credential->mutex);
    found = credential->password != NULL;
    mutex_unlock(&credential->mutex);
    if (found)
        return S_OK;
    return error_originate(HRESULT_FROM_WIN32(ERROR_NOT_FOUND), "The credential has no password");
}

/* IPropertySet is outside of what the project declares. */
static HRESULT STDMETHODCALLTYPE password_credential_get_Properties(
    IPasswordCredential *iface,
    __x_ABI_CWindows_CFoundation_CCollections_CIPropertySet **properties)
{
    (void)iface;
    if (!properties)
        return E_POINTER;
    *properties = NULL;
    return E_NOTIMPL;
}

static const struct IPasswordCredentialVtbl password_credential_vtbl = {
    INSPECTABLE_SLOTS(password_credential, IPasswordCredential),
    password_credential_get_Resource,
    password_credential_put_Resource,
    password_credential_get_UserName,
    password_credential_put_UserName,
    password_credential_get_Password,
    password_credential_put_Password,
    password_credential_RetrievePassword,
    password_credential_get_Properties,
};

static void password_credential_destroy(void *instance)
{
    struct password_credential *credential = instance;

    wipe_and_free(credential->password, credential->password_length);
    WindowsDeleteString(credential->user_name);
    WindowsDeleteString(credential->resource);
    mutex_destroy(&credential->mutex);
}

static const struct object_interface password_credential_interfaces[] = {
    OBJECT_INTERFACE(password_credential, IPasswordCredential),
};

static const struct object_class password_credential_class =
    OBJECT_CLASS(password_credential, RuntimeClass_Windows_Security_Credentials_PasswordCredential,
                 password_credential_destroy);

HRESULT password_credential_create(IPasswordCredential **out)
{
    struct password_credential *credential = object_alloc(&password_credential_class);

    *out = NULL;
    if (!credential)
        return E_OUTOFMEMORY;
    credential->IPasswordCredential_iface.lpVtbl = &password_credential_vtbl;
    mutex_init(&credential->mutex);
    *out = &credential->IPasswordCredential_iface;
    return S_OK;
}
