/* SPDX-License-Identifier: MIT */
/* Loading components by name, and functions by name. */
#include <windows.h>
#include <winstring.h>

#include <string.h>

#include "tests/shim/components.h"
#include "tests/shim/program_path.h"
#include "tests/support/check.h"
#include "tests/support/platform.h"
#include "tests/support/test_main.h"

static HMODULE load_sample(void)
{
    HMODULE module;

    use_test_components();
    module = LoadLibraryA(sample_names()[0]);
    assert_non_null(module);
    return module;
}

static void component_is_loaded_by_name(void **state)
{
    const char *const *name;
    HMODULE module, other;

    (void)state;
    use_test_components();
    assert_null(GetModuleHandleW(u"WinRTTest.Sample.dll"));
    assert_int_equal(GetLastError(), ERROR_MOD_NOT_FOUND);
    module = LoadLibraryW(u"WinRTTest.Sample.dll");
    assert_non_null(module);
    assert_ptr_equal(LoadLibraryExW(u"winrttest.sample.dll", NULL, 0), module);
    for (name = sample_names(); *name; name++) {
        assert_ptr_equal(LoadLibraryA(*name), module);
        assert_ptr_equal(LoadLibraryExA(*name, NULL, 0), module);
        assert_ptr_equal(GetModuleHandleA(*name), module);
    }
    assert_ptr_equal(GetModuleHandleW(u"WinRTTest.Sample.dll"), module);
    assert_true(GetModuleHandleExA(0, sample_names()[1], &other));
    assert_ptr_equal(other, module);
    assert_true(FreeLibrary(module));
    assert_true(FreeLibrary(module));
}

static void component_stays_loaded(void **state)
{
    HMODULE module;

    (void)state;
    skip_but_natively("Windows unloads a library with its last reference");
    module = load_sample();
    assert_ptr_equal(LoadLibraryExW(u"winrttest.sample", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32),
                     module);
    assert_true(FreeLibrary(module));
    assert_true(FreeLibrary(module));
    assert_ptr_equal(GetModuleHandleA("winrttest.sample"), module);
}

static void function_is_found_by_name(void **state)
{
    HMODULE module = load_sample();
    int (*answer)(void);

    (void)state;
    answer = (int (*)(void))(void *)GetProcAddress(module, "test_component_answer");
    assert_non_null(answer);
    assert_int_equal(answer(), 42);
    assert_int_equal((int)GetProcAddress(module, "test_component_answer")(), 42);
    assert_null(GetProcAddress(module, "no_such_function"));
    assert_int_equal(GetLastError(), ERROR_PROC_NOT_FOUND);
    assert_null(GetProcAddress(module, "printf")); /* of a library it depends on */
    assert_null(GetProcAddress(module, (LPCSTR)7000));
}

static void system_libraries_are_the_shim(void **state)
{
    static const WCHAR *const names[] = {
        u"kernel32.dll",
        u"KERNEL32",
        u"combase.dll",
        u"oleaut32",
        u"api-ms-win-core-winrt-l1-1-0.dll",
    };
    HMODULE module, other = NULL;
    void *create;
    size_t i;

    (void)state;
    skip_but_natively("combase and kernel32 are libraries of the system's");
    module = LoadLibraryA("combase.dll");
    assert_non_null(module);
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_ptr_equal(GetModuleHandleW(names[i]), module);
    create = (void *)GetProcAddress(module, "WindowsCreateString");
    assert_ptr_equal(create, WindowsCreateString);
    assert_null(GetProcAddress(module, "runtime_lock")); /* not documented, so not there */
    assert_true(GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                                       GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                                   (LPCWSTR)create, &other));
    assert_ptr_equal(other, module);
}

static void program_is_a_module_too(void **state)
{
    HMODULE module = GetModuleHandleW(NULL), other = NULL;
    static const char anchor;

    (void)state;
    assert_non_null(module);
    assert_ptr_equal(GetModuleHandleA(NULL), module);
    assert_true(GetModuleHandleExW(0, NULL, &other));
    assert_ptr_equal(other, module);
    assert_true(
        GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCSTR)&anchor, &other));
    assert_ptr_equal(other, module);
}

