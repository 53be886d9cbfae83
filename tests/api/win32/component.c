/* SPDX-License-Identifier: MIT */
#include "../component.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <windows.h>

#include "paths.h"
#include "strings_ring.h"

void *component_load(const char *name)
{
    HMODULE component =
        LoadLibraryA(item_form(ring_format("%s/%s.dll", getenv("WINRT_COMPONENT_PATH"), name)));

    assert_non_null(component);
    return component;
}

void *component_function(void *component, const char *name)
{
    return (void *)GetProcAddress(component, name);
}

void component_unload(void *component)
{
    assert_true(FreeLibrary(component));
}
