/* SPDX-License-Identifier: MIT */
/* DataReader (Windows.Storage.Streams). */
#include "streams.h"

#include <stdlib.h>
#include <string.h>

#include "foreign_streams.h"

static IDataReader *reader_over_bytes(const void *bytes, UINT32 length)
{
    IDataReaderStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_Streams_DataReader, &IID_IDataReaderStatics);
    IBuffer *buffer = buffer_with(bytes, length);
    IDataReader *reader = NULL;

    check_ok(IDataReaderStatics_FromBuffer(statics, buffer, &reader));
    release_ref(buffer);
    release_ref(statics);
    return reader;
}

static IDataReader *reader_over(void *stream)
{
    IDataReaderFactory *factory =
        get_statics(RuntimeClass_Windows_Storage_Streams_DataReader, &IID_IDataReaderFactory);
    IInputStream *input = query(stream, &IID_IInputStream);
    IDataReader *reader = NULL;

    check_ok(IDataReaderFactory_CreateDataReader(factory, input, &reader));
    release_ref(input);
    release_ref(factory);
    return reader;
}

static void check_left(UINT32 expected, IDataReader *reader)
{
    UINT32 left = ~0u;

    check_ok(IDataReader_get_UnconsumedBufferLength(reader, &left));
    assert_int_equal(expected, left);
}

static IAsyncOperation_UINT32 *start_load(IDataReader *reader, UINT32 count)
{
    IAsyncOperation_UINT32 *operation = NULL;

    check_ok(IDataReader_LoadAsync(reader, count, &operation));
    return operation;
}

static UINT32 load(IDataReader *reader, UINT32 count)
{
    UINT32 loaded = ~0u;

    await_results(start_load(reader, count), &loaded);
    return loaded;
}

/* Reads one of each and checks it against what the other order's test reads, too. */
static void check_numbers(IDataReader *reader)
{
    static const GUID expected = { 0x00112233, 0x4455, 0x6677, { 8, 9, 10, 11, 12, 13, 14, 15 } };
    boolean truth = 0;
    BYTE byte = 0;
    INT16 int16 = 0;
    UINT16 uint16 = 0;
    INT32 int32 = 0;
    UINT32 uint32 = 0;
    INT64 int64 = 0;
    UINT64 uint64 = 0;
    FLOAT single = 0;
    DOUBLE wide = 0;
    GUID guid;
    DateTime time = { 0 };
    TimeSpan span = { 0 };

    check_ok(IDataReader_ReadByte(reader, &byte));
    assert_int_equal(0xfe, byte);
    check_ok(IDataReader_ReadBoolean(reader, &truth));
    assert_int_equal(1, truth);
    check_ok(IDataReader_ReadBoolean(reader, &truth));
    assert_int_equal(0, truth);
    check_ok(IDataReader_ReadInt16(reader, &int16));
    assert_int_equal(-2, int16);
    check_ok(IDataReader_ReadUInt16(reader, &uint16));
    assert_int_equal(0x0102, uint16);
    check_ok(IDataReader_ReadInt32(reader, &int32));
    assert_int_equal(-2, int32);
    check_ok(IDataReader_ReadUInt32(reader, &uint32));
    assert_int_equal(0x01020304, uint32);
    check_ok(IDataReader_ReadInt64(reader, &int64));
    assert_true(int64 == -2);
    check_ok(IDataReader_ReadUInt64(reader, &uint64));
    assert_true(uint64 == 0xf1f2f3f4f5f6f7f8);
    check_ok(IDataReader_ReadSingle(reader, &single));
    assert_true(single == 1.5f);
    check_ok(IDataReader_ReadDouble(reader, &wide));
    assert_true(wide == -1.5);
    check_ok(IDataReader_ReadGuid(reader, &guid));
    assert_true(IsEqualGUID(&expected, &guid));
    check_ok(IDataReader_ReadDateTime(reader, &time));
    assert_true(time.UniversalTime == 0x0102030405060708);
    check_ok(IDataReader_ReadTimeSpan(reader, &span));
    assert_true(span.Duration == -2);
    check_left(0, reader);
}

