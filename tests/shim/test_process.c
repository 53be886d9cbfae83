/* SPDX-License-Identifier: MIT */
/* Clocks, sleeping, identifiers, the environment, the app's identity. */
#include <windows.h>
#include <objbase.h>
#include <shobjidl.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/shim/identifiers.h"
#include "tests/support/check.h"
#include "tests/support/environment.h"
#include "tests/support/programs.h"
#include "tests/support/platform.h"
#include "tests/support/test_main.h"
#include "tests/support/test_thread.h"

/* What GetTickCount64 counts in at the most, by its page: so that little may be missing. */
#define TICK_MS 16

static void clocks_go_forward(void **state)
{
    LARGE_INTEGER before, after, frequency;
    ULONGLONG ticks = GetTickCount64();

    (void)state;
    assert_true(QueryPerformanceFrequency(&frequency));
    assert_true(QueryPerformanceCounter(&before));
    Sleep(50);
    assert_true(QueryPerformanceCounter(&after));
    assert_true((after.QuadPart - before.QuadPart) * 1000 / frequency.QuadPart >= 50 - TICK_MS);
    assert_true(GetTickCount64() - ticks >= 50 - TICK_MS);
    assert_true(GetTickCount() - (DWORD)ticks < 1000000);
    assert_int_equal(SleepEx(0, TRUE), 0);
    assert_int_equal(SleepEx(1, TRUE), 0);
    SwitchToThread();
}

static void system_time_counts_from_1601(void **state)
{
    FILETIME time_now, precise;
    ULARGE_INTEGER value;
    LONGLONG unix_now;

    (void)state;
    GetSystemTimeAsFileTime(&time_now);
    GetSystemTimePreciseAsFileTime(&precise);
    unix_now = time(NULL);
    value.LowPart = time_now.dwLowDateTime;
    value.HighPart = time_now.dwHighDateTime;
    assert_true(llabs((LONGLONG)(value.QuadPart / 10000000) - 11644473600 - unix_now) <= 5);
    assert_true(precise.dwHighDateTime >= time_now.dwHighDateTime);
}

static void get_thread_id(void *argument)
{
    *(DWORD *)argument = GetCurrentThreadId();
}

static void identifiers_are_the_systems(void **state)
{
    DWORD other = 0;

    (void)state;
    assert_int_equal(GetCurrentProcessId(), process_identifier());
    assert_int_equal(GetCurrentThreadId(), thread_identifier());
    test_thread_run(get_thread_id, &other);
    assert_int_not_equal(other, 0);
    assert_int_not_equal(other, GetCurrentThreadId());
}

static void change_last_error(void *argument)
{
    *(DWORD *)argument = GetLastError();
    SetLastError(77);
}

static void last_error_belongs_to_the_thread(void **state)
{
    DWORD other = 99;

    (void)state;
    SetLastError(1234);
    test_thread_run(change_last_error, &other);
    assert_int_equal(other, 0);
    assert_int_equal(GetLastError(), 1234);
}

static void environment_is_read(void **state)
{
    WCHAR wide[8];
    char narrow[8];

    (void)state;
    test_setenv("WINRT_TEST_VALUE", "a\xc3\xa4z");
    test_setenv("WINRT_TEST_EMPTY", "");
    assert_int_equal(GetEnvironmentVariableW(u"WINRT_TEST_VALUE", wide, 8), 3);
    assert_memory_equal(wide, u"a\u00e4z", 8);
    assert_int_equal(GetEnvironmentVariableW(u"WINRT_TEST_VALUE", wide, 3), 4);
    assert_int_equal(GetEnvironmentVariableW(u"WINRT_TEST_VALUE", NULL, 0), 4);
    test_setenv("WINRT_TEST_PLAIN", "abcd");
    assert_int_equal(GetEnvironmentVariableA("WINRT_TEST_PLAIN", narrow, 8), 4);
    assert_string_equal(narrow, "abcd");
    assert_int_equal(GetEnvironmentVariableA("WINRT_TEST_PLAIN", narrow, 4), 5);
    SetLastError(0);
    assert_int_equal(GetEnvironmentVariableW(u"WINRT_TEST_EMPTY", wide, 8), 0);
    assert_int_equal(GetLastError(), ERROR_SUCCESS);
    assert_int_equal(GetEnvironmentVariableW(u"WINRT_TEST_NONE", wide, 8), 0);
    assert_int_equal(GetLastError(), ERROR_ENVVAR_NOT_FOUND);
    assert_int_equal(GetEnvironmentVariableA("WINRT_TEST_NONE", narrow, 8), 0);
    assert_int_equal(GetEnvironmentVariableA(NULL, narrow, 8), 0);
    assert_int_equal(GetEnvironmentVariableW(NULL, wide, 8), 0);
}

