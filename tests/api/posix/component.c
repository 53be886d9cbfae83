/* SPDX-License-Identifier: MIT */
#include "../component.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "strings_ring.h"

void *component_load(const char *name)
{
    void *component =
        dlopen(ring_format("%s/%s.so", getenv("WINRT_COMPONENT_PATH"), name), RTLD_NOW);

    assert_non_null(component);
    return component;
}

void *component_function(void *component, const char *name)
{
    return dlsym(component, name);
}

void component_unload(void *component)
{
    assert_int_equal(dlclose(component), 0);
}
