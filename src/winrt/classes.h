/* SPDX-License-Identifier: MIT */
/* The activation factories of this component, one a runtime class; main.c has them in its table. */
#ifndef WINRT_CLASSES_H
#define WINRT_CLASSES_H

#include <windows.h>
#include <activation.h>

/* Each makes a new factory with one reference, or answers E_OUTOFMEMORY. */
HRESULT background_downloader_factory_create(IActivationFactory **out);
HRESULT background_transfer_error_factory_create(IActivationFactory **out);
HRESULT background_transfer_group_factory_create(IActivationFactory **out);

#endif
