/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/hstring_text.h"
#include "winrt-shim/base/object.h"

#include "src/port/memory.h"
#include "www_form_url_decoder.h"

struct decoder_factory {
    IActivationFactory IActivationFactory_iface;
    IWwwFormUrlDecoderRuntimeClassFactory IWwwFormUrlDecoderRuntimeClassFactory_iface;

    struct object object;
};

DEFINE_INSPECTABLE(decoder_factory, IActivationFactory)
DEFINE_INSPECTABLE(decoder_factory, IWwwFormUrlDecoderRuntimeClassFactory)

static const struct IActivationFactoryVtbl decoder_activation_vtbl = {
    INSPECTABLE_SLOTS(decoder_factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static HRESULT STDMETHODCALLTYPE
decoder_factory_CreateWwwFormUrlDecoder(IWwwFormUrlDecoderRuntimeClassFactory *iface, HSTRING query,
                                        IWwwFormUrlDecoderRuntimeClass **instance)
{
    char *text = NULL;
    HRESULT hr;

    (void)iface;
    if (!instance)
        return E_POINTER;
    *instance = NULL;
    hr = hstring_to_utf8(query, &text);
    if (SUCCEEDED(hr))
        hr = www_form_url_decoder_create(text, instance);
    memory_free(text);
    return hr;
}

static const struct IWwwFormUrlDecoderRuntimeClassFactoryVtbl decoder_factory_vtbl = {
    INSPECTABLE_SLOTS(decoder_factory, IWwwFormUrlDecoderRuntimeClassFactory),
    decoder_factory_CreateWwwFormUrlDecoder,
};

static const struct object_interface decoder_factory_interfaces[] = {
    OBJECT_INTERFACE(decoder_factory, IActivationFactory),
    OBJECT_INTERFACE(decoder_factory, IWwwFormUrlDecoderRuntimeClassFactory),
};

static const struct object_class decoder_factory_class =
    OBJECT_CLASS(decoder_factory, RuntimeClass_Windows_Foundation_WwwFormUrlDecoder, NULL);

HRESULT www_form_url_decoder_factory_create(IActivationFactory **out)
{
    struct decoder_factory *factory = object_alloc(&decoder_factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &decoder_activation_vtbl;
    factory->IWwwFormUrlDecoderRuntimeClassFactory_iface.lpVtbl = &decoder_factory_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
