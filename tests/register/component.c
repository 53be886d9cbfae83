/* SPDX-License-Identifier: MIT */
/* A component for the tests, with two classes that do nothing. */
#include <activation.h>
#include <hstring.h>
#include <winstring.h>

static HRESULT WINAPI factory_QueryInterface(IActivationFactory *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IInspectable) &&
        !IsEqualGUID(iid, &IID_IActivationFactory))
        return E_NOINTERFACE;
    *out = iface;
    return S_OK;
}

/* It is not counted: it is never gone. */
static ULONG WINAPI factory_AddRef(IActivationFactory *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI factory_Release(IActivationFactory *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI factory_GetIids(IActivationFactory *iface, ULONG *count, IID **iids)
{
    (void)iface;
    *count = 0;
    *iids = NULL;
    return S_OK;
}

static HRESULT WINAPI factory_GetRuntimeClassName(IActivationFactory *iface, HSTRING *name)
{
    (void)iface;
    *name = NULL;
    return E_NOTIMPL;
}

static HRESULT WINAPI factory_GetTrustLevel(IActivationFactory *iface, TrustLevel *level)
{
    (void)iface;
    *level = BaseTrust;
    return S_OK;
}

static HRESULT WINAPI factory_ActivateInstance(IActivationFactory *iface, IInspectable **instance)
{
    (void)iface;
    *instance = NULL;
    return E_NOTIMPL;
}

static const struct IActivationFactoryVtbl factory_vtbl = {
    factory_QueryInterface,      factory_AddRef,        factory_Release,          factory_GetIids,
    factory_GetRuntimeClassName, factory_GetTrustLevel, factory_ActivateInstance,
};

static IActivationFactory factory = { (struct IActivationFactoryVtbl *)&factory_vtbl };

static const struct {
    const WCHAR *name;
    IActivationFactory *factory;
} classes[] = {
    { u"Test.Register.One", &factory },
    { u"Test.Register.Two", &factory },
};

HRESULT WINAPI DllGetActivationFactory(HSTRING class_name, IActivationFactory **out);
HRESULT WINAPI DllCanUnloadNow(void);

HRESULT WINAPI DllGetActivationFactory(HSTRING class_name, IActivationFactory **out)
{
    const WCHAR *name = WindowsGetStringRawBuffer(class_name, NULL);

    *out = NULL;
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        if (!lstrcmpW(classes[i].name, name))
            *out = classes[i].factory;
    return *out ? S_OK : CLASS_E_CLASSNOTAVAILABLE;
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return S_OK;
}
