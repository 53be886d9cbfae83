/* SPDX-License-Identifier: MIT */
/* DataWriter (Windows.Storage.Streams). */
#include "streams.h"

#include "foreign_streams.h"

static IDataWriter *new_writer(void *stream)
{
    IDataWriterFactory *factory;
    IOutputStream *output;
    IDataWriter *writer = NULL;

    if (!stream)
        return activate(RuntimeClass_Windows_Storage_Streams_DataWriter, &IID_IDataWriter);
    factory = get_statics(RuntimeClass_Windows_Storage_Streams_DataWriter, &IID_IDataWriterFactory);
    output = query(stream, &IID_IOutputStream);
    check_ok(IDataWriterFactory_CreateDataWriter(factory, output, &writer));
    release_ref(output);
    release_ref(factory);
    return writer;
}

static void check_written(const void *expected, UINT32 length, IDataWriter *writer)
{
    IBuffer *buffer = NULL;
    UINT32 unstored = 0;

    check_ok(IDataWriter_get_UnstoredBufferLength(writer, &unstored));
    assert_int_equal(length, unstored);
    check_ok(IDataWriter_DetachBuffer(writer, &buffer));
    check_buffer(expected, length, buffer);
    check_last_release(buffer);
    check_ok(IDataWriter_get_UnstoredBufferLength(writer, &unstored));
    assert_int_equal(0, unstored);
}

static void write_numbers(IDataWriter *writer)
{
    static const GUID guid = { 0x00112233, 0x4455, 0x6677, { 8, 9, 10, 11, 12, 13, 14, 15 } };
    DateTime time = { 0x0102030405060708 };
    TimeSpan span = { -2 };

    check_ok(IDataWriter_WriteByte(writer, 0xfe));
    check_ok(IDataWriter_WriteBoolean(writer, 7));
    check_ok(IDataWriter_WriteBoolean(writer, 0));
    check_ok(IDataWriter_WriteInt16(writer, -2));
    check_ok(IDataWriter_WriteUInt16(writer, 0x0102));
    check_ok(IDataWriter_WriteInt32(writer, -2));
    check_ok(IDataWriter_WriteUInt32(writer, 0x01020304));
    check_ok(IDataWriter_WriteInt64(writer, -2));
    check_ok(IDataWriter_WriteUInt64(writer, 0xf1f2f3f4f5f6f7f8));
    check_ok(IDataWriter_WriteSingle(writer, 1.5f));
    check_ok(IDataWriter_WriteDouble(writer, -1.5));
    check_ok(IDataWriter_WriteGuid(writer, guid));
    check_ok(IDataWriter_WriteDateTime(writer, time));
    check_ok(IDataWriter_WriteTimeSpan(writer, span));
}

static void numbers_are_big_endian_unless_told(void **state)
{
    static const BYTE expected[] = {
        0xfe, 1,    0,                                                    /* byte, booleans */
        0xff, 0xfe, 1,    2,                                              /* 16 bits */
        0xff, 0xff, 0xff, 0xfe, 1,    2,    3,    4,                      /* 32 bits */
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,                   /* 64 bits */
        0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0x3f, 0xc0, 0, 0, /* 1.5f */
        0xbf, 0xf8, 0,    0,    0,    0,    0,    0,                      /* -1.5 */
        0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,                   /* GUID */
        8,    9,    10,   11,   12,   13,   14,   15,   1,    2,    3, 4, 5, 6, 7, 8, /* times */
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
    };
    IDataWriter *writer = new_writer(NULL);
    ByteOrder order = ByteOrder_LittleEndian;

    (void)state;
    check_ok(IDataWriter_get_ByteOrder(writer, &order));
    assert_int_equal(ByteOrder_BigEndian, order);
    write_numbers(writer);
    check_written(expected, sizeof(expected), writer);
    check_last_release(writer);
}