static void empty_value_is_no_error(void **state)
{
    WCHAR wide[8];

    (void)state;
    skip_under_wine("an empty value leaves the last error as it was");
    test_setenv("WINRT_TEST_EMPTY", "");
    SetLastError(7);
    assert_int_equal(GetEnvironmentVariableW(u"WINRT_TEST_EMPTY", wide, 8), 0);
    assert_int_equal(GetLastError(), ERROR_SUCCESS);
}

static void environment_is_utf8(void **state)
{
    char narrow[8];

    (void)state;
    skip_but_natively("the system's code page is the user's choice");
    test_setenv("WINRT_TEST_VALUE", "a\xc3\xa4z");
    assert_int_equal(GetEnvironmentVariableA("WINRT_TEST_VALUE", narrow, 8), 4);
    assert_string_equal(narrow, "a\xc3\xa4z");
}

static void app_id_is_kept(void **state)
{
    static WCHAR longest[130];
    PWSTR app_id = (PWSTR)0xdead;
    int i;

    (void)state;
    skip_under_wine("an explicit AppUserModelID is not kept");
    check_hresult(E_FAIL, GetCurrentProcessExplicitAppUserModelID(&app_id));
    assert_null(app_id);
    check_ok(SetCurrentProcessExplicitAppUserModelID(u"Company.Product"));
    check_ok(GetCurrentProcessExplicitAppUserModelID(&app_id));
    assert_memory_equal(app_id, u"Company.Product", 16 * sizeof(WCHAR));
    CoTaskMemFree(app_id);

    for (i = 0; i < 128; i++)
        longest[i] = 'a';
    check_ok(SetCurrentProcessExplicitAppUserModelID(longest));
    check_ok(GetCurrentProcessExplicitAppUserModelID(&app_id));
    assert_int_equal(lstrlenW(app_id), 128);
    CoTaskMemFree(app_id);
    longest[128] = 'a';
    check_hresult(E_INVALIDARG, SetCurrentProcessExplicitAppUserModelID(longest));
    check_hresult(E_INVALIDARG, SetCurrentProcessExplicitAppUserModelID(u"with space"));
    check_hresult(E_INVALIDARG, SetCurrentProcessExplicitAppUserModelID(u""));
    check_hresult(E_INVALIDARG, SetCurrentProcessExplicitAppUserModelID(NULL));
    check_hresult(E_POINTER, GetCurrentProcessExplicitAppUserModelID(NULL));
}

static void exit_process_gives_the_code(void **state)
{
    static const char *const program[] = { EXIT_PROGRAM, NULL };

    (void)state;
    assert_int_equal(run_program(program, 60), 23);
}

static void debug_text_is_harmless(void **state)
{
    (void)state;
    OutputDebugStringA("text for the debugger\n");
    OutputDebugStringW(u"t\u00e4xt for the debugger\n");
    OutputDebugStringA(NULL);
    OutputDebugStringW(NULL);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(clocks_go_forward),
    cmocka_unit_test(system_time_counts_from_1601),
    cmocka_unit_test(identifiers_are_the_systems),
    cmocka_unit_test(last_error_belongs_to_the_thread),
    cmocka_unit_test(environment_is_read),
    cmocka_unit_test(empty_value_is_no_error),
    cmocka_unit_test(environment_is_utf8),
    cmocka_unit_test(app_id_is_kept),
    cmocka_unit_test(exit_process_gives_the_code),
    cmocka_unit_test(debug_text_is_harmless),
};

TEST_MAIN_UNIT(tests)
