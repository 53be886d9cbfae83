/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "password_credential.h"

#include "winrt-shim/base/object.h"

struct credential_factory {
    IActivationFactory IActivationFactory_iface;
    ICredentialFactory ICredentialFactory_iface;

    struct object object;
};

DEFINE_INSPECTABLE(credential_factory, IActivationFactory)
DEFINE_INSPECTABLE(credential_factory, ICredentialFactory)

static HRESULT STDMETHODCALLTYPE credential_factory_ActivateInstance(IActivationFactory *iface,
                                                                     IInspectable **instance)
{
    (void)iface;
    if (!instance)
        return E_POINTER;
    return password_credential_create((IPasswordCredential **)instance);
}

static const struct IActivationFactoryVtbl credential_activation_vtbl = {
    INSPECTABLE_SLOTS(credential_factory, IActivationFactory),
    credential_factory_ActivateInstance,
};

/* User name and password may not be empty (the constructor's page). */
static HRESULT STDMETHODCALLTYPE credential_factory_CreatePasswordCredential(
    ICredentialFactory *iface, HSTRING resource, HSTRING user_name, HSTRING password,
    IPasswordCredential **credential)
{
    IPasswordCredential *made;
    HRESULT hr;

    (void)iface;
    if (!credential)
        return E_POINTER;
    *credential = NULL;
    hr = password_credential_create(&made);
    if (FAILED(hr))
        return hr;
    hr = IPasswordCredential_put_Resource(made, resource);
    if (SUCCEEDED(hr))
        hr = IPasswordCredential_put_UserName(made, user_name);
    if (SUCCEEDED(hr))
        hr = IPasswordCredential_put_Password(made, password);
    if (FAILED(hr)) {
        IPasswordCredential_Release(made);
        return hr;
    }
    *credential = made;
    return S_OK;
}

static const struct ICredentialFactoryVtbl credential_factory_vtbl = {
    INSPECTABLE_SLOTS(credential_factory, ICredentialFactory),
    credential_factory_CreatePasswordCredential,
};

static const struct object_interface credential_factory_interfaces[] = {
    OBJECT_INTERFACE(credential_factory, IActivationFactory),
    OBJECT_INTERFACE(credential_factory, ICredentialFactory),
};

static const struct object_class credential_factory_class =
    OBJECT_CLASS(credential_factory, RuntimeClass_Windows_Security_Credentials_PasswordCredential,
                 NULL);

HRESULT password_credential_factory_create(IActivationFactory **out)
{
    struct credential_factory *factory = object_alloc(&credential_factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &credential_activation_vtbl;
    factory->ICredentialFactory_iface.lpVtbl = &credential_factory_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
