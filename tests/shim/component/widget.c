/* SPDX-License-Identifier: MIT */
/*
 * A component for the tests of activation. WinRTTest.Sample.Widget has a default constructor,
 * WinRTTest.Sample.Gadget has none; both have one factory each.
 */
#define COBJMACROS
#include <windows.h>
#include <activation.h>
#include <winstring.h>

#include "tests/shim/component/widget.h"

struct class {
    const WCHAR *name;
    UINT32 length;
    BOOL has_constructor;
};

/* A factory, or an instance, which is the same interface here: enough to tell them apart by
 * address. */
struct widget {
    IActivationFactory IActivationFactory_iface;
    LONG ref; /* a factory's count starts at 1 and so never ends */
    const struct class *class;
};

static const struct class widget_class = { u"WinRTTest.Sample.Widget", 23, TRUE };
static const struct class gadget_class = { u"WinRTTest.Sample.Gadget", 23, FALSE };

static struct widget *impl_from_IActivationFactory(IActivationFactory *iface)
{
    return CONTAINING_RECORD(iface, struct widget, IActivationFactory_iface);
}

static HRESULT STDMETHODCALLTYPE widget_QueryInterface(IActivationFactory *iface, REFIID iid,
                                                       void **out)
{
    *out = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IInspectable) &&
        !IsEqualGUID(iid, &IID_IActivationFactory))
        return E_NOINTERFACE;
    IActivationFactory_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE widget_AddRef(IActivationFactory *iface)
{
    return InterlockedIncrement(&impl_from_IActivationFactory(iface)->ref);
}

static ULONG STDMETHODCALLTYPE widget_Release(IActivationFactory *iface)
{
    struct widget *widget = impl_from_IActivationFactory(iface);
    ULONG ref = InterlockedDecrement(&widget->ref);

    if (!ref)
        CoTaskMemFree(widget);
    return ref;
}

static HRESULT STDMETHODCALLTYPE widget_GetIids(IActivationFactory *iface, ULONG *count, IID **iids)
{
    (void)iface;
    *count = 0;
    *iids = NULL;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE widget_GetRuntimeClassName(IActivationFactory *iface,
                                                            HSTRING *name)
{
    const struct class *class = impl_from_IActivationFactory(iface)->class;

    return WindowsCreateString(class->name, class->length, name);
}

static HRESULT STDMETHODCALLTYPE widget_GetTrustLevel(IActivationFactory *iface, TrustLevel *level)
{
    (void)iface;
    *level = BaseTrust;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE widget_ActivateInstance(IActivationFactory *iface,
                                                         IInspectable **out)
{
    struct widget *factory = impl_from_IActivationFactory(iface), *widget;

    *out = NULL;
    if (!factory->class->has_constructor)
        return E_NOTIMPL;
    if (!(widget = CoTaskMemAlloc(sizeof(*widget))))
        return E_OUTOFMEMORY;
    widget->IActivationFactory_iface.lpVtbl = factory->IActivationFactory_iface.lpVtbl;
    widget->ref = 1;
    widget->class = factory->class;
    *out = (IInspectable *)&widget->IActivationFactory_iface;
    return S_OK;
}

static struct IActivationFactoryVtbl widget_vtbl = {
    widget_QueryInterface,      widget_AddRef,        widget_Release,          widget_GetIids,
    widget_GetRuntimeClassName, widget_GetTrustLevel, widget_ActivateInstance,
};

static struct widget factories[] = {
    { { &widget_vtbl }, 1, &widget_class },
    { { &widget_vtbl }, 1, &gadget_class },
};

int test_component_answer(void)
{
    return 42;
}

HRESULT WINAPI DllGetActivationFactory(HSTRING class_id, IActivationFactory **factory)
{
    size_t i;

    *factory = NULL;
    for (i = 0; i < sizeof(factories) / sizeof(factories[0]); i++) {
        HSTRING_HEADER header;
        INT32 order = 1;
        HSTRING name;

        WindowsCreateStringReference(factories[i].class->name, factories[i].class->length, &header,
                                     &name);
        WindowsCompareStringOrdinal(name, class_id, &order);
        if (order)
            continue;
        *factory = &factories[i].IActivationFactory_iface;
        IActivationFactory_AddRef(*factory);
        return S_OK;
    }
    return CLASS_E_CLASSNOTAVAILABLE;
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return S_FALSE;
}