static void what_is_not_there(void **state)
{
    HMODULE module = (HMODULE)0xdead;
    int local;

    (void)state;
    use_test_components();
    assert_null(LoadLibraryW(u"no.such.component"));
    assert_int_equal(GetLastError(), ERROR_MOD_NOT_FOUND);
    assert_null(LoadLibraryA("../components/winrttest.sample.so"));
    assert_int_equal(GetLastError(), ERROR_MOD_NOT_FOUND);
    assert_null(LoadLibraryA("/does/not/exist.so"));
    assert_null(LoadLibraryA(""));
    assert_null(LoadLibraryW(u"\xd800"));
    assert_null(LoadLibraryA(broken_name));
    assert_int_equal(GetLastError(), ERROR_BAD_EXE_FORMAT);
    assert_false(GetModuleHandleExW(0, u"no.such.component", &module));
    assert_null(module);
    assert_false(
        GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)&local, &module));
}

static void bad_arguments_are_refused(void **state)
{
    HMODULE module = NULL;
    WCHAR path[16];

    (void)state;
    skip_but_natively("what wrong pointers and handles get is not documented");
    assert_null(LoadLibraryA(NULL));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    assert_null(LoadLibraryW(NULL));
    assert_null(LoadLibraryExA("winrttest.sample", (HANDLE)4, 0));
    assert_false(FreeLibrary((HMODULE)0x1234));
    assert_null(GetProcAddress((HMODULE)0x1234, "test_component_answer"));
    assert_int_equal(GetLastError(), ERROR_MOD_NOT_FOUND);
    assert_false(GetModuleHandleExW(0x100, NULL, &module));
    assert_false(GetModuleHandleExW(0, NULL, NULL));
    assert_int_equal(GetModuleFileNameW((HMODULE)0x1234, path, 16), 0);
    assert_int_equal(GetLastError(), ERROR_MOD_NOT_FOUND);
}

static void modules_know_their_files(void **state)
{
    const char *expected = program_path();
    char narrow[4096];
    WCHAR path[4096];
    DWORD length;

    (void)state;
    length = GetModuleFileNameW(NULL, path, 4096);
    assert_int_equal(length, strlen(expected));
    assert_int_equal(path[length], 0);
    WideCharToMultiByte(CP_UTF8, 0, path, -1, narrow, 4096, NULL, NULL);
    assert_string_equal(narrow, expected);

    length = GetModuleFileNameW(load_sample(), path, 4096);
    assert_int_equal(length, strlen(sample_names()[0]));
    WideCharToMultiByte(CP_UTF8, 0, path, -1, narrow, 4096, NULL, NULL);
    assert_string_equal(narrow, sample_names()[0]);

    assert_int_equal(GetModuleFileNameW(NULL, path, 5), 5);
    assert_int_equal(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
}

static void file_name_that_is_cut_is_terminated(void **state)
{
    WCHAR path[5] = { 7, 7, 7, 7, 7 };

    (void)state;
    skip_under_wine("GetModuleFileName does not terminate what it cuts");
    assert_int_equal(GetModuleFileNameW(NULL, path, 5), 5);
    assert_int_equal(path[4], 0);
    path[0] = 7;
    assert_int_equal(GetModuleFileNameW(NULL, path, 0), 0);
    assert_int_equal(path[0], 7);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(component_is_loaded_by_name),
    cmocka_unit_test(component_stays_loaded),
    cmocka_unit_test(function_is_found_by_name),
    cmocka_unit_test(system_libraries_are_the_shim),
    cmocka_unit_test(program_is_a_module_too),
    cmocka_unit_test(what_is_not_there),
    cmocka_unit_test(bad_arguments_are_refused),
    cmocka_unit_test(modules_know_their_files),
    cmocka_unit_test(file_name_that_is_cut_is_terminated),
};

TEST_MAIN(tests)
