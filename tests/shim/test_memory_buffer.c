/* SPDX-License-Identifier: MIT */
/* MemoryBuffer (Windows.Foundation), and Buffer's statics about it. */
#include "streams.h"

#include <memorybuffer.h>
#include <string.h>

#include "recorder.h"

static IMemoryBuffer *new_memory(UINT32 capacity)
{
    IMemoryBufferFactory *factory =
        get_statics(RuntimeClass_Windows_Foundation_MemoryBuffer, &IID_IMemoryBufferFactory);
    IMemoryBuffer *memory = NULL;

    check_ok(IMemoryBufferFactory_Create(factory, capacity, &memory));
    release_ref(factory);
    return memory;
}

static IMemoryBufferReference *new_reference(IMemoryBuffer *memory)
{
    IMemoryBufferReference *reference = NULL;

    check_ok(IMemoryBuffer_CreateReference(memory, &reference));
    return reference;
}

static BYTE *memory_of(IMemoryBufferReference *reference, UINT32 capacity)
{
    IMemoryBufferByteAccess *access = query(reference, &IID_IMemoryBufferByteAccess);
    UINT32 told = ~0u, size = ~0u;
    BYTE *bytes = (BYTE *)access;

    check_ok(IMemoryBufferByteAccess_GetBuffer(access, &bytes, &size));
    check_ok(IMemoryBufferReference_get_Capacity(reference, &told));
    assert_int_equal(capacity, size);
    assert_int_equal(capacity, told);
    release_ref(access);
    return bytes;
}

static void references_share_the_memory(void **state)
{
    IMemoryBuffer *memory = new_memory(8);
    IMemoryBufferReference *one = new_reference(memory), *other = new_reference(memory);

    (void)state;
    assert_memory_equal("\0\0\0\0\0\0\0\0", memory_of(one, 8), 8);
    memcpy(memory_of(one, 8), "abc", 3);
    assert_ptr_equal(memory_of(one, 8), memory_of(other, 8));
    check_last_release(memory);
    check_last_release(one);
    assert_memory_equal("abc", memory_of(other, 8), 3);
    check_last_release(other);
}

static void a_closed_reference_has_nothing(void **state)
{
    IMemoryBuffer *memory = new_memory(8);
    IMemoryBufferReference *one = new_reference(memory), *other = new_reference(memory);

    (void)state;
    close_object(one);
    close_object(one);
    assert_null(memory_of(one, 0));
    assert_non_null(memory_of(other, 8));
    check_last_release(one);
    check_last_release(other);
    check_last_release(memory);
}

static void closing_the_buffer_tells_and_closes_references(void **state)
{
    struct recorder *closed = recorder_create(RECORDER_INTERFACE, NULL);
    struct recorder *removed = recorder_create(RECORDER_INTERFACE, NULL);
    IMemoryBuffer *memory = new_memory(8);
    IMemoryBufferReference *open = new_reference(memory), *gone = new_reference(memory), *late;
    EventRegistrationToken token = { 0 }, other = { 0 };

    (void)state;
    check_ok(IMemoryBufferReference_add_Closed(open, recorder_delegate(closed), &token));
    assert_true(token.value != 0);
    check_ok(IMemoryBufferReference_add_Closed(open, recorder_delegate(removed), &other));
    assert_true(other.value != token.value);
    check_ok(IMemoryBufferReference_remove_Closed(open, other));
    check_ok(IMemoryBufferReference_remove_Closed(open, other));
    check_ok(IMemoryBufferReference_add_Closed(gone, recorder_delegate(removed), &other));
    close_object(gone);

    close_object(memory);
    close_object(memory);
    assert_int_equal(1, recorder_count(closed));
    assert_ptr_equal(open, recorder_get(closed, 0).sender);
    assert_null(recorder_get(closed, 0).argument);
    assert_int_equal(0, recorder_count(removed));
    assert_null(memory_of(open, 0));
    late = new_reference(memory);
    assert_null(memory_of(late, 0));
    check_last_release(late);
    check_last_release(open);
    check_last_release(gone);
    check_last_release(memory);
    assert_int_equal(0, recorder_release(closed));
    assert_int_equal(0, recorder_release(removed));
}

static IBufferStatics *get_buffer_statics(void)
{
    return get_statics(RuntimeClass_Windows_Storage_Streams_Buffer, &IID_IBufferStatics);
}

