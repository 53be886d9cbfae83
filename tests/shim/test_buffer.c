/* SPDX-License-Identifier: MIT */
/* Buffer (Windows.Storage.Streams). */
#include "streams.h"

#include <string.h>

static void a_new_buffer_is_empty_and_zero(void **state)
{
    IBuffer *buffer = new_buffer(5);
    UINT32 capacity = 0;

    (void)state;
    check_ok(IBuffer_get_Capacity(buffer, &capacity));
    assert_int_equal(5, capacity);
    assert_int_equal(0, length_of(buffer));
    assert_memory_equal("\0\0\0\0\0", bytes_of(buffer), 5);
    check_last_release(buffer);
}

static void the_length_goes_up_to_the_capacity(void **state)
{
    IBuffer *buffer = new_buffer(5);

    (void)state;
    check_ok(IBuffer_put_Length(buffer, 5));
    assert_int_equal(5, length_of(buffer));
    check_hresult(E_INVALIDARG, IBuffer_put_Length(buffer, 6));
    check_hresult(E_INVALIDARG, IBuffer_put_Length(buffer, ~0u));
    assert_int_equal(5, length_of(buffer));
    check_ok(IBuffer_put_Length(buffer, 0));
    assert_int_equal(0, length_of(buffer));
    check_last_release(buffer);
}

static void the_bytes_stay_where_they_are(void **state)
{
    IBuffer *buffer = new_buffer(3);
    BYTE *bytes = bytes_of(buffer);

    (void)state;
    memcpy(bytes, "abc", 3);
    check_ok(IBuffer_put_Length(buffer, 2));
    assert_ptr_equal(bytes, bytes_of(buffer));
    check_buffer("ab", 2, buffer);
    check_last_release(buffer);
}

static void capacities_have_a_limit(void **state)
{
    IBufferFactory *factory =
        get_statics(RuntimeClass_Windows_Storage_Streams_Buffer, &IID_IBufferFactory);
    IBuffer *buffer = (IBuffer *)factory;

    (void)state;
    check_hresult(E_INVALIDARG, IBufferFactory_Create(factory, 0x80000000u, &buffer));
    assert_null(buffer);
    check_hresult(E_INVALIDARG, IBufferFactory_Create(factory, ~0u, &buffer));
    check_ok(IBufferFactory_Create(factory, 0, &buffer));
    check_hresult(E_INVALIDARG, IBuffer_put_Length(buffer, 1));
    check_last_release(buffer);
    release_ref(factory);
}

static void null_pointers_are_refused(void **state)
{
    IBufferFactory *factory =
        get_statics(RuntimeClass_Windows_Storage_Streams_Buffer, &IID_IBufferFactory);
    IBuffer *buffer = new_buffer(1);
    IBufferByteAccess *access = query(buffer, &IID_IBufferByteAccess);

    (void)state;
    check_hresult(E_POINTER, IBufferFactory_Create(factory, 1, NULL));
    check_hresult(E_POINTER, IBuffer_get_Capacity(buffer, NULL));
    check_hresult(E_POINTER, IBuffer_get_Length(buffer, NULL));
    check_hresult(E_POINTER, IBufferByteAccess_Buffer(access, NULL));
    release_ref(access);
    check_last_release(buffer);
    release_ref(factory);
}

static void a_buffer_has_no_default_constructor(void **state)
{
    IActivationFactory *factory =
        get_statics(RuntimeClass_Windows_Storage_Streams_Buffer, &IID_IActivationFactory);
    IInspectable *instance = (IInspectable *)factory;

    (void)state;
    check_hresult(E_NOTIMPL, IActivationFactory_ActivateInstance(factory, &instance));
    assert_null(instance);
    release_ref(factory);
}

static void it_is_one_agile_object(void **state)
{
    IBuffer *buffer = new_buffer(1);
    IBufferByteAccess *access = query(buffer, &IID_IBufferByteAccess);
    IAgileObject *agile = query(access, &IID_IAgileObject);
    HSTRING name = NULL;

    (void)state;
    check_same_object(buffer, access);
    check_ok(IBuffer_GetRuntimeClassName(buffer, &name));
    check_string("Windows.Storage.Streams.Buffer", name);
    release_ref(agile);
    release_ref(access);
    check_last_release(buffer);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_new_buffer_is_empty_and_zero),
    cmocka_unit_test(the_length_goes_up_to_the_capacity),
    cmocka_unit_test(the_bytes_stay_where_they_are),
    cmocka_unit_test(capacities_have_a_limit),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(a_buffer_has_no_default_constructor),
    cmocka_unit_test(it_is_one_agile_object),
};

TEST_MAIN(tests)
