/* SPDX-License-Identifier: MIT */
/*
 * The ABI as data: identifiers, class names, and the slots that the C macros and C++ virtual
 * functions call, against the tables. What can be asserted at compile time is asserted in the
 * generated sources that this program is linked of.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <robuffer.h>

#include "abi_tables.h"
#include "test_main.h"

static void format_iid(const IID *iid, char text[37])
{
    snprintf(text, 37, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", (unsigned)iid->Data1,
             iid->Data2, iid->Data3, iid->Data4[0], iid->Data4[1], iid->Data4[2], iid->Data4[3],
             iid->Data4[4], iid->Data4[5], iid->Data4[6], iid->Data4[7]);
}

/* Reports every wrong row before it fails, and guards against a table that came out empty. */
static void check_iids(const struct abi_iid *row, int least)
{
    int wrong = 0;
    int count = 0;

    for (; row->name; row++, count++) {
        char text[37];

        format_iid(row->iid, text);
        if (strcmp(text, row->text) != 0) {
            print_error("%s is %s, expected %s\n", row->name, text, row->text);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    assert_in_range(count, least, 1000);
}

static void check_class_names(const struct abi_class_name *row, int least)
{
    int wrong = 0;
    int count = 0;

    for (; row->name; row++, count++) {
        size_t length = strlen(row->expected);
        size_t i = 0;

        /* The terminating NUL is compared too. */
        if (row->size == (length + 1) * sizeof(WCHAR))
            while (i <= length && row->text[i] == (unsigned char)row->expected[i])
                i++;
        if (i != length + 1) {
            print_error("%s is not %s\n", row->name, row->expected);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    assert_in_range(count, least, 1000);
}

static void check_calls(const struct abi_call *row, int least)
{
    int wrong = 0;
    int count = 0;

    for (; row->name; row++, count++) {
        HRESULT slot = row->call();

        if (slot != row->slot) {
            print_error("%s calls slot %d, expected %d\n", row->name, (int)slot, (int)row->slot);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    assert_in_range(count, least, 5000);
}

static void interface_iids(void **state)
{
    (void)state;
    check_iids(abi_interface_iids, 107);
}

static void generic_iids(void **state)
{
    (void)state;
    check_iids(abi_generic_iids, 122);
}

static void c_name_iids(void **state)
{
    (void)state;
    check_iids(abi_c_name_iids, 81);
}

static void class_names(void **state)
{
    (void)state;
    check_class_names(abi_class_names, 40);
}

static void c_class_names(void **state)
{
    (void)state;
    check_class_names(abi_c_class_names, 13);
}

static void macros_of_interfaces(void **state)
{
    (void)state;
    check_calls(abi_interface_calls, 496);
}

static void macros_of_generics(void **state)
{
    (void)state;
    check_calls(abi_generic_calls, 300);
}

static void cxx_iids(void **state)
{
    (void)state;
    check_iids(abi_cxx_iids, 229);
}

/* robuffer.h is no part of the tables: IUnknown and one method. */
static void buffer_byte_access(void **state)
{
    static const struct abi_iid row[] = {
        { "IBufferByteAccess", &IID___x_Windows_CStorage_CStreams_CIBufferByteAccess,
          "905a0fef-bc53-11df-8c49-001e4fc686da" },
        { NULL, NULL, NULL },
    };
    typedef __x_Windows_CStorage_CStreams_CIBufferByteAccessVtbl vtbl;

    (void)state;
    check_iids(row, 1);
    assert_int_equal(sizeof(vtbl), 4 * sizeof(void *));
    assert_int_equal(offsetof(vtbl, Buffer), 3 * sizeof(void *));
}

static void cxx_slots(void **state)
{
    int wrong = 0;
    int count = 0;

    (void)state;
    for (const struct abi_slot *row = abi_cxx_slots; row->name; row++, count++) {
        if (row->slot != row->expected) {
            print_error("%s is slot %u, expected %u\n", row->name, (unsigned)row->slot,
                        (unsigned)row->expected);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    assert_in_range(count, 496, 5000);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(interface_iids),     cmocka_unit_test(generic_iids),
    cmocka_unit_test(c_name_iids),        cmocka_unit_test(class_names),
    cmocka_unit_test(c_class_names),      cmocka_unit_test(macros_of_interfaces),
    cmocka_unit_test(macros_of_generics), cmocka_unit_test(cxx_iids),
    cmocka_unit_test(cxx_slots),          cmocka_unit_test(buffer_byte_access),
};

TEST_MAIN_UNIT(tests)