static void a_buffer_gets_a_copy(void **state)
{
    IBufferStatics *statics = get_buffer_statics();
    IMemoryBuffer *memory = new_memory(3);
    IMemoryBufferReference *reference = new_reference(memory);
    IBuffer *buffer = NULL;

    (void)state;
    memcpy(memory_of(reference, 3), "abc", 3);
    check_ok(IBufferStatics_CreateCopyFromMemoryBuffer(statics, memory, &buffer));
    memcpy(memory_of(reference, 3), "xyz", 3);
    check_buffer("abc", 3, buffer);
    check_last_release(buffer);
    close_object(memory);
    check_ok(IBufferStatics_CreateCopyFromMemoryBuffer(statics, memory, &buffer));
    check_buffer("", 0, buffer);
    check_last_release(buffer);
    check_last_release(reference);
    check_last_release(memory);
    release_ref(statics);
}

static void a_memory_buffer_lies_over_a_buffer(void **state)
{
    IBufferStatics *statics = get_buffer_statics();
    IBuffer *buffer = buffer_with("abc", 3);
    IMemoryBufferReference *reference;
    IMemoryBuffer *memory = NULL;

    (void)state;
    check_ok(IBufferStatics_CreateMemoryBufferOverIBuffer(statics, buffer, &memory));
    reference = new_reference(memory);
    assert_ptr_equal(bytes_of(buffer), memory_of(reference, 3));
    release_ref(buffer);
    check_last_release(memory);
    assert_memory_equal("abc", memory_of(reference, 3), 3);
    check_last_release(reference);
    release_ref(statics);
}

static void wrong_arguments_are_refused(void **state)
{
    IMemoryBufferFactory *factory =
        get_statics(RuntimeClass_Windows_Foundation_MemoryBuffer, &IID_IMemoryBufferFactory);
    IBufferStatics *statics = get_buffer_statics();
    IMemoryBuffer *memory = new_memory(1), *none = memory;
    IMemoryBufferReference *reference = new_reference(memory);
    IMemoryBufferByteAccess *access = query(reference, &IID_IMemoryBufferByteAccess);
    EventRegistrationToken token = { 1 };
    IBuffer *buffer = (void *)memory;
    UINT32 capacity = 1;
    BYTE *bytes = (BYTE *)memory;

    (void)state;
    check_hresult(E_POINTER, IMemoryBufferFactory_Create(factory, 1, NULL));
    check_hresult(E_INVALIDARG, IMemoryBufferFactory_Create(factory, 0x80000000u, &none));
    assert_null(none);
    check_hresult(E_POINTER, IMemoryBuffer_CreateReference(memory, NULL));
    check_hresult(E_POINTER, IMemoryBufferReference_get_Capacity(reference, NULL));
    check_hresult(E_POINTER, IMemoryBufferReference_add_Closed(reference, NULL, &token));
    assert_true(token.value == 0);
    check_hresult(E_POINTER, IMemoryBufferReference_add_Closed(reference, NULL, NULL));
    check_hresult(E_POINTER, IMemoryBufferByteAccess_GetBuffer(access, NULL, &capacity));
    assert_int_equal(0, capacity);
    check_hresult(E_POINTER, IMemoryBufferByteAccess_GetBuffer(access, &bytes, NULL));
    assert_null(bytes);
    check_hresult(E_POINTER, IBufferStatics_CreateCopyFromMemoryBuffer(statics, NULL, &buffer));
    assert_null(buffer);
    check_hresult(E_POINTER, IBufferStatics_CreateCopyFromMemoryBuffer(statics, memory, NULL));
    check_hresult(E_POINTER, IBufferStatics_CreateMemoryBufferOverIBuffer(statics, NULL, &none));
    release_ref(access);
    check_last_release(reference);
    check_last_release(memory);
    release_ref(statics);
    release_ref(factory);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(references_share_the_memory),
    cmocka_unit_test(a_closed_reference_has_nothing),
    cmocka_unit_test(closing_the_buffer_tells_and_closes_references),
    cmocka_unit_test(a_buffer_gets_a_copy),
    cmocka_unit_test(a_memory_buffer_lies_over_a_buffer),
    cmocka_unit_test(wrong_arguments_are_refused),
};

TEST_MAIN(tests)