static void numbers_are_big_endian_unless_told(void **state)
{
    static const BYTE bytes[] = {
        0xfe, 0x70, 0,    0xff, 0xfe, 1,    2,    0xff, 0xff, 0xff, 0xfe, 1,    2,    3,    4,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7,
        0xf8, 0x3f, 0xc0, 0,    0,    0xbf, 0xf8, 0,    0,    0,    0,    0,    0,    0x00, 0x11,
        0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 8,    9,    10,   11,   12,   13,   14,   15,   1,
        2,    3,    4,    5,    6,    7,    8,    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
    };
    IDataReader *reader = reader_over_bytes(bytes, sizeof(bytes));
    ByteOrder order = ByteOrder_LittleEndian;

    (void)state;
    check_ok(IDataReader_get_ByteOrder(reader, &order));
    assert_int_equal(ByteOrder_BigEndian, order);
    check_numbers(reader);
    check_last_release(reader);
}

static void numbers_in_the_other_order(void **state)
{
    static const BYTE bytes[] = {
        0xfe, 0x70, 0,    0xfe, 0xff, 2,    1,    0xfe, 0xff, 0xff, 0xff, 4,    3,    2,    1,
        0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xf8, 0xf7, 0xf6, 0xf5, 0xf4, 0xf3, 0xf2,
        0xf1, 0,    0,    0xc0, 0x3f, 0,    0,    0,    0,    0,    0,    0xf8, 0xbf, 0x33, 0x22,
        0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 8,    9,    10,   11,   12,   13,   14,   15,   8,
        7,    6,    5,    4,    3,    2,    1,    0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    };
    IDataReader *reader = reader_over_bytes(bytes, sizeof(bytes));

    (void)state;
    check_ok(IDataReader_put_ByteOrder(reader, ByteOrder_LittleEndian));
    check_numbers(reader);
    check_last_release(reader);
}

static void more_than_is_loaded_is_out_of_bounds(void **state)
{
    IDataReader *reader = reader_over_bytes("abc", 3);
    IBuffer *buffer = (void *)reader;
    HSTRING text = (void *)reader;
    UINT32 number = 1;
    BYTE bytes[4];
    GUID guid;

    (void)state;
    check_hresult(E_BOUNDS, IDataReader_ReadUInt32(reader, &number));
    assert_int_equal(0, number);
    check_hresult(E_BOUNDS, IDataReader_ReadGuid(reader, &guid));
    check_hresult(E_BOUNDS, IDataReader_ReadBytes(reader, 4, bytes));
    check_hresult(E_BOUNDS, IDataReader_ReadBuffer(reader, 4, &buffer));
    assert_null(buffer);
    check_hresult(E_BOUNDS, IDataReader_ReadString(reader, 4, &text));
    assert_null(text);
    check_ok(IDataReader_put_UnicodeEncoding(reader, UnicodeEncoding_Utf16LE));
    check_hresult(E_BOUNDS, IDataReader_ReadString(reader, 2, &text));
    check_hresult(E_BOUNDS, IDataReader_ReadString(reader, 0x80000001u, &text));
    check_left(3, reader);
    check_ok(IDataReader_ReadBytes(reader, 3, bytes));
    assert_memory_equal("abc", bytes, 3);
    check_ok(IDataReader_ReadBytes(reader, 0, NULL));
    check_hresult(E_BOUNDS, IDataReader_ReadByte(reader, bytes));
    check_last_release(reader);
}