static void numbers_in_the_other_order(void **state)
{
    static const BYTE expected[] = {
        0xfe, 1,    0,    0xfe, 0xff, 2,    1,    0xfe, 0xff, 0xff, 0xff, 4,    3,    2,    1,
        0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xf8, 0xf7, 0xf6, 0xf5, 0xf4, 0xf3, 0xf2,
        0xf1, 0,    0,    0xc0, 0x3f, 0,    0,    0,    0,    0,    0,    0xf8, 0xbf, 0x33, 0x22,
        0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 8,    9,    10,   11,   12,   13,   14,   15,   8,
        7,    6,    5,    4,    3,    2,    1,    0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    };
    IDataWriter *writer = new_writer(NULL);

    (void)state;
    check_ok(IDataWriter_put_ByteOrder(writer, ByteOrder_LittleEndian));
    write_numbers(writer);
    check_written(expected, sizeof(expected), writer);
    check_last_release(writer);
}

static void strings_in_each_encoding(void **state)
{
    static const struct {
        UnicodeEncoding encoding;
        UINT32 units;
        UINT32 length;
        const char *bytes;
    } rows[] = {
        { UnicodeEncoding_Utf8, 5, 5, "a\xf0\x9f\x98\x80" },
        { UnicodeEncoding_Utf16LE, 3, 6, "a\0\x3d\xd8\x00\xde" },
        { UnicodeEncoding_Utf16BE, 3, 6, "\0a\xd8\x3d\xde\x00" },
    };
    IDataWriter *writer = new_writer(NULL);
    HSTRING text = string_of("a\xf0\x9f\x98\x80");
    UnicodeEncoding encoding = UnicodeEncoding_Utf16LE;
    unsigned i;

    (void)state;
    check_ok(IDataWriter_get_UnicodeEncoding(writer, &encoding));
    assert_int_equal(UnicodeEncoding_Utf8, encoding);
    for (i = 0; i < 3; i++) {
        UINT32 units = 0;

        check_ok(IDataWriter_put_UnicodeEncoding(writer, rows[i].encoding));
        check_ok(IDataWriter_MeasureString(writer, text, &units));
        assert_int_equal(rows[i].units, units);
        check_ok(IDataWriter_WriteString(writer, text, &units));
        assert_int_equal(rows[i].units, units);
        check_written(rows[i].bytes, rows[i].length, writer);
        check_ok(IDataWriter_WriteString(writer, NULL, &units));
        assert_int_equal(0, units);
        check_written("", 0, writer);
    }
    check_last_release(writer);
}

static void half_a_surrogate_pair_is_no_utf8(void **state)
{
    static const WCHAR units[] = { u'a', 0xd83d, 0 };
    IDataWriter *writer = new_writer(NULL);
    HSTRING text = NULL;
    UINT32 count = 1;

    (void)state;
    check_ok(WindowsCreateString(units, 2, &text));
    check_hresult(HRESULT_NO_TRANSLATION, IDataWriter_WriteString(writer, text, &count));
    assert_int_equal(0, count);
    check_hresult(HRESULT_NO_TRANSLATION, IDataWriter_MeasureString(writer, text, &count));
    check_ok(IDataWriter_put_UnicodeEncoding(writer, UnicodeEncoding_Utf16BE));
    check_ok(IDataWriter_WriteString(writer, text, &count));
    assert_int_equal(2, count);
    check_written("\0a\xd8\x3d", 4, writer);
    WindowsDeleteString(text);
    check_last_release(writer);
}

static void bytes_and_buffers(void **state)
{
    IBuffer *buffer = buffer_with("abcdef", 6), *foreign = foreign_buffer("xyz");
    IDataWriter *writer = new_writer(NULL);

    (void)state;
    check_ok(IDataWriter_WriteBytes(writer, 3, (BYTE *)"123"));
    check_ok(IDataWriter_WriteBytes(writer, 0, NULL));
    check_ok(IDataWriter_WriteBuffer(writer, buffer));
    check_ok(IDataWriter_WriteBufferRange(writer, buffer, 2, 3));
    check_ok(IDataWriter_WriteBufferRange(writer, buffer, 6, 0));
    check_ok(IDataWriter_WriteBuffer(writer, foreign));
    check_hresult(E_BOUNDS, IDataWriter_WriteBufferRange(writer, buffer, 6, 1));
    check_hresult(E_BOUNDS, IDataWriter_WriteBufferRange(writer, buffer, 7, 0));
    check_hresult(E_BOUNDS, IDataWriter_WriteBufferRange(writer, buffer, 1, ~0u));
    check_written("123abcdefcdexyz", 15, writer);
    check_last_release(writer);
    check_last_release(buffer);
    check_last_release(foreign);
}

