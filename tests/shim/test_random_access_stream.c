/* SPDX-License-Identifier: MIT */
/* RandomAccessStream's copies, and RandomAccessStreamReference (Windows.Storage.Streams). */
#include "streams.h"

#include <stdlib.h>
#include <string.h>

#include "foreign_streams.h"
#include "recorder.h"

static IAsyncOperationWithProgress_UINT64_UINT64 *start_copy(void *source, void *destination,
                                                             UINT64 size, bool close)
{
    IRandomAccessStreamStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_Streams_RandomAccessStream,
                    &IID_IRandomAccessStreamStatics);
    IAsyncOperationWithProgress_UINT64_UINT64 *operation = NULL;
    IOutputStream *output = query(destination, &IID_IOutputStream);
    IInputStream *input = query(source, &IID_IInputStream);

    if (close)
        check_ok(IRandomAccessStreamStatics_CopyAndCloseAsync(statics, input, output, &operation));
    else if (size == ~0ull)
        check_ok(IRandomAccessStreamStatics_CopyAsync(statics, input, output, &operation));
    else
        check_ok(
            IRandomAccessStreamStatics_CopySizeAsync(statics, input, output, size, &operation));
    release_ref(input);
    release_ref(output);
    release_ref(statics);
    return operation;
}

static UINT64 copy(void *source, void *destination, UINT64 size, bool close)
{
    UINT64 copied = ~0ull;

    await_results_with_progress(start_copy(source, destination, size, close), &copied);
    return copied;
}

static void all_is_copied_from_the_position_on(void **state)
{
    IRandomAccessStream *source = new_memory_stream("hello world", 11);
    IRandomAccessStream *destination = new_memory_stream("<>", 2);

    (void)state;
    check_ok(IRandomAccessStream_Seek(source, 6));
    check_ok(IRandomAccessStream_Seek(destination, 1));
    assert_int_equal(5, copy(source, destination, ~0ull, false));
    check_position(11, source);
    check_position(6, destination);
    check_ok(IRandomAccessStream_Seek(destination, 0));
    check_read("<world", 6, destination, 10);
    assert_int_equal(0, copy(source, destination, ~0ull, false));
    check_last_release_soon(source);
    check_last_release_soon(destination);
}

static void a_part_is_copied(void **state)
{
    IRandomAccessStream *source = new_memory_stream("hello world", 11);
    IRandomAccessStream *destination = new_memory_stream(NULL, 0);

    (void)state;
    assert_int_equal(5, copy(source, destination, 5, false));
    check_position(5, source);
    assert_int_equal(0, copy(source, destination, 0, false));
    assert_int_equal(6, copy(source, destination, 100, false));
    check_size(11, destination);
    check_last_release_soon(source);
    check_last_release_soon(destination);
}

static void much_is_copied_with_progress(void **state)
{
    enum {
        SIZE = 3000001
    };
    struct recorder *progress = recorder_create(RECORDER_UINT64, NULL);
    IAsyncOperationWithProgress_UINT64_UINT64 *operation;
    BYTE *bytes = malloc(SIZE);
    IRandomAccessStream *source, *destination;
    UINT64 copied = 0, before = 0;
    unsigned i;

    (void)state;
    for (i = 0; i < SIZE; i++)
        bytes[i] = (BYTE)(i * 2654435761u >> 24);
    source = new_memory_stream(bytes, SIZE);
    put_file("copy", "");
    destination = open_file("copy", FileAccessMode_ReadWrite, StorageOpenOptions_None);
    operation = start_copy(source, destination, ~0ull, false);
    check_ok(IAsyncOperationWithProgress_UINT64_UINT64_put_Progress(operation,
                                                                    recorder_delegate(progress)));
    await_results_with_progress(operation, &copied);
    assert_int_equal(SIZE, copied);
    for (i = 0; i < recorder_count(progress); i++) {
        UINT64 now = recorder_get(progress, i).number;

        assert_true(now > before && now <= SIZE);
        before = now;
    }
    check_ok(IRandomAccessStream_Seek(destination, 0));
    check_read(bytes, SIZE, destination, SIZE);
    recorder_release(progress);
    check_last_release_soon(source);
    check_last_release_soon(destination);
    free(bytes);
}

