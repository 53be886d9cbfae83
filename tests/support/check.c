/* SPDX-License-Identifier: MIT */
#include "check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "hstrings.h"
#include "test_event.h"

void check_hresult_at(HRESULT expected, HRESULT actual, const char *text, const char *file,
                      int line)
{
    if (actual == expected)
        return;
    print_error("%s: 0x%08X, expected 0x%08X\n", text, (unsigned)actual, (unsigned)expected);
    _fail(file, line);
}

void check_last_release_at(void *unknown, const char *text, const char *file, int line)
{
    IUnknown *object = unknown;
    ULONG left;

    if (!object) {
        print_error("%s is NULL\n", text);
        _fail(file, line);
        return;
    }
    left = object->lpVtbl->Release(object);
    if (left != 0) {
        print_error("%s: %u references are left after the last release\n", text, (unsigned)left);
        _fail(file, line);
    }
}

static ULONG count_references(IUnknown *object)
{
    object->lpVtbl->AddRef(object);
    return object->lpVtbl->Release(object);
}

void wait_for_last_reference(void *unknown)
{
    struct test_event never;
    unsigned waited;

    test_event_init(&never);
    for (waited = 0; waited < TEST_WAIT_MS && count_references(unknown) > 1; waited++)
        test_event_wait(&never, 1);
    test_event_destroy(&never);
}

void check_refcount_at(ULONG expected, void *unknown, const char *text, const char *file, int line)
{
    ULONG actual = count_references(unknown);

    if (actual != expected) {
        print_error("%s: %u references, expected %u\n", text, (unsigned)actual, (unsigned)expected);
        _fail(file, line);
    }
}

void check_string_at(const char *expected, HSTRING string, const char *text, const char *file,
                     int line)
{
    const char *actual = string_text(string);
    bool equal = strcmp(actual, expected) == 0;

    string_delete(string);
    if (!equal) {
        print_error("%s: \"%s\", expected \"%s\"\n", text, actual, expected);
        _fail(file, line);
    }
}

void check_same_object_at(void *one, void *other, const char *file, int line)
{
    IUnknown *first = query(one, &IID_IUnknown);
    IUnknown *second = query(other, &IID_IUnknown);
    bool same = first == second;

    first->lpVtbl->Release(first);
    second->lpVtbl->Release(second);
    if (!same) {
        print_error("two interfaces do not have the same identity\n");
        _fail(file, line);
    }
}

void release_unknown(void *unknown)
{
    IUnknown *object = unknown;

    if (object)
        object->lpVtbl->Release(object);
}

void *query(void *unknown, REFIID iid)
{
    IUnknown *object = unknown;
    void *ret = NULL;

    check_ok(object->lpVtbl->QueryInterface(object, iid, &ret));
    assert_non_null(ret);
    return ret;
}