static void strings_in_each_encoding(void **state)
{
    static const struct {
        UnicodeEncoding encoding;
        UINT32 units;
        UINT32 length;
        const char *bytes;
    } rows[] = {
        { UnicodeEncoding_Utf8, 5, 6, "a\xf0\x9f\x98\x80!" },
        { UnicodeEncoding_Utf16LE, 3, 7, "a\0\x3d\xd8\x00\xde!" },
        { UnicodeEncoding_Utf16BE, 3, 7, "\0a\xd8\x3d\xde\x00!" },
    };
    unsigned i;

    (void)state;
    for (i = 0; i < 3; i++) {
        IDataReader *reader = reader_over_bytes(rows[i].bytes, rows[i].length);
        HSTRING text = NULL;

        check_ok(IDataReader_put_UnicodeEncoding(reader, rows[i].encoding));
        check_ok(IDataReader_ReadString(reader, rows[i].units, &text));
        check_string("a\xf0\x9f\x98\x80", text);
        check_left(1, reader);
        check_ok(IDataReader_ReadString(reader, 0, &text));
        assert_null(text);
        check_last_release(reader);
    }
}

static void what_is_no_utf8_is_refused_and_kept(void **state)
{
    IDataReader *reader = reader_over_bytes("a\xff", 2);
    HSTRING text = (void *)reader;

    (void)state;
    check_hresult(HRESULT_NO_TRANSLATION, IDataReader_ReadString(reader, 2, &text));
    assert_null(text);
    check_left(2, reader);
    check_ok(IDataReader_ReadString(reader, 1, &text));
    check_string("a", text);
    check_last_release(reader);
}

static void loading_brings_bytes_from_the_stream(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("hello world", 11);
    IDataReader *reader = reader_over(stream);
    IAsyncOperation_UINT32 *operation;
    IBuffer *buffer = NULL;
    HSTRING text = NULL;
    UINT32 count;

    (void)state;
    check_left(0, reader);
    operation = start_load(reader, 4);
    check_ok(IAsyncOperation_UINT32_GetRuntimeClassName(operation, &text));
    check_string("Windows.Storage.Streams.DataReaderLoadOperation", text);
    await_results(operation, &count);
    assert_int_equal(4, count);
    check_left(4, reader);
    check_position(4, stream);
    check_ok(IDataReader_ReadString(reader, 3, &text));
    check_string("hel", text);
    assert_int_equal(0, load(reader, 0));
    assert_int_equal(7, load(reader, 100));
    check_left(8, reader);
    check_ok(IDataReader_ReadBuffer(reader, 8, &buffer));
    check_buffer("lo world", 8, buffer);
    release_ref(buffer);
    assert_int_equal(0, load(reader, 100));
    check_left(0, reader);
    check_last_release_soon(reader);
    check_last_release_soon(stream);
}

static void options_are_kept_and_checked(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("hello", 5);
    IDataReader *reader = reader_over(stream);
    InputStreamOptions options = InputStreamOptions_Partial;
    UnicodeEncoding encoding = UnicodeEncoding_Utf16LE;

    (void)state;
    check_ok(IDataReader_get_InputStreamOptions(reader, &options));
    assert_int_equal(InputStreamOptions_None, options);
    check_ok(IDataReader_put_InputStreamOptions(reader, InputStreamOptions_Partial |
                                                            InputStreamOptions_ReadAhead));
    check_ok(IDataReader_get_InputStreamOptions(reader, &options));
    assert_int_equal(3, options);
    check_hresult(E_INVALIDARG, IDataReader_put_InputStreamOptions(reader, 4));
    check_ok(IDataReader_get_UnicodeEncoding(reader, &encoding));
    assert_int_equal(UnicodeEncoding_Utf8, encoding);
    check_hresult(E_INVALIDARG, IDataReader_put_UnicodeEncoding(reader, 3));
    check_hresult(E_INVALIDARG, IDataReader_put_ByteOrder(reader, 2));
    assert_int_equal(3, load(reader, 3));
    check_last_release_soon(reader);
    check_last_release_soon(stream);
}

