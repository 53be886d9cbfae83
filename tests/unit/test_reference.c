/* SPDX-License-Identifier: MIT */
/* Boxes of types that are not PropertyValue's own (winrt-shim/base/reference.h). */
#include <windows.h>
#include <windows.foundation.h>
#include <windows.web.h>

#include "check.h"
#include "hstrings.h"
#include "test_main.h"

#include "winrt-shim/base/reference.h"

REFERENCE_TYPE(status_reference, IReference_WebErrorStatus, u"Windows.Web.WebErrorStatus",
               sizeof(WebErrorStatus));

static void an_enumeration_can_be_boxed(void **state)
{
    const WebErrorStatus sent = WebErrorStatus_Forbidden;
    WebErrorStatus received = WebErrorStatus_Unknown;
    IReference_WebErrorStatus *reference = NULL;
    IPropertyValue *value;
    PropertyType type = PropertyType_Empty;
    boolean numeric = 7;
    INT32 number = 7;
    HSTRING name = NULL;

    (void)state;
    check_ok(reference_create(&status_reference, &sent, (void **)&reference));
    check_ok(IReference_WebErrorStatus_get_Value(reference, &received));
    assert_int_equal(received, WebErrorStatus_Forbidden);
    check_hresult(E_POINTER, IReference_WebErrorStatus_get_Value(reference, NULL));
    check_ok(IReference_WebErrorStatus_GetRuntimeClassName(reference, &name));
    check_string("Windows.Foundation.IReference`1<Windows.Web.WebErrorStatus>", name);

    value = query(reference, &IID_IPropertyValue);
    check_same_object(reference, value);
    check_ok(IPropertyValue_get_Type(value, &type));
    assert_int_equal(type, PropertyType_OtherType);
    check_ok(IPropertyValue_get_IsNumericScalar(value, &numeric));
    assert_int_equal(numeric, FALSE);
    check_hresult(TYPE_E_TYPEMISMATCH, IPropertyValue_GetInt32(value, &number));
    assert_int_equal(number, 0);
    release_ref(value);
    check_last_release(reference);
}

static void the_known_types_have_rows(void **state)
{
    const DateTime sent = { 42 };
    DateTime received = { 0 };
    IReference_DateTime *reference = NULL;

    (void)state;
    check_ok(
        reference_create(reference_type_of(PropertyType_DateTime), &sent, (void **)&reference));
    check_ok(IReference_DateTime_get_Value(reference, &received));
    assert_int_equal(received.UniversalTime, 42);
    check_last_release(reference);

    assert_null(reference_type_of(PropertyType_Empty));
    assert_null(reference_type_of(PropertyType_OtherType));
    assert_null(reference_type_of(PropertyType_UInt8Array));
}

/* The identifiers that no header has are computed; those that one has must agree with it. */
static void the_identifiers_are_those_of_the_headers(void **state)
{
    static const struct {
        PropertyType type;
        const GUID *iid;
    } rows[] = {
        { PropertyType_Int32, &IID_IReference_INT32 },
        { PropertyType_UInt32, &IID_IReference_UINT32 },
        { PropertyType_UInt64, &IID_IReference_UINT64 },
        { PropertyType_Boolean, &IID_IReference_boolean },
        { PropertyType_DateTime, &IID_IReference_DateTime },
        { PropertyType_TimeSpan, &IID_IReference_TimeSpan },
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_memory_equal(reference_type_of(rows[i].type)->single.interfaces[0].iid, rows[i].iid,
                            sizeof(GUID));
}

static void null_pointers_are_refused(void **state)
{
    const WebErrorStatus sent = WebErrorStatus_Forbidden;
    void *reference = (void *)1;

    (void)state;
    check_hresult(E_POINTER, reference_create(&status_reference, &sent, NULL));
    check_hresult(E_POINTER, reference_create(&status_reference, NULL, &reference));
    assert_null(reference);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_enumeration_can_be_boxed),
    cmocka_unit_test(the_known_types_have_rows),
    cmocka_unit_test(the_identifiers_are_those_of_the_headers),
    cmocka_unit_test(null_pointers_are_refused),
};

TEST_MAIN(tests)