static UINT32 store(IDataWriter *writer)
{
    IAsyncOperation_UINT32 *operation = NULL;
    UINT32 stored = ~0u;

    check_ok(IDataWriter_StoreAsync(writer, &operation));
    await_results(operation, &stored);
    return stored;
}

static void storing_writes_to_the_stream(void **state)
{
    IRandomAccessStream *stream = new_memory_stream(NULL, 0);
    IAsyncOperation_UINT32 *operation = NULL;
    IAsyncOperation_boolean *flush = NULL;
    IDataWriter *writer = new_writer(stream);
    boolean flushed = 0;
    HSTRING name = NULL;
    UINT32 count;

    (void)state;
    check_ok(IDataWriter_WriteString(writer, string_of("hello"), &count));
    check_size(0, stream);
    check_ok(IDataWriter_StoreAsync(writer, &operation));
    check_ok(IAsyncOperation_UINT32_GetRuntimeClassName(operation, &name));
    check_string("Windows.Storage.Streams.DataWriterStoreOperation", name);
    await_results(operation, &count);
    assert_int_equal(5, count);
    check_size(5, stream);
    check_ok(IDataWriter_get_UnstoredBufferLength(writer, &count));
    assert_int_equal(0, count);
    assert_int_equal(0, store(writer));
    check_ok(IDataWriter_WriteByte(writer, '!'));
    assert_int_equal(1, store(writer));
    check_ok(IDataWriter_FlushAsync(writer, &flush));
    await_results(flush, &flushed);
    assert_true(flushed);
    check_ok(IRandomAccessStream_Seek(stream, 0));
    check_read("hello!", 6, stream, 10);
    check_last_release_soon(writer);
    check_last_release_soon(stream);
}

static void a_stream_that_takes_parts_gets_all(void **state)
{
    IRandomAccessStream *stream = new_memory_stream(NULL, 0);
    IOutputStream *narrow = narrow_output_stream(stream, 3);
    IDataWriter *writer = new_writer(narrow);

    (void)state;
    check_ok(IDataWriter_WriteBytes(writer, 8, (BYTE *)"abcdefgh"));
    assert_int_equal(8, store(writer));
    check_ok(IRandomAccessStream_Seek(stream, 0));
    check_read("abcdefgh", 8, stream, 10);
    check_last_release_soon(writer);
    check_last_release_soon(narrow);
    check_last_release_soon(stream);
}

static void what_cannot_be_stored_stays(void **state)
{
    IRandomAccessStream *stream = new_memory_stream(NULL, 0);
    IAsyncOperation_UINT32 *operation = NULL;
    IDataWriter *writer = new_writer(stream);

    (void)state;
    check_ok(IRandomAccessStream_Seek(stream, ~0ull));
    check_ok(IDataWriter_WriteBytes(writer, 3, (BYTE *)"abc"));
    check_ok(IDataWriter_StoreAsync(writer, &operation));
    await_error(E_OUTOFMEMORY, operation);
    check_ok(IDataWriter_WriteBytes(writer, 2, (BYTE *)"de"));
    check_ok(IRandomAccessStream_Seek(stream, 0));
    assert_int_equal(5, store(writer));
    check_ok(IRandomAccessStream_Seek(stream, 0));
    check_read("abcde", 5, stream, 10);
    check_last_release_soon(writer);
    check_last_release_soon(stream);
}

