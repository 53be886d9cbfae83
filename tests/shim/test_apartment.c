/* SPDX-License-Identifier: MIT */
/* Entering and leaving apartments, and what that means for activation. */
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <roapi.h>
#include <roerrorapi.h>

#include "tests/support/check.h"
#include "tests/support/forked.h"
#include "tests/support/hstrings.h"
#include "tests/support/platform.h"
#include "tests/support/test_main.h"
#include "tests/support/test_thread.h"

#define ACTIVATION_ENTERS "activation enters the multithreaded apartment by itself"

/* REGDB_E_CLASSNOTREG where activation is allowed: nobody has this class. */
static HRESULT try_activation(void)
{
    IInspectable *instance = NULL;
    HSTRING name = string_new("Does.Not.Exist");
    HRESULT hr = RoActivateInstance(name, &instance);

    string_delete(name);
    SetErrorInfo(0, NULL);
    return hr;
}

static void calls_are_counted(void **state)
{
    (void)state;
    check_hresult(S_OK, RoInitialize(RO_INIT_MULTITHREADED));
    check_hresult(S_FALSE, RoInitialize(RO_INIT_MULTITHREADED));
    check_hresult(S_FALSE, CoInitializeEx(NULL, COINIT_MULTITHREADED));
    check_hresult(REGDB_E_CLASSNOTREG, try_activation());
    CoUninitialize();
    RoUninitialize();
    check_hresult(REGDB_E_CLASSNOTREG, try_activation());
    check_hresult(RPC_E_CHANGED_MODE, RoInitialize(RO_INIT_SINGLETHREADED));
    RoUninitialize();
    check_hresult(S_OK, RoInitialize(RO_INIT_SINGLETHREADED));
    RoUninitialize();
}

/* Nothing to leave: harmless. */
static void leaving_once_too_often(void **state)
{
    (void)state;
    RoUninitialize();
    CoUninitialize();
    check_hresult(S_OK, RoInitialize(RO_INIT_MULTITHREADED));
    RoUninitialize();
    RoUninitialize();
    check_hresult(S_OK, RoInitialize(RO_INIT_SINGLETHREADED));
    RoUninitialize();
}

static void activation_needs_an_apartment(void **state)
{
    (void)state;
    skip_under_wine(ACTIVATION_ENTERS);
    check_hresult(CO_E_NOTINITIALIZED, try_activation());
    check_ok(RoInitialize(RO_INIT_MULTITHREADED));
    check_hresult(REGDB_E_CLASSNOTREG, try_activation());
    RoUninitialize();
    check_hresult(CO_E_NOTINITIALIZED, try_activation());
}

static void kind_cannot_be_changed(void **state)
{
    (void)state;
    check_hresult(S_OK, RoInitialize(RO_INIT_SINGLETHREADED));
    check_hresult(RPC_E_CHANGED_MODE, RoInitialize(RO_INIT_MULTITHREADED));
    check_hresult(RPC_E_CHANGED_MODE, CoInitializeEx(NULL, COINIT_MULTITHREADED));
    check_hresult(S_FALSE, CoInitialize(NULL));
    check_hresult(S_FALSE, CoInitializeEx(NULL, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE));
    CoUninitialize();
    CoUninitialize();
    RoUninitialize();
    check_hresult(S_OK, RoInitialize(RO_INIT_MULTITHREADED));
    check_hresult(RPC_E_CHANGED_MODE, RoInitialize(RO_INIT_SINGLETHREADED));
    RoUninitialize();
}

static void bad_arguments(void **state)
{
    int reserved = 0;

    (void)state;
    skip_under_wine("RoInitialize and CoInitializeEx take any flags");
    check_hresult(E_INVALIDARG, RoInitialize((RO_INIT_TYPE)7));
    check_hresult(E_INVALIDARG, CoInitializeEx(&reserved, COINIT_MULTITHREADED));
    check_hresult(E_INVALIDARG, CoInitializeEx(NULL, 0x100));
    check_hresult(CO_E_NOTINITIALIZED, try_activation());
    CoUninitialize();
}

static void activate_on_another_thread(void *argument)
{
    *(HRESULT *)argument = try_activation();
}

static HRESULT try_on_another_thread(void)
{
    HRESULT hr = E_FAIL;

    test_thread_run(activate_on_another_thread, &hr);
    return hr;
}

static void multithreaded_apartment_is_for_all_threads(void **state)
{
    (void)state;
    check_hresult(S_OK, RoInitialize(RO_INIT_MULTITHREADED));
    check_hresult(REGDB_E_CLASSNOTREG, try_on_another_thread());
    RoUninitialize();
}

