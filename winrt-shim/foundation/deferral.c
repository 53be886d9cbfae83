/* SPDX-License-Identifier: MIT */
/*
 * Windows.Foundation.Deferral. Complete and Close both call the handler, once in all: Close may be
 * repeated, and a second Complete, a programming error, is E_ILLEGAL_METHOD_CALL (the pages of
 * Deferral.Complete and Deferral.Close).
 */
#include "classes.h"

#include "winrt-shim/base/error.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"

struct deferral {
    IDeferral IDeferral_iface;
    IClosable IClosable_iface;

    struct object object;

    IDeferralCompletedHandler *handler; /* taken out when it is called */
};

DEFINE_INSPECTABLE(deferral, IDeferral)
DEFINE_INSPECTABLE(deferral, IClosable)

/* Whether this was the first call. The handler's answer is nobody's business. */
static bool finish(struct deferral *deferral)
{
    IDeferralCompletedHandler *handler =
        __atomic_exchange_n(&deferral->handler, NULL, __ATOMIC_ACQ_REL);

    if (!handler)
        return false;
    IDeferralCompletedHandler_Invoke(handler);
    IDeferralCompletedHandler_Release(handler);
    return true;
}

static HRESULT STDMETHODCALLTYPE deferral_Complete(IDeferral *iface)
{
    if (finish(impl_from_IDeferral(iface)))
        return S_OK;
    return error_originate(E_ILLEGAL_METHOD_CALL, "The deferral has been completed");
}

static const struct IDeferralVtbl deferral_vtbl = {
    INSPECTABLE_SLOTS(deferral, IDeferral),
    deferral_Complete,
};

static HRESULT STDMETHODCALLTYPE deferral_Close(IClosable *iface)
{
    finish(impl_from_IClosable(iface));
    return S_OK;
}

static const struct IClosableVtbl deferral_closable_vtbl = {
    INSPECTABLE_SLOTS(deferral, IClosable),
    deferral_Close,
};

static void deferral_destroy(void *instance)
{
    struct deferral *deferral = instance;

    if (deferral->handler)
        IDeferralCompletedHandler_Release(deferral->handler);
}

static const struct object_interface deferral_interfaces[] = {
    OBJECT_INTERFACE(deferral, IDeferral),
    OBJECT_INTERFACE(deferral, IClosable),
};

static const struct object_class deferral_class =
    OBJECT_CLASS(deferral, RuntimeClass_Windows_Foundation_Deferral, deferral_destroy);

struct deferral_factory {
    IActivationFactory IActivationFactory_iface;
    IDeferralFactory IDeferralFactory_iface;

    struct object object;
};

DEFINE_INSPECTABLE(deferral_factory, IActivationFactory)
DEFINE_INSPECTABLE(deferral_factory, IDeferralFactory)

static const struct IActivationFactoryVtbl deferral_activation_vtbl = {
    INSPECTABLE_SLOTS(deferral_factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static HRESULT STDMETHODCALLTYPE deferral_factory_Create(IDeferralFactory *iface,
                                                         IDeferralCompletedHandler *handler,
                                                         IDeferral **result)
{
    struct deferral *deferral;

    (void)iface;
    if (!result)
        return E_POINTER;
    *result = NULL;
    if (!handler)
        return E_POINTER;
    deferral = object_alloc(&deferral_class);
    if (!deferral)
        return E_OUTOFMEMORY;
    deferral->IDeferral_iface.lpVtbl = &deferral_vtbl;
    deferral->IClosable_iface.lpVtbl = &deferral_closable_vtbl;
    IDeferralCompletedHandler_AddRef(handler);
    deferral->handler = handler;
    *result = &deferral->IDeferral_iface;
    return S_OK;
}

static const struct IDeferralFactoryVtbl deferral_factory_vtbl = {
    INSPECTABLE_SLOTS(deferral_factory, IDeferralFactory),
    deferral_factory_Create,
};

static const struct object_interface deferral_factory_interfaces[] = {
    OBJECT_INTERFACE(deferral_factory, IActivationFactory),
    OBJECT_INTERFACE(deferral_factory, IDeferralFactory),
};

static const struct object_class deferral_factory_class =
    OBJECT_CLASS(deferral_factory, RuntimeClass_Windows_Foundation_Deferral, NULL);

HRESULT deferral_factory_create(IActivationFactory **out)
{
    struct deferral_factory *factory = object_alloc(&deferral_factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &deferral_activation_vtbl;
    factory->IDeferralFactory_iface.lpVtbl = &deferral_factory_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