static void buffers_are_detached(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("hello", 5);
    IDataReader *reader = reader_over(stream), *fixed = reader_over_bytes("abc", 3);
    IBuffer *buffer = NULL;
    BYTE byte;

    (void)state;
    check_ok(IDataReader_DetachBuffer(reader, &buffer));
    check_buffer("", 0, buffer);
    release_ref(buffer);
    load(reader, 4);
    check_ok(IDataReader_ReadByte(reader, &byte));
    check_ok(IDataReader_DetachBuffer(reader, &buffer));
    check_left(0, reader);
    assert_int_equal(1, load(reader, 4));
    check_ok(IDataReader_ReadByte(reader, &byte));
    assert_int_equal('o', byte);
    check_last_release_soon(reader);
    check_buffer("ell", 3, buffer);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);

    check_ok(IDataReader_DetachBuffer(fixed, &buffer));
    check_last_release(fixed);
    check_buffer("abc", 3, buffer);
    check_last_release(buffer);
}

static void closing_closes_the_stream_unless_detached(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("ab", 2), *other = new_memory_stream("cd", 2);
    IDataReader *reader = reader_over(stream), *detached = reader_over(other);
    IAsyncOperation_UINT32 *operation = (void *)stream;
    IInputStream *input = (void *)stream;
    IBuffer *buffer = (void *)stream;
    UINT32 count;
    BYTE byte;

    (void)state;
    load(reader, 1);
    close_object(reader);
    close_object(reader);
    check_hresult(RO_E_CLOSED, IRandomAccessStream_Seek(stream, 0));
    check_hresult(RO_E_CLOSED, IDataReader_ReadByte(reader, &byte));
    check_hresult(RO_E_CLOSED, IDataReader_get_UnconsumedBufferLength(reader, &count));
    check_hresult(RO_E_CLOSED, IDataReader_LoadAsync(reader, 1, &operation));
    assert_null(operation);
    check_hresult(RO_E_CLOSED, IDataReader_DetachBuffer(reader, &buffer));
    assert_null(buffer);
    check_hresult(RO_E_CLOSED, IDataReader_DetachStream(reader, &input));
    assert_null(input);
    check_last_release_soon(reader);
    check_last_release_soon(stream);

    load(detached, 1);
    check_ok(IDataReader_DetachStream(detached, &input));
    check_same_object(input, other);
    release_ref(input);
    check_ok(IDataReader_ReadByte(detached, &byte));
    check_hresult(E_ILLEGAL_METHOD_CALL, IDataReader_LoadAsync(detached, 1, &operation));
    close_object(detached);
    check_ok(IRandomAccessStream_Seek(other, 0));
    check_last_release_soon(detached);
    check_last_release_soon(other);
}

/* Cancel reaches the stream's own operation, which would never end otherwise. */
static void a_pending_load_keeps_the_stream_until_cancelled(void **state)
{
    IInputStream *stuck = stuck_input_stream(), *stream = (void *)stuck;
    IDataReader *reader = reader_over(stuck);
    IAsyncOperation_UINT32 *pending = start_load(reader, 1), *second = (void *)stuck;
    IBuffer *buffer = (void *)stuck;

    (void)state;
    check_hresult(__HRESULT_FROM_WIN32(ERROR_INVALID_OPERATION),
                  IDataReader_DetachStream(reader, &stream));
    assert_null(stream);
    check_hresult(__HRESULT_FROM_WIN32(ERROR_INVALID_OPERATION),
                  IDataReader_DetachBuffer(reader, &buffer));
    assert_null(buffer);
    check_hresult(E_ILLEGAL_METHOD_CALL, IDataReader_LoadAsync(reader, 1, &second));
    assert_null(second);
    assert_int_equal(Started, operation_status(pending));
    operation_cancel(pending);
    assert_int_equal(Canceled, await_operation(pending));
    release_ref(pending);
    check_ok(IDataReader_DetachStream(reader, &stream));
    release_ref(stream);
    check_last_release_soon(reader);
    check_last_release_soon(stuck);
}

static void a_stream_s_error_is_the_load_s(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("ab", 2);
    IDataReader *reader = reader_over(stream);

    (void)state;
    close_object(stream);
    await_error(RO_E_CLOSED, start_load(reader, 1));
    check_left(0, reader);
    check_last_release_soon(reader);
    check_last_release_soon(stream);
}