static void closing_closes_the_stream_unless_detached(void **state)
{
    IRandomAccessStream *stream = new_memory_stream(NULL, 0), *other = new_memory_stream(NULL, 0);
    IDataWriter *writer = new_writer(stream), *detached = new_writer(other);
    IOutputStream *output = NULL;
    IAsyncOperation_UINT32 *store_operation = NULL;
    IAsyncOperation_boolean *flush = NULL;
    IBuffer *buffer = (void *)writer;
    UINT32 count = 0;

    (void)state;
    close_object(writer);
    close_object(writer);
    check_hresult(RO_E_CLOSED, IRandomAccessStream_Seek(stream, 0));
    check_hresult(RO_E_CLOSED, IDataWriter_WriteByte(writer, 1));
    check_hresult(RO_E_CLOSED, IDataWriter_WriteString(writer, NULL, &count));
    check_hresult(RO_E_CLOSED, IDataWriter_get_UnstoredBufferLength(writer, &count));
    check_hresult(RO_E_CLOSED, IDataWriter_DetachBuffer(writer, &buffer));
    assert_null(buffer);
    check_hresult(RO_E_CLOSED, IDataWriter_DetachStream(writer, &output));
    check_hresult(RO_E_CLOSED, IDataWriter_StoreAsync(writer, &store_operation));
    check_hresult(RO_E_CLOSED, IDataWriter_FlushAsync(writer, &flush));
    check_last_release_soon(writer);
    check_last_release_soon(stream);

    check_ok(IDataWriter_DetachStream(detached, &output));
    check_same_object(output, other);
    release_ref(output);
    check_hresult(E_ILLEGAL_METHOD_CALL, IDataWriter_StoreAsync(detached, &store_operation));
    check_hresult(E_ILLEGAL_METHOD_CALL, IDataWriter_FlushAsync(detached, &flush));
    check_ok(IDataWriter_DetachStream(detached, &output));
    assert_null(output);
    close_object(detached);
    check_ok(IRandomAccessStream_Seek(other, 0));
    check_last_release_soon(detached);
    check_last_release_soon(other);
}

static void null_pointers_are_refused(void **state)
{
    IDataWriterFactory *factory =
        get_statics(RuntimeClass_Windows_Storage_Streams_DataWriter, &IID_IDataWriterFactory);
    IRandomAccessStream *stream = new_memory_stream(NULL, 0);
    IOutputStream *output = query(stream, &IID_IOutputStream);
    IDataWriter *writer = new_writer(stream), *none = writer;

    (void)state;
    check_hresult(E_POINTER, IDataWriterFactory_CreateDataWriter(factory, NULL, &none));
    assert_null(none);
    check_hresult(E_POINTER, IDataWriterFactory_CreateDataWriter(factory, output, NULL));
    check_hresult(E_POINTER, IDataWriter_get_UnstoredBufferLength(writer, NULL));
    check_hresult(E_POINTER, IDataWriter_get_UnicodeEncoding(writer, NULL));
    check_hresult(E_POINTER, IDataWriter_get_ByteOrder(writer, NULL));
    check_hresult(E_POINTER, IDataWriter_WriteBytes(writer, 1, NULL));
    check_hresult(E_POINTER, IDataWriter_WriteBuffer(writer, NULL));
    check_hresult(E_POINTER, IDataWriter_WriteBufferRange(writer, NULL, 0, 0));
    check_hresult(E_POINTER, IDataWriter_WriteString(writer, NULL, NULL));
    check_hresult(E_POINTER, IDataWriter_MeasureString(writer, NULL, NULL));
    check_hresult(E_POINTER, IDataWriter_StoreAsync(writer, NULL));
    check_hresult(E_POINTER, IDataWriter_FlushAsync(writer, NULL));
    check_hresult(E_POINTER, IDataWriter_DetachBuffer(writer, NULL));
    check_hresult(E_POINTER, IDataWriter_DetachStream(writer, NULL));
    check_hresult(E_INVALIDARG, IDataWriter_put_ByteOrder(writer, (ByteOrder)2));
    check_hresult(E_INVALIDARG, IDataWriter_put_UnicodeEncoding(writer, (UnicodeEncoding)3));
    check_written("", 0, writer);
    release_ref(output);
    check_last_release(writer);
    check_last_release(stream);
    release_ref(factory);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(numbers_are_big_endian_unless_told),
    cmocka_unit_test(numbers_in_the_other_order),
    cmocka_unit_test(strings_in_each_encoding),
    cmocka_unit_test(half_a_surrogate_pair_is_no_utf8),
    cmocka_unit_test(bytes_and_buffers),
    cmocka_unit_test(storing_writes_to_the_stream),
    cmocka_unit_test(a_stream_that_takes_parts_gets_all),
    cmocka_unit_test(what_cannot_be_stored_stays),
    cmocka_unit_test(closing_closes_the_stream_unless_detached),
    cmocka_unit_test(null_pointers_are_refused),
};

TEST_MAIN(tests)
