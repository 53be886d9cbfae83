/* SPDX-License-Identifier: MIT */
/* The thread's error object, from originating an error to reading it. */
#define COBJMACROS
#include <windows.h>
#include <oleauto.h>
#include <restrictederrorinfo.h>
#include <roerrorapi.h>
#include <winstring.h>

#include "tests/support/check.h"
#include "tests/support/hstrings.h"
#include "tests/support/platform.h"
#include "tests/support/test_main.h"
#include "tests/support/test_thread.h"

#define ORIGINATING_ABORTS "RoOriginateErrorW and RoTransformError end the program"

/* Takes the thread's restricted error; its text and code must be these. */
static void assert_error(HRESULT expected, const WCHAR *expected_text)
{
    BSTR description = NULL, restricted = NULL, sid = NULL;
    IRestrictedErrorInfo *info = NULL;
    HRESULT error = S_OK;

    check_ok(GetRestrictedErrorInfo(&info));
    assert_non_null(info);
    check_ok(IRestrictedErrorInfo_GetErrorDetails(info, &description, &error, &restricted, &sid));
    assert_int_equal(error, expected);
    assert_int_equal(SysStringLen(restricted), lstrlenW(expected_text));
    assert_memory_equal(restricted, expected_text, SysStringByteLen(restricted));
    SysFreeString(description);
    SysFreeString(restricted);
    SysFreeString(sid);
    check_last_release(info);
}

static void assert_no_error(void)
{
    IRestrictedErrorInfo *info = (IRestrictedErrorInfo *)0xdead;

    check_hresult(S_FALSE, GetRestrictedErrorInfo(&info));
    assert_null(info);
}

static void originated_error_is_read_once(void **state)
{
    HSTRING message = string_of("no such thing");

    (void)state;
    skip_under_wine("RoOriginateError keeps nothing");
    assert_true(RoOriginateError(E_FAIL, message));
    assert_error(E_FAIL, u"no such thing");
    assert_no_error();
}

static void get_error_info_hands_over(void **state)
{
    IErrorInfo *info = NULL;
    BSTR text = NULL;

    (void)state;
    skip_under_wine(ORIGINATING_ABORTS);
    assert_true(RoOriginateErrorW(E_BOUNDS, 0, u"too far"));
    check_ok(GetErrorInfo(0, &info));
    check_ok(IErrorInfo_GetDescription(info, &text));
    assert_memory_equal(text, u"too far", 16);
    SysFreeString(text);
    check_last_release(info);
    check_hresult(S_FALSE, GetErrorInfo(0, &info));
    assert_null(info);
}

static void set_error_info_replaces(void **state)
{
    IErrorInfo *info = NULL, *other = NULL;

    (void)state;
    skip_under_wine(ORIGINATING_ABORTS);
    RoOriginateErrorW(E_FAIL, 0, u"first");
    check_ok(GetErrorInfo(0, &info));
    RoOriginateErrorW(E_FAIL, 0, u"second");
    check_ok(SetErrorInfo(0, info));
    check_refcount(2, info);
    check_ok(SetErrorInfo(0, NULL));
    check_refcount(1, info);
    check_ok(SetErrorInfo(0, info));
    check_ok(GetErrorInfo(0, &other));
    assert_ptr_equal(other, info);
    release_ref(other);
    check_last_release(info);
}

static void restricted_error_is_set_again(void **state)
{
    IRestrictedErrorInfo *info = NULL;

    (void)state;
    skip_under_wine(ORIGINATING_ABORTS);
    RoOriginateErrorW(E_FAIL, 0, u"text");
    check_ok(GetRestrictedErrorInfo(&info));
    check_ok(SetRestrictedErrorInfo(info));
    check_refcount(2, info);
    release_ref(info);
    assert_error(E_FAIL, u"text");
    RoOriginateErrorW(E_FAIL, 0, u"text");
    check_ok(SetRestrictedErrorInfo(NULL));
    assert_no_error();
}

