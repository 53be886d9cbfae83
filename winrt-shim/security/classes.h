/* SPDX-License-Identifier: MIT */
/* The factories of Windows.Security.Credentials's classes; rows of winrt-shim/classes.c. */
#ifndef WINRT_SECURITY_CLASSES_H
#define WINRT_SECURITY_CLASSES_H

#include <windows.h>
#include <activation.h>

HRESULT password_credential_factory_create(IActivationFactory **out);

#endif
