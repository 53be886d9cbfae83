/* SPDX-License-Identifier: MIT */
/* The factories of Windows.Foundation's classes; rows of winrt-shim/classes.c. */
#ifndef WINRT_FOUNDATION_CLASSES_H
#define WINRT_FOUNDATION_CLASSES_H

#include <windows.h>
#include <activation.h>

#include <windows.foundation.h>

HRESULT deferral_factory_create(IActivationFactory **out);
HRESULT memory_buffer_factory_create(IActivationFactory **out);
HRESULT property_value_factory_create(IActivationFactory **out);
HRESULT uri_factory_create(IActivationFactory **out);
HRESULT www_form_url_decoder_factory_create(IActivationFactory **out);

#endif