static void success_originates_nothing(void **state)
{
    HSTRING message = string_new("text");

    (void)state;
    skip_under_wine(ORIGINATING_ABORTS);
    assert_false(RoOriginateError(S_OK, message));
    assert_false(RoOriginateErrorW(S_FALSE, 0, u"text"));
    assert_false(RoTransformError(E_FAIL, E_FAIL, message));
    assert_false(RoTransformError(S_OK, S_FALSE, message));
    assert_false(RoOriginateErrorW(E_FAIL, 0, u""));
    assert_no_error();
    string_delete(message);
}

static void error_without_message_has_a_generic_text(void **state)
{
    IRestrictedErrorInfo *info = NULL;

    (void)state;
    skip_under_wine("RoOriginateError keeps nothing");
    assert_false(RoOriginateError(E_BOUNDS, NULL));
    assert_error(E_BOUNDS, u"Error 0x8000000b");
    assert_false(RoOriginateErrorW(E_FAIL, 0, NULL));
    check_ok(GetRestrictedErrorInfo(&info));
    check_last_release(info);
}

static void transformed_error_has_the_new_code(void **state)
{
    HSTRING message = string_new("text");

    (void)state;
    skip_under_wine(ORIGINATING_ABORTS);
    assert_true(RoTransformError(E_FAIL, E_ACCESSDENIED, message));
    assert_error(E_ACCESSDENIED, u"text");
    assert_true(RoTransformErrorW(E_FAIL, E_BOUNDS, 2, u"text"));
    assert_error(E_BOUNDS, u"te");
    string_delete(message);
}

static void long_message_is_cut(void **state)
{
    static WCHAR text[601];
    WCHAR expected[513] = { 0 };
    int i;

    (void)state;
    skip_under_wine(ORIGINATING_ABORTS);
    for (i = 0; i < 600; i++)
        text[i] = 0x4e00 + i; /* three bytes each in UTF-8 */
    for (i = 0; i < 512; i++)
        expected[i] = text[i];
    assert_true(RoOriginateErrorW(E_FAIL, 10000, text));
    assert_error(E_FAIL, expected);
}

static void flags_switch_error_objects_off(void **state)
{
    UINT32 flags = 99;

    (void)state;
    skip_under_wine(ORIGINATING_ABORTS);
    check_ok(RoGetErrorReportingFlags(&flags));
    assert_int_equal(flags, RO_ERROR_REPORTING_USESETERRORINFO);
    check_ok(RoSetErrorReportingFlags(RO_ERROR_REPORTING_SUPPRESSSETERRORINFO));
    RoOriginateErrorW(E_FAIL, 0, u"text");
    assert_no_error();
    check_ok(RoSetErrorReportingFlags(flags));
    RoOriginateErrorW(E_FAIL, 0, u"text");
    assert_error(E_FAIL, u"text");
    check_hresult(E_INVALIDARG, RoSetErrorReportingFlags(0x80));
    check_hresult(E_POINTER, RoGetErrorReportingFlags(NULL));
}

static void program_fills_in_an_error_object(void **state)
{
    static WCHAR source[] = u"source", description[] = u"description", file[] = u"file";
    static const GUID guid = { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } };
    ICreateErrorInfo *create = NULL;
    IErrorInfo *info, *got = NULL;
    DWORD context = 0;
    BSTR text = NULL;
    GUID found;

    (void)state;
    check_ok(CreateErrorInfo(&create));
    check_ok(ICreateErrorInfo_SetGUID(create, &guid));
    check_ok(ICreateErrorInfo_SetSource(create, source));
    check_ok(ICreateErrorInfo_SetDescription(create, source));
    check_ok(ICreateErrorInfo_SetDescription(create, description));
    check_ok(ICreateErrorInfo_SetHelpFile(create, file));
    check_ok(ICreateErrorInfo_SetHelpFile(create, NULL));
    check_ok(ICreateErrorInfo_SetHelpContext(create, 12));
    info = query(create, &IID_IErrorInfo);
    check_ok(SetErrorInfo(0, info));
    release_ref(info);
    release_ref(create);

    check_ok(GetErrorInfo(0, &got));
    check_ok(IErrorInfo_GetGUID(got, &found));
    assert_memory_equal(&found, &guid, sizeof(guid));
    check_ok(IErrorInfo_GetSource(got, &text));
    assert_memory_equal(text, source, sizeof(source));
    SysFreeString(text);
    check_ok(IErrorInfo_GetDescription(got, &text));
    assert_memory_equal(text, description, sizeof(description));
    SysFreeString(text);
    check_ok(IErrorInfo_GetHelpFile(got, &text));
    assert_null(text);
    check_ok(IErrorInfo_GetHelpContext(got, &context));
    assert_int_equal(context, 12);
    check_last_release(got);
}

