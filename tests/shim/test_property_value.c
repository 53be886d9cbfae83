/* SPDX-License-Identifier: MIT */
/* Windows.Foundation.PropertyValue: boxes and what IPropertyValue gives back. */
#include <string.h>

#include <windows.h>
#include <objbase.h>
#include <roapi.h>
#include <windows.foundation.h>

#include "check.h"
#include "hstrings.h"
#include "test_main.h"

static IPropertyValueStatics *statics_new(void)
{
    IPropertyValueStatics *statics = NULL;

    check_ok(RoGetActivationFactory(string_of("Windows.Foundation.PropertyValue"),
                                    &IID_IPropertyValueStatics, (void **)&statics));
    return statics;
}

/* The box's other interface; the box's own reference is given up. */
static IPropertyValue *opened(IInspectable *box)
{
    IPropertyValue *value = query(box, &IID_IPropertyValue);

    release_ref(box);
    return value;
}

static void check_type(IPropertyValue *value, PropertyType expected, boolean numeric)
{
    PropertyType type = PropertyType_OtherType;
    boolean is_numeric = 7;

    check_ok(IPropertyValue_get_Type(value, &type));
    assert_int_equal(type, expected);
    check_ok(IPropertyValue_get_IsNumericScalar(value, &is_numeric));
    assert_int_equal(is_numeric, numeric);
}

static void check_name(const char *expected, IPropertyValue *value)
{
    HSTRING name = NULL;

    check_ok(IPropertyValue_GetRuntimeClassName(value, &name));
    check_string(expected, name);
}

static const GUID some_guid = { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } };

