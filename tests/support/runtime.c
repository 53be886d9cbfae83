/* SPDX-License-Identifier: MIT */
#include "test_main.h"

#include <stdio.h>

#include <windows.h>
#include <roapi.h>

#include "hstrings.h"

int test_runtime_begin(void **state)
{
    HRESULT hr = RoInitialize(RO_INIT_MULTITHREADED);

    (void)state;
    if (FAILED(hr))
        fprintf(stderr, "RoInitialize: 0x%08X\n", (unsigned)hr);
    return FAILED(hr) ? -1 : 0;
}

int test_runtime_end(void **state)
{
    (void)state;
    strings_end();
    RoUninitialize();
    return 0;
}