static IErrorInfo *create_error(void)
{
    ICreateErrorInfo *create = NULL;
    IErrorInfo *info;

    check_ok(CreateErrorInfo(&create));
    info = query(create, &IID_IErrorInfo);
    release_ref(create);
    return info;
}

static void other_error_is_no_restricted_one(void **state)
{
    IRestrictedErrorInfo *restricted = (IRestrictedErrorInfo *)0xdead;
    IErrorInfo *info = create_error(), *got = NULL;

    (void)state;
    skip_under_wine("GetRestrictedErrorInfo is not implemented");
    check_ok(SetErrorInfo(0, info));
    check_hresult(S_FALSE, GetRestrictedErrorInfo(&restricted)); /* it is none, and stays */
    assert_null(restricted);
    check_ok(GetErrorInfo(0, &got));
    assert_ptr_equal(got, info);
    release_ref(got);
    check_last_release(info);
}

static void look_for_an_error(void *argument)
{
    IErrorInfo *info = NULL;

    *(HRESULT *)argument = GetErrorInfo(0, &info);
}

static void error_object_is_read_once_on_its_thread(void **state)
{
    IErrorInfo *info = create_error(), *got = NULL;
    HRESULT hr = E_FAIL;

    (void)state;
    check_ok(SetErrorInfo(0, info));
    check_refcount(2, info);
    test_thread_run(look_for_an_error, &hr);
    assert_int_equal(hr, S_FALSE);
    check_ok(GetErrorInfo(0, &got));
    assert_ptr_equal(got, info);
    release_ref(got);
    check_hresult(S_FALSE, GetErrorInfo(0, &got));
    check_last_release(info);
}

static void null_pointers_are_refused(void **state)
{
    IErrorInfo *info = (IErrorInfo *)0xdead;

    (void)state;
    skip_but_natively("what NULL pointers get is not documented");
    check_hresult(E_INVALIDARG, GetErrorInfo(0, NULL));
    check_hresult(E_INVALIDARG, GetErrorInfo(1, &info));
    assert_null(info);
    check_hresult(E_INVALIDARG, SetErrorInfo(1, NULL));
    check_hresult(E_POINTER, GetRestrictedErrorInfo(NULL));
    check_hresult(E_INVALIDARG, CreateErrorInfo(NULL));
}

static void leave_an_error(void *argument)
{
    IErrorInfo *info = NULL;

    *(HRESULT *)argument = GetErrorInfo(0, &info);
    RoOriginateErrorW(E_ABORT, 0, u"of another thread");
}

/* The leak checker sees to it that the thread's error goes when the thread ends. */
static void error_belongs_to_the_thread(void **state)
{
    HRESULT hr = E_FAIL;

    (void)state;
    skip_under_wine(ORIGINATING_ABORTS);
    RoOriginateErrorW(E_FAIL, 0, u"of this thread");
    test_thread_run(leave_an_error, &hr);
    assert_int_equal(hr, S_FALSE);
    assert_error(E_FAIL, u"of this thread");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(originated_error_is_read_once),
    cmocka_unit_test(get_error_info_hands_over),
    cmocka_unit_test(set_error_info_replaces),
    cmocka_unit_test(restricted_error_is_set_again),
    cmocka_unit_test(success_originates_nothing),
    cmocka_unit_test(error_without_message_has_a_generic_text),
    cmocka_unit_test(transformed_error_has_the_new_code),
    cmocka_unit_test(long_message_is_cut),
    cmocka_unit_test(flags_switch_error_objects_off),
    cmocka_unit_test(program_fills_in_an_error_object),
    cmocka_unit_test(other_error_is_no_restricted_one),
    cmocka_unit_test(error_object_is_read_once_on_its_thread),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(error_belongs_to_the_thread),
};

TEST_MAIN(tests)