/* Creates a box of `sent`, checks its type and name, and gets the same back, bit by bit. */
#define CHECK_SINGLE(name, ctype, literal, numeric, full_name)                             \
    do {                                                                                   \
        const ctype sent = literal;                                                        \
        ctype received;                                                                    \
        IInspectable *box = NULL;                                                          \
        IPropertyValue *value;                                                             \
        memset(&received, 0xee, sizeof(received));                                         \
        check_ok(IPropertyValueStatics_Create##name(statics, sent, &box));                 \
        value = opened(box);                                                               \
        check_type(value, PropertyType_##name, numeric);                                   \
        check_name("Windows.Foundation.IReference`1<" full_name ">", value);               \
        check_ok(IPropertyValue_Get##name(value, &received));                              \
        assert_memory_equal(&sent, &received, sizeof(sent));                               \
        check_hresult(E_POINTER, IPropertyValue_Get##name(value, NULL));                   \
        check_last_release(value);                                                         \
        check_hresult(E_POINTER, IPropertyValueStatics_Create##name(statics, sent, NULL)); \
    } while (0)

static void single_values_come_back(void **state)
{
    IPropertyValueStatics *statics = statics_new();

    (void)state;
    CHECK_SINGLE(UInt8, BYTE, 200, TRUE, "UInt8");
    CHECK_SINGLE(Int16, INT16, -30000, TRUE, "Int16");
    CHECK_SINGLE(UInt16, UINT16, 60000, TRUE, "UInt16");
    CHECK_SINGLE(Int32, INT32, -2000000000, TRUE, "Int32");
    CHECK_SINGLE(UInt32, UINT32, 4000000000u, TRUE, "UInt32");
    CHECK_SINGLE(Int64, INT64, INT64_MIN, TRUE, "Int64");
    CHECK_SINGLE(UInt64, UINT64, UINT64_MAX, TRUE, "UInt64");
    CHECK_SINGLE(Single, FLOAT, 0.1f, TRUE, "Single");
    CHECK_SINGLE(Double, DOUBLE, -0.1, TRUE, "Double");
    CHECK_SINGLE(Char16, WCHAR, 0x20ac, FALSE, "Char16");
    CHECK_SINGLE(Boolean, boolean, TRUE, FALSE, "Boolean");
    CHECK_SINGLE(Guid, GUID, some_guid, FALSE, "Guid");
    CHECK_SINGLE(DateTime, DateTime, { 132000000000000000 }, FALSE, "Windows.Foundation.DateTime");
    CHECK_SINGLE(TimeSpan, TimeSpan, { -1 }, FALSE, "Windows.Foundation.TimeSpan");
    {
        const Point point = { 1.5f, -2 };
        const Size size = { 3, 4 };
        const Rect rect = { 1, 2, 3, 4 };

        CHECK_SINGLE(Point, Point, point, FALSE, "Windows.Foundation.Point");
        CHECK_SINGLE(Size, Size, size, FALSE, "Windows.Foundation.Size");
        CHECK_SINGLE(Rect, Rect, rect, FALSE, "Windows.Foundation.Rect");
    }
    check_last_release(statics);
}

static void strings_come_back(void **state)
{
    IPropertyValueStatics *statics = statics_new();
    IInspectable *box = NULL;
    IPropertyValue *value;
    HSTRING text = NULL;

    (void)state;
    check_ok(IPropertyValueStatics_CreateString(statics, string_of("t\xc3\xa4xt"), &box));
    value = opened(box);
    check_type(value, PropertyType_String, FALSE);
    check_ok(IPropertyValue_GetString(value, &text));
    check_string("t\xc3\xa4xt", text);
    check_hresult(E_POINTER, IPropertyValue_GetString(value, NULL));
    check_last_release(value);

    check_ok(IPropertyValueStatics_CreateString(statics, NULL, &box));
    value = opened(box);
    text = (HSTRING)1;
    check_ok(IPropertyValue_GetString(value, &text));
    assert_null(text);
    check_last_release(value);
    check_hresult(E_POINTER, IPropertyValueStatics_CreateString(statics, NULL, NULL));
    check_last_release(statics);
}

static void empty_is_null_and_objects_stay_themselves(void **state)
{
    IPropertyValueStatics *statics = statics_new();
    IInspectable *value = (IInspectable *)1;

    (void)state;
    check_ok(IPropertyValueStatics_CreateEmpty(statics, &value));
    assert_null(value);
    check_ok(IPropertyValueStatics_CreateInspectable(statics, (IInspectable *)statics, &value));
    assert_ptr_equal(value, statics);
    release_ref(value);
    check_hresult(E_POINTER, IPropertyValueStatics_CreateEmpty(statics, NULL));
    check_hresult(E_POINTER,
                  IPropertyValueStatics_CreateInspectable(statics, (IInspectable *)statics, NULL));
    check_last_release(statics);
}

static void boxes_are_references(void **state)
{
    IPropertyValueStatics *statics = statics_new();
    IInspectable *box = NULL;
    IReference_UINT64 *number;
    IReference_boolean *flag;
    UINT64 received = 0;
    boolean truth = FALSE;
    void *other = (void *)1;

    (void)state;
    check_ok(IPropertyValueStatics_CreateUInt64(statics, 1ull << 40, &box));
    number = query(box, &IID_IReference_UINT64);
    check_ok(IReference_UINT64_get_Value(number, &received));
    assert_true(received == 1ull << 40);
    check_hresult(E_POINTER, IReference_UINT64_get_Value(number, NULL));
    check_hresult(E_NOINTERFACE,
                  IReference_UINT64_QueryInterface(number, &IID_IReference_UINT32, &other));
    assert_null(other);
    release_ref(number);
    check_last_release(box);

    check_ok(IPropertyValueStatics_CreateBoolean(statics, TRUE, &box));
    flag = query(box, &IID_IReference_boolean);
    check_ok(IReference_boolean_get_Value(flag, &truth));
    assert_int_equal(truth, TRUE);
    release_ref(flag);
    check_last_release(box);
    check_last_release(statics);
}

static void numbers_become_others_that_they_fit_into(void **state)
{
    IPropertyValueStatics *statics = statics_new();
    IInspectable *box = NULL;
    IPropertyValue *value;
    BYTE byte = 7;
    INT16 int16 = 7;
    INT64 int64 = 7;
    UINT64 uint64 = 7;
    DOUBLE real = 7;
    FLOAT single = 7;

    (void)state;
    check_ok(IPropertyValueStatics_CreateInt32(statics, -300, &box));
    value = opened(box);
    check_ok(IPropertyValue_GetInt16(value, &int16));
    assert_int_equal(int16, -300);
    check_ok(IPropertyValue_GetInt64(value, &int64));
    assert_int_equal(int64, -300);
    check_ok(IPropertyValue_GetDouble(value, &real));
    assert_true(real == -300);
    check_hresult(DISP_E_OVERFLOW, IPropertyValue_GetUInt8(value, &byte));
    assert_int_equal(byte, 0);
    check_hresult(DISP_E_OVERFLOW, IPropertyValue_GetUInt64(value, &uint64));
    check_last_release(value);

    check_ok(IPropertyValueStatics_CreateUInt64(statics, UINT64_MAX, &box));
    value = opened(box);
    check_hresult(DISP_E_OVERFLOW, IPropertyValue_GetInt64(value, &int64));
    check_ok(IPropertyValue_GetUInt64(value, &uint64));
    assert_true(uint64 == UINT64_MAX);
    check_last_release(value);

    check_ok(IPropertyValueStatics_CreateInt64(statics, INT64_MIN, &box));
    value = opened(box);
    check_hresult(DISP_E_OVERFLOW, IPropertyValue_GetInt16(value, &int16));
    check_ok(IPropertyValue_GetSingle(value, &single));
    assert_true(single == -9223372036854775808.0f);
    check_last_release(value);

    check_ok(IPropertyValueStatics_CreateDouble(statics, 2.5, &box));
    value = opened(box);
    check_ok(IPropertyValue_GetUInt8(value, &byte));
    assert_int_equal(byte, 2); /* the even one */
    check_last_release(value);
    check_ok(IPropertyValueStatics_CreateDouble(statics, -3.5, &box));
    value = opened(box);
    check_ok(IPropertyValue_GetInt64(value, &int64));
    assert_int_equal(int64, -4);
    check_last_release(value);
    check_ok(IPropertyValueStatics_CreateDouble(statics, 1e300, &box));
    value = opened(box);
    check_hresult(DISP_E_OVERFLOW, IPropertyValue_GetUInt64(value, &uint64));
    check_hresult(DISP_E_OVERFLOW, IPropertyValue_GetSingle(value, &single));
    check_last_release(value);
    check_last_release(statics);
}

static void other_types_do_not_match(void **state)
{
    IPropertyValueStatics *statics = statics_new();
    IInspectable *box = NULL;
    IPropertyValue *value;
    HSTRING text = (HSTRING)1;
    boolean truth = 7;
    UINT32 count = 7;
    INT32 *numbers = (INT32 *)1;
    Rect rect;

    (void)state;
    check_ok(IPropertyValueStatics_CreateInt32(statics, 1, &box));
    value = opened(box);
    check_hresult(TYPE_E_TYPEMISMATCH, IPropertyValue_GetString(value, &text));
    assert_null(text);
    check_hresult(TYPE_E_TYPEMISMATCH, IPropertyValue_GetBoolean(value, &truth));
    assert_int_equal(truth, 0);
    check_hresult(TYPE_E_TYPEMISMATCH, IPropertyValue_GetRect(value, &rect));
    check_hresult(TYPE_E_TYPEMISMATCH, IPropertyValue_GetInt32Array(value, &count, &numbers));
    assert_int_equal(count, 0);
    assert_null(numbers);
    check_last_release(value);
    check_last_release(statics);
}

/* The same for an array of two; `count` 0 too. */
#define CHECK_ARRAY(name, ctype, first, second, full_name)                                 \
    do {                                                                                   \
        ctype sent[2] = { first, second }, *received = NULL, single;                       \
        UINT32 count = 0;                                                                  \
        IInspectable *box = NULL;                                                          \
        IPropertyValue *value;                                                             \
        check_ok(IPropertyValueStatics_Create##name##Array(statics, 2, sent, &box));       \
        value = opened(box);                                                               \
        check_type(value, PropertyType_##name##Array, FALSE);                              \
        check_name("Windows.Foundation.IReferenceArray`1<" full_name ">", value);          \
        check_ok(IPropertyValue_Get##name##Array(value, &count, &received));               \
        assert_int_equal(count, 2);                                                        \
        assert_memory_equal(sent, received, sizeof(sent));                                 \
        CoTaskMemFree(received);                                                           \
        check_hresult(TYPE_E_TYPEMISMATCH, IPropertyValue_Get##name(value, &single));      \
        check_hresult(E_POINTER, IPropertyValue_Get##name##Array(value, NULL, &received)); \
        assert_null(received);                                                             \
        check_hresult(E_POINTER, IPropertyValue_Get##name##Array(value, &count, NULL));    \
        check_last_release(value);                                                         \
        check_ok(IPropertyValueStatics_Create##name##Array(statics, 0, NULL, &box));       \
        value = opened(box);                                                               \
        check_ok(IPropertyValue_Get##name##Array(value, &count, &received));               \
        assert_int_equal(count, 0);                                                        \
        CoTaskMemFree(received);                                                           \
        check_last_release(value);                                                         \
        check_hresult(E_POINTER,                                                           \
                      IPropertyValueStatics_Create##name##Array(statics, 2, NULL, &box));  \
        check_hresult(E_POINTER,                                                           \
                      IPropertyValueStatics_Create##name##Array(statics, 2, sent, NULL));  \
    } while (0)

static void arrays_come_back(void **state)
{
    IPropertyValueStatics *statics = statics_new();
    const GUID guid = some_guid;
    const DateTime then = { 1 }, later = { 2 };
    const TimeSpan span = { -1 };
    const Point point = { 1, 2 };
    const Size size = { 3, 4 };
    const Rect rect = { 1, 2, 3, 4 };

    (void)state;
    CHECK_ARRAY(UInt8, BYTE, 0, 255, "UInt8");
    CHECK_ARRAY(Int16, INT16, -1, 1, "Int16");
    CHECK_ARRAY(UInt16, UINT16, 0, 65535, "UInt16");
    CHECK_ARRAY(Int32, INT32, -1, 1, "Int32");
    CHECK_ARRAY(UInt32, UINT32, 0, UINT32_MAX, "UInt32");
    CHECK_ARRAY(Int64, INT64, INT64_MIN, 1, "Int64");
    CHECK_ARRAY(UInt64, UINT64, 0, UINT64_MAX, "UInt64");
    CHECK_ARRAY(Single, FLOAT, 0.5f, -1, "Single");
    CHECK_ARRAY(Double, DOUBLE, 0.5, -1, "Double");
    CHECK_ARRAY(Char16, WCHAR, 'a', 0x20ac, "Char16");
    CHECK_ARRAY(Boolean, boolean, FALSE, TRUE, "Boolean");
    CHECK_ARRAY(Guid, GUID, guid, guid, "Guid");
    CHECK_ARRAY(DateTime, DateTime, then, later, "Windows.Foundation.DateTime");
    CHECK_ARRAY(TimeSpan, TimeSpan, span, span, "Windows.Foundation.TimeSpan");
    CHECK_ARRAY(Point, Point, point, point, "Windows.Foundation.Point");
    CHECK_ARRAY(Size, Size, size, size, "Windows.Foundation.Size");
    CHECK_ARRAY(Rect, Rect, rect, rect, "Windows.Foundation.Rect");
    check_last_release(statics);
}

static void arrays_own_their_strings_and_objects(void **state)
{
    IPropertyValueStatics *statics = statics_new();
    HSTRING strings[2] = { string_of("one"), NULL }, *texts = NULL;
    IInspectable *objects[2] = { (IInspectable *)statics, NULL }, **received = NULL;
    IInspectable *box = NULL;
    IPropertyValue *value;
    UINT32 count = 0;

    (void)state;
    check_ok(IPropertyValueStatics_CreateStringArray(statics, 2, strings, &box));
    value = opened(box);
    check_type(value, PropertyType_StringArray, FALSE);
    check_ok(IPropertyValue_GetStringArray(value, &count, &texts));
    assert_int_equal(count, 2);
    check_string("one", texts[0]);
    assert_null(texts[1]);
    CoTaskMemFree(texts);
    check_last_release(value);

    check_ok(IPropertyValueStatics_CreateInspectableArray(statics, 2, objects, &box));
    value = opened(box);
    check_type(value, PropertyType_InspectableArray, FALSE);
    check_refcount(2, statics);
    check_ok(IPropertyValue_GetInspectableArray(value, &count, &received));
    assert_int_equal(count, 2);
    assert_ptr_equal(received[0], statics);
    assert_null(received[1]);
    release_ref(received[0]);
    CoTaskMemFree(received);
    check_last_release(value);
    check_last_release(statics);
}

static void null_pointers_are_refused(void **state)
{
    IPropertyValueStatics *statics = statics_new();
    IInspectable *box = NULL;
    IPropertyValue *value;

    (void)state;
    check_ok(IPropertyValueStatics_CreateUInt8(statics, 1, &box));
    value = opened(box);
    check_hresult(E_POINTER, IPropertyValue_get_Type(value, NULL));
    check_hresult(E_POINTER, IPropertyValue_get_IsNumericScalar(value, NULL));
    check_last_release(value);
    check_last_release(statics);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(single_values_come_back),
    cmocka_unit_test(strings_come_back),
    cmocka_unit_test(empty_is_null_and_objects_stay_themselves),
    cmocka_unit_test(boxes_are_references),
    cmocka_unit_test(numbers_become_others_that_they_fit_into),
    cmocka_unit_test(other_types_do_not_match),
    cmocka_unit_test(arrays_come_back),
    cmocka_unit_test(arrays_own_their_strings_and_objects),
    cmocka_unit_test(null_pointers_are_refused),
};

TEST_MAIN(tests)
