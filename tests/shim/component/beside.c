/* SPDX-License-Identifier: MIT */
/* Activates WinRTTest.Sample.Widget; exits with 0 if that works. For check_component_folder.sh. */
#define COBJMACROS
#include <windows.h>
#include <roapi.h>
#include <winstring.h>

#include <stdio.h>

int main(void)
{
    IInspectable *instance = NULL;
    HSTRING_HEADER header;
    HSTRING name = NULL;
    HRESULT hr;

    WindowsCreateStringReference(u"WinRTTest.Sample.Widget", 23, &header, &name);
    if (SUCCEEDED(hr = RoInitialize(RO_INIT_MULTITHREADED))) {
        if (SUCCEEDED(hr = RoActivateInstance(name, &instance)))
            IInspectable_Release(instance);
        RoUninitialize();
    }
    printf("0x%08x\n", (unsigned)hr);
    return FAILED(hr);
}