static void a_stream_that_takes_parts_gets_all(void **state)
{
    IRandomAccessStream *source = new_memory_stream("hello world", 11);
    IRandomAccessStream *destination = new_memory_stream(NULL, 0);
    IOutputStream *narrow = narrow_output_stream(destination, 4);

    (void)state;
    assert_int_equal(11, copy(source, narrow, ~0ull, false));
    check_ok(IRandomAccessStream_Seek(destination, 0));
    check_read("hello world", 11, destination, 20);
    check_last_release_soon(narrow);
    check_last_release_soon(source);
    check_last_release_soon(destination);
}

static void both_are_closed(void **state)
{
    IRandomAccessStream *source = new_memory_stream("hello", 5);
    IRandomAccessStream *destination = new_memory_stream(NULL, 0), *clone = NULL;

    (void)state;
    check_ok(IRandomAccessStream_CloneStream(destination, &clone));
    assert_int_equal(5, copy(source, destination, ~0ull, true));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_Seek(source, 0));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_Seek(destination, 0));
    check_read("hello", 5, clone, 10);
    check_last_release_soon(source);
    check_last_release_soon(destination);
    check_last_release_soon(clone);
}

static void errors_of_either_stream_end_it(void **state)
{
    IRandomAccessStream *source = new_memory_stream("hello", 5),
                        *closed = new_memory_stream("x", 1);

    (void)state;
    close_object(closed);
    await_error_with_progress(RO_E_CLOSED, start_copy(closed, source, ~0ull, false));
    await_error_with_progress(RO_E_CLOSED, start_copy(source, closed, ~0ull, false));
    await_error_with_progress(RO_E_CLOSED, start_copy(source, closed, ~0ull, true));
    check_last_release_soon(source);
    check_last_release_soon(closed);
}

static void cancel_reaches_the_stream(void **state)
{
    IRandomAccessStream *destination = new_memory_stream(NULL, 0);
    IInputStream *stuck = stuck_input_stream();
    IAsyncOperationWithProgress_UINT64_UINT64 *operation;

    (void)state;
    operation = start_copy(stuck, destination, ~0ull, false);
    assert_int_equal(Started, operation_status(operation));
    operation_cancel(operation);
    assert_int_equal(Canceled, await_with_progress(operation));
    release_ref(operation);
    check_last_release_soon(stuck);
    check_last_release_soon(destination);
}

static IRandomAccessStreamWithContentType *open_reference(void *reference)
{
    IAsyncOperation_IRandomAccessStreamWithContentType *operation = NULL;
    IRandomAccessStreamWithContentType *typed = NULL;

    check_ok(IRandomAccessStreamReference_OpenReadAsync((IRandomAccessStreamReference *)reference,
                                                        &operation));
    await_results(operation, &typed);
    return typed;
}

static void check_content_type(const char *expected, void *object)
{
    IContentTypeProvider *provider = query(object, &IID_IContentTypeProvider);
    HSTRING type = NULL;

    check_hresult(E_POINTER, IContentTypeProvider_get_ContentType(provider, NULL));
    check_ok(IContentTypeProvider_get_ContentType(provider, &type));
    check_string(expected, type);
    release_ref(provider);
}

static IRandomAccessStreamReferenceStatics *get_reference_statics(void)
{
    return get_statics(RuntimeClass_Windows_Storage_Streams_RandomAccessStreamReference,
                       &IID_IRandomAccessStreamReferenceStatics);
}

static void a_reference_to_a_stream_opens_clones(void **state)
{
    IRandomAccessStreamReferenceStatics *statics = get_reference_statics();
    IRandomAccessStream *stream = new_memory_stream("hello", 5), *inner;
    IRandomAccessStreamWithContentType *one, *other;
    IRandomAccessStreamReference *reference = NULL;

    (void)state;
    check_ok(IRandomAccessStreamReferenceStatics_CreateFromStream(statics, stream, &reference));
    check_ok(IRandomAccessStream_Seek(stream, 3));
    one = open_reference(reference);
    other = open_reference(reference);
    check_content_type("", one);
    check_read("hel", 3, one, 3);
    check_read("hello", 5, other, 10);
    inner = query(other, &IID_IRandomAccessStream);
    check_same_object(inner, other);
    check_position(5, inner);
    check_size(5, inner);
    check_ok(IRandomAccessStream_Seek(inner, 0));
    check_ok(IRandomAccessStream_put_Size(inner, 4));
    write_bytes(other, "J", 1);
    release_ref(inner);
    close_object(other);
    check_read("lo", 1, one, 10);
    check_read("l", 1, stream, 10);
    check_last_release_soon(one);
    check_last_release_soon(other);
    check_last_release_soon(reference);
    check_last_release_soon(stream);
    release_ref(statics);
}

