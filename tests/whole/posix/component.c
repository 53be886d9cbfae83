/* SPDX-License-Identifier: MIT */
/* The component of a program that has it in itself: what the runtime loads, and asks for classes.
 */
#include <dlfcn.h>

#include <windows.h>
#include <activation.h>

HRESULT WINAPI DllGetActivationFactory(HSTRING class_name, IActivationFactory **factory);
HRESULT WINAPI DllCanUnloadNow(void);

HRESULT WINAPI DllGetActivationFactory(HSTRING class_name, IActivationFactory **factory)
{
    HRESULT(WINAPI * get)(HSTRING, IActivationFactory **);
    void *program = dlopen(NULL, RTLD_NOW);

    *factory = NULL;
    if (!program)
        return E_FAIL;
    *(void **)&get = dlsym(program, "DllGetActivationFactory");
    dlclose(program);
    return get ? get(class_name, factory) : E_FAIL;
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return S_FALSE;
}