static void other_apartments_are_for_their_thread(void **state)
{
    (void)state;
    skip_under_wine(ACTIVATION_ENTERS);
    check_hresult(CO_E_NOTINITIALIZED, try_on_another_thread());
    check_hresult(S_OK, RoInitialize(RO_INIT_SINGLETHREADED));
    check_hresult(CO_E_NOTINITIALIZED, try_on_another_thread());
    RoUninitialize();
    check_hresult(S_OK, RoInitialize(RO_INIT_MULTITHREADED));
    RoUninitialize();
    check_hresult(CO_E_NOTINITIALIZED, try_on_another_thread());
}

static void enter_and_end(void *argument)
{
    *(HRESULT *)argument = RoInitialize(RO_INIT_MULTITHREADED);
}

static void thread_that_ends_leaves(void **state)
{
    HRESULT hr = E_FAIL;

    (void)state;
    skip_under_wine(ACTIVATION_ENTERS);
    test_thread_run(enter_and_end, &hr);
    assert_int_equal(hr, S_OK);
    check_hresult(CO_E_NOTINITIALIZED, try_activation());
}

static void usage_cookie_keeps_the_apartment(void **state)
{
    CO_MTA_USAGE_COOKIE cookie = NULL;

    (void)state;
    check_ok(CoIncrementMTAUsage(&cookie));
    assert_non_null(cookie);
    check_hresult(REGDB_E_CLASSNOTREG, try_activation());
    check_hresult(REGDB_E_CLASSNOTREG, try_on_another_thread());
    check_ok(CoDecrementMTAUsage(cookie));
}

static void usage_cookie_is_checked(void **state)
{
    CO_MTA_USAGE_COOKIE cookie = NULL;

    (void)state;
    skip_but_natively("what a cookie gets that is none is not documented");
    check_hresult(E_INVALIDARG, CoIncrementMTAUsage(NULL));
    check_hresult(E_INVALIDARG, CoDecrementMTAUsage(NULL));
    check_ok(CoIncrementMTAUsage(&cookie));
    check_ok(CoDecrementMTAUsage(cookie));
    check_hresult(E_INVALIDARG, CoDecrementMTAUsage(cookie));
    check_hresult(CO_E_NOTINITIALIZED, try_activation());
}

/* What a child finds, as bits: a failure must not run cmocka's report in the child. */
static int look_around_in_child(void *argument)
{
    HANDLE event = argument;
    CO_MTA_USAGE_COOKIE cookie = NULL;
    IInspectable *instance = NULL;
    HSTRING name = string_new("Does.Not.Exist");
    HANDLE own = CreateEventW(NULL, TRUE, TRUE, NULL);
    int wrong = 0;

    wrong |= (RoActivateInstance(name, &instance) != RPC_E_DISCONNECTED) << 0;
    wrong |= (RoInitialize(RO_INIT_MULTITHREADED) != RPC_E_DISCONNECTED) << 1;
    wrong |= (CoIncrementMTAUsage(&cookie) != RPC_E_DISCONNECTED) << 2;
    wrong |= (WaitForSingleObject(event, 0) != WAIT_FAILED) << 3;
    wrong |= (SetEvent(event) || GetLastError() != ERROR_INVALID_HANDLE) << 4;
    wrong |= (own == event || WaitForSingleObject(own, 0) != WAIT_OBJECT_0) << 5;
    wrong |= !CloseHandle(own) << 6;
    string_delete(name);
    return wrong;
}

static void forked_child_finds_the_runtime_dead(void **state)
{
    HANDLE event;

    (void)state;
    need(NEED_FORK);
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    check_ok(RoInitialize(RO_INIT_MULTITHREADED));
    assert_int_equal(run_forked(look_around_in_child, event), 0);
    check_hresult(REGDB_E_CLASSNOTREG, try_activation());
    assert_true(SetEvent(event));
    assert_true(CloseHandle(event));
    RoUninitialize();
}

static int use_runtime(void *argument)
{
    (void)argument;
    return RoInitialize(RO_INIT_MULTITHREADED) != S_OK || try_activation() != REGDB_E_CLASSNOTREG;
}

static void child_of_a_process_without_runtime_may_use_it(void **state)
{
    (void)state;
    need(NEED_FORK);
    assert_int_equal(run_forked(use_runtime, NULL), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(calls_are_counted),
    cmocka_unit_test(leaving_once_too_often),
    cmocka_unit_test(activation_needs_an_apartment),
    cmocka_unit_test(kind_cannot_be_changed),
    cmocka_unit_test(bad_arguments),
    cmocka_unit_test(multithreaded_apartment_is_for_all_threads),
    cmocka_unit_test(other_apartments_are_for_their_thread),
    cmocka_unit_test(thread_that_ends_leaves),
    cmocka_unit_test(usage_cookie_keeps_the_apartment),
    cmocka_unit_test(usage_cookie_is_checked),
    cmocka_unit_test(forked_child_finds_the_runtime_dead),
    cmocka_unit_test(child_of_a_process_without_runtime_may_use_it),
};

TEST_MAIN_UNIT(tests)