static void the_content_type_is_passed_on(void **state)
{
    IRandomAccessStreamReferenceStatics *statics = get_reference_statics();
    IRandomAccessStreamReference *file_reference = NULL, *reference = NULL;
    IRandomAccessStreamWithContentType *typed, *again;
    IRandomAccessStream *stream;
    IStorageFile *file;

    (void)state;
    put_file("a.txt", "hello");
    file = get_file(test_path("a.txt"));
    check_ok(IRandomAccessStreamReferenceStatics_CreateFromFile(statics, file, &file_reference));
    typed = open_reference(file_reference);
    check_content_type("text/plain", typed);
    check_read("hello", 5, typed, 10);
    stream = query(typed, &IID_IRandomAccessStream);
    check_ok(IRandomAccessStreamReferenceStatics_CreateFromStream(statics, stream, &reference));
    again = open_reference(reference);
    check_content_type("text/plain", again);
    check_read("hello", 5, again, 10);
    release_ref(stream);
    check_last_release_soon(again);
    check_last_release_soon(reference);
    check_last_release_soon(typed);
    check_last_release_soon(file_reference);
    check_last_release_soon(file);
    release_ref(statics);
}

static void null_pointers_are_refused(void **state)
{
    IRandomAccessStreamStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_Streams_RandomAccessStream,
                    &IID_IRandomAccessStreamStatics);
    IRandomAccessStreamReferenceStatics *references = get_reference_statics();
    IRandomAccessStream *stream = new_memory_stream(NULL, 0);
    IAsyncOperationWithProgress_UINT64_UINT64 *operation = (void *)stream;
    IOutputStream *output = query(stream, &IID_IOutputStream);
    IInputStream *input = query(stream, &IID_IInputStream);
    IRandomAccessStreamReference *reference = (void *)stream;

    (void)state;
    check_hresult(E_POINTER,
                  IRandomAccessStreamStatics_CopyAsync(statics, NULL, output, &operation));
    assert_null(operation);
    check_hresult(E_POINTER,
                  IRandomAccessStreamStatics_CopyAsync(statics, input, NULL, &operation));
    check_hresult(E_POINTER, IRandomAccessStreamStatics_CopyAsync(statics, input, output, NULL));
    check_hresult(E_POINTER,
                  IRandomAccessStreamStatics_CopySizeAsync(statics, NULL, output, 1, &operation));
    check_hresult(E_POINTER,
                  IRandomAccessStreamStatics_CopyAndCloseAsync(statics, input, NULL, &operation));
    check_hresult(E_POINTER,
                  IRandomAccessStreamReferenceStatics_CreateFromFile(references, NULL, &reference));
    assert_null(reference);
    check_hresult(E_POINTER, IRandomAccessStreamReferenceStatics_CreateFromStream(references, NULL,
                                                                                  &reference));
    check_hresult(E_POINTER,
                  IRandomAccessStreamReferenceStatics_CreateFromStream(references, stream, NULL));
    check_ok(IRandomAccessStreamReferenceStatics_CreateFromStream(references, stream, &reference));
    check_hresult(E_POINTER, IRandomAccessStreamReference_OpenReadAsync(reference, NULL));
    release_ref(reference);
    release_ref(input);
    release_ref(output);
    check_last_release(stream);
    release_ref(references);
    release_ref(statics);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(all_is_copied_from_the_position_on),
    cmocka_unit_test(a_part_is_copied),
    cmocka_unit_test(much_is_copied_with_progress),
    cmocka_unit_test(a_stream_that_takes_parts_gets_all),
    cmocka_unit_test(both_are_closed),
    cmocka_unit_test(errors_of_either_stream_end_it),
    cmocka_unit_test(cancel_reaches_the_stream),
    cmocka_unit_test(a_reference_to_a_stream_opens_clones),
    cmocka_unit_test(the_content_type_is_passed_on),
    cmocka_unit_test(null_pointers_are_refused),
};

TEST_MAIN(tests)