static void a_big_load(void **state)
{
    enum {
        SIZE = 5 << 20
    };
    IRandomAccessStream *stream;
    IDataReader *reader;
    BYTE *bytes = malloc(SIZE), *back = malloc(SIZE);
    unsigned i;

    (void)state;
    for (i = 0; i < SIZE; i++)
        bytes[i] = (BYTE)(i * 2654435761u >> 24);
    stream = new_memory_stream(bytes, SIZE);
    reader = reader_over(stream);
    assert_int_equal(SIZE / 2, load(reader, SIZE / 2));
    assert_int_equal(SIZE / 2, load(reader, SIZE));
    check_ok(IDataReader_ReadBytes(reader, SIZE, back));
    assert_memory_equal(bytes, back, SIZE);
    check_last_release_soon(reader);
    check_last_release_soon(stream);
    free(bytes);
    free(back);
}

static void null_pointers_are_refused(void **state)
{
    IDataReaderFactory *factory =
        get_statics(RuntimeClass_Windows_Storage_Streams_DataReader, &IID_IDataReaderFactory);
    IDataReaderStatics *statics = query(factory, &IID_IDataReaderStatics);
    IDataReader *reader = reader_over_bytes("abc", 3), *none = reader;
    IAsyncOperation_UINT32 *operation = (void *)reader;
    IBuffer *buffer = new_buffer(1);

    (void)state;
    check_hresult(E_POINTER, IDataReaderFactory_CreateDataReader(factory, NULL, &none));
    assert_null(none);
    none = reader;
    check_hresult(E_POINTER, IDataReaderStatics_FromBuffer(statics, NULL, &none));
    assert_null(none);
    check_hresult(E_POINTER, IDataReaderStatics_FromBuffer(statics, buffer, NULL));
    check_hresult(E_POINTER, IDataReader_get_UnconsumedBufferLength(reader, NULL));
    check_hresult(E_POINTER, IDataReader_get_UnicodeEncoding(reader, NULL));
    check_hresult(E_POINTER, IDataReader_get_ByteOrder(reader, NULL));
    check_hresult(E_POINTER, IDataReader_get_InputStreamOptions(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadByte(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadBytes(reader, 1, NULL));
    check_hresult(E_POINTER, IDataReader_ReadBuffer(reader, 1, NULL));
    check_hresult(E_POINTER, IDataReader_ReadBoolean(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadGuid(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadInt16(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadInt32(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadInt64(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadUInt16(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadUInt32(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadUInt64(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadSingle(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadDouble(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadString(reader, 1, NULL));
    check_hresult(E_POINTER, IDataReader_ReadDateTime(reader, NULL));
    check_hresult(E_POINTER, IDataReader_ReadTimeSpan(reader, NULL));
    check_hresult(E_POINTER, IDataReader_LoadAsync(reader, 1, NULL));
    check_hresult(E_POINTER, IDataReader_DetachBuffer(reader, NULL));
    check_hresult(E_POINTER, IDataReader_DetachStream(reader, NULL));
    check_hresult(E_INVALIDARG, IDataReader_LoadAsync(reader, ~0u, &operation));
    assert_null(operation);
    check_left(3, reader);
    release_ref(buffer);
    check_last_release(reader);
    release_ref(statics);
    release_ref(factory);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(numbers_are_big_endian_unless_told),
    cmocka_unit_test(numbers_in_the_other_order),
    cmocka_unit_test(more_than_is_loaded_is_out_of_bounds),
    cmocka_unit_test(strings_in_each_encoding),
    cmocka_unit_test(what_is_no_utf8_is_refused_and_kept),
    cmocka_unit_test(loading_brings_bytes_from_the_stream),
    cmocka_unit_test(options_are_kept_and_checked),
    cmocka_unit_test(buffers_are_detached),
    cmocka_unit_test(closing_closes_the_stream_unless_detached),
    cmocka_unit_test(a_pending_load_keeps_the_stream_until_cancelled),
    cmocka_unit_test(a_stream_s_error_is_the_load_s),
    cmocka_unit_test(a_big_load),
    cmocka_unit_test(null_pointers_are_refused),
};

TEST_MAIN(tests)
