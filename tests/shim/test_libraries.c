/* SPDX-License-Identifier: MIT */
/* Loading components by name, and functions by name. */
#include <windows.h>
#include <winstring.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/test_main.h"

#define SAMPLE_PATH TEST_COMPONENTS "/winrttest.sample.so"

static void use_test_components(void)
{
    setenv("WINRT_COMPONENT_PATH", TEST_COMPONENTS, 1);
}

static void component_is_loaded_by_name(void **state)
{
    HMODULE module, other;

    (void)state;
    use_test_components();
    assert_null(GetModuleHandleW(u"WinRTTest.Sample.dll"));
    assert_int_equal(GetLastError(), ERROR_MOD_NOT_FOUND);
    module = LoadLibraryW(u"WinRTTest.Sample.dll");
    assert_non_null(module);
    assert_ptr_equal(LoadLibraryA("winrttest.sample"), module);
    assert_ptr_equal(LoadLibraryA("winrttest.sample.so"), module);
    assert_ptr_equal(LoadLibraryExW(u"winrttest.sample", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32),
                     module);
    assert_ptr_equal(LoadLibraryExA(SAMPLE_PATH, NULL, 0), module);
    assert_ptr_equal(GetModuleHandleW(u"WinRTTest.Sample.dll"), module);
    assert_ptr_equal(GetModuleHandleA("winrttest.sample"), module);
    assert_true(GetModuleHandleExA(0, "winrttest.sample", &other));
    assert_ptr_equal(other, module);
    assert_true(FreeLibrary(module));
    assert_true(FreeLibrary(module));
    assert_ptr_equal(GetModuleHandleA("winrttest.sample"), module); /* stays loaded */
}

static void function_is_found_by_name(void **state)
{
    HMODULE module;
    int (*answer)(void);

    (void)state;
    use_test_components();
    module = LoadLibraryA("winrttest.sample");
    assert_non_null(module);
    answer = (int (*)(void))(void *)GetProcAddress(module, "test_component_answer");
    assert_non_null(answer);
    assert_int_equal(answer(), 42);
    assert_int_equal((int)GetProcAddress(module, "test_component_answer")(), 42);
    assert_null(GetProcAddress(module, "no_such_function"));
    assert_int_equal(GetLastError(), ERROR_PROC_NOT_FOUND);
    assert_null(GetProcAddress(module, "printf")); /* of a library it depends on */
    assert_null(GetProcAddress(module, (LPCSTR)7));
    assert_null(GetProcAddress((HMODULE)0x1234, "test_component_answer"));
    assert_int_equal(GetLastError(), ERROR_MOD_NOT_FOUND);
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
    HMODULE module = LoadLibraryA("combase.dll"), other = NULL;
    void *create;
    size_t i;

    (void)state;
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
    assert_null(LoadLibraryA(NULL));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    assert_null(LoadLibraryW(NULL));
    assert_null(LoadLibraryW(u"\xd800"));
    assert_null(LoadLibraryExA("winrttest.sample", (HANDLE)4, 0));
    assert_null(LoadLibraryA("winrttest.broken"));
    assert_int_equal(GetLastError(), ERROR_BAD_EXE_FORMAT);
    assert_false(FreeLibrary((HMODULE)0x1234));
    assert_false(GetModuleHandleExW(0, u"no.such.component", &module));
    assert_null(module);
    assert_false(GetModuleHandleExW(0x100, NULL, &module));
    assert_false(GetModuleHandleExW(0, NULL, NULL));
    assert_false(
        GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)&local, &module));
}

static void modules_know_their_files(void **state)
{
    char expected[4096], narrow[4096];
    WCHAR path[4096];
    ssize_t size;
    DWORD length;

    (void)state;
    use_test_components();
    size = readlink("/proc/self/exe", expected, sizeof(expected) - 1);
    assert_true(size > 0);
    expected[size] = 0;
    length = GetModuleFileNameW(NULL, path, 4096);
    assert_int_equal(length, size);
    assert_int_equal(path[length], 0);
    WideCharToMultiByte(CP_UTF8, 0, path, -1, narrow, 4096, NULL, NULL);
    assert_string_equal(narrow, expected);

    length = GetModuleFileNameW(LoadLibraryA("winrttest.sample"), path, 4096);
    assert_int_equal(length, strlen(SAMPLE_PATH));
    WideCharToMultiByte(CP_UTF8, 0, path, -1, narrow, 4096, NULL, NULL);
    assert_string_equal(narrow, SAMPLE_PATH);

    assert_int_equal(GetModuleFileNameW(NULL, path, 5), 5);
    assert_int_equal(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    assert_int_equal(path[4], 0);
    assert_int_equal(GetModuleFileNameW(NULL, path, 0), 0);
    assert_int_equal(GetModuleFileNameW((HMODULE)0x1234, path, 4096), 0);
    assert_int_equal(GetLastError(), ERROR_MOD_NOT_FOUND);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(component_is_loaded_by_name),
    cmocka_unit_test(function_is_found_by_name),
    cmocka_unit_test(system_libraries_are_the_shim),
    cmocka_unit_test(program_is_a_module_too),
    cmocka_unit_test(what_is_not_there),
    cmocka_unit_test(modules_know_their_files),
};

TEST_MAIN(tests)
