/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_COMPONENT_WIDGET_H
#define WINRT_TEST_COMPONENT_WIDGET_H

#include <windows.h>
#include <activation.h>
#include <hstring.h>

HRESULT WINAPI DllGetActivationFactory(HSTRING class_id, IActivationFactory **factory);
HRESULT WINAPI DllCanUnloadNow(void);

/* 42. For GetProcAddress. */
int test_component_answer(void);

#endif
