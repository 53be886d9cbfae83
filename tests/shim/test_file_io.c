/* SPDX-License-Identifier: MIT */
/* FileIO and PathIO (Windows.Storage). */
#include "streams.h"

#include <stdlib.h>
#include <string.h>

#include "file_limit.h"
#include "paths.h"
#include "platform.h"
#include "src/port/files.h"
#include "src/port/memory.h"

#define UTF8    UnicodeEncoding_Utf8
#define UTF16LE UnicodeEncoding_Utf16LE
#define UTF16BE UnicodeEncoding_Utf16BE

#define BYTES(literal) literal, sizeof(literal) - 1

static IFileIOStatics *file_io;
static IPathIOStatics *path_io;

static int begin(void **state)
{
    (void)state;
    file_io = get_statics(RuntimeClass_Windows_Storage_FileIO, &IID_IFileIOStatics);
    path_io = get_statics(RuntimeClass_Windows_Storage_PathIO, &IID_IPathIOStatics);
    return 0;
}

static int end(void **state)
{
    (void)state;
    release_ref(file_io);
    release_ref(path_io);
    return 0;
}

static void put_bytes(const char *name, const void *bytes, size_t size)
{
    file_handle file;

    assert_int_equal(PORT_OK,
                     file_open(test_path(name),
                               FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_TRUNCATE, &file));
    assert_int_equal(PORT_OK, file_write_at(file, 0, bytes, size));
    file_close(file);
}

static void check_bytes(const char *name, const void *bytes, size_t size)
{
    void *content = NULL;
    size_t content_size;

    assert_int_equal(PORT_OK, file_load(test_path(name), 1 << 20, &content, &content_size));
    assert_int_equal(size, content_size);
    assert_memory_equal(bytes, content, size);
    memory_free(content);
}

static HSTRING path_of(const char *name)
{
    return string_of(item_path(name));
}

static void check_text(const char *expected, IAsyncOperation_HSTRING *operation)
{
    HSTRING text = NULL;

    await_results(operation, &text);
    check_string(expected, text);
}

static IAsyncOperation_HSTRING *start_read_text(const char *name)
{
    IAsyncOperation_HSTRING *operation = NULL;

    check_ok(IPathIOStatics_ReadTextAsync(path_io, path_of(name), &operation));
    return operation;
}

static IAsyncOperation_HSTRING *start_read_encoded(const char *name, UnicodeEncoding encoding)
{
    IAsyncOperation_HSTRING *operation = NULL;

    check_ok(
        IPathIOStatics_ReadTextWithEncodingAsync(path_io, path_of(name), encoding, &operation));
    return operation;
}

static IAsyncAction *start_write_encoded(const char *name, const char *text,
                                         UnicodeEncoding encoding)
{
    IAsyncAction *action = NULL;

    check_ok(IPathIOStatics_WriteTextWithEncodingAsync(path_io, path_of(name), string_of(text),
                                                       encoding, &action));
    return action;
}

static IAsyncAction *start_append_encoded(const char *name, const char *text,
                                          UnicodeEncoding encoding)
{
    IAsyncAction *action = NULL;

    check_ok(IPathIOStatics_AppendTextWithEncodingAsync(path_io, path_of(name), string_of(text),
                                                        encoding, &action));
    return action;
}

static void text_goes_there_and_back(void **state)
{
    IAsyncOperation_HSTRING *read = NULL;
    IAsyncAction *action = NULL;
    IStorageFile *file;

    (void)state;
    put_file("a", "something longer before");
    file = get_file(test_path("a"));
    check_ok(
        IFileIOStatics_WriteTextAsync(file_io, file, string_of("Gr\xc3\xbc\xc3\x9f"), &action));
    await_results(action, NULL);
    check_bytes("a", BYTES("Gr\xc3\xbc\xc3\x9f"));
    check_ok(IFileIOStatics_ReadTextAsync(file_io, file, &read));
    check_text("Gr\xc3\xbc\xc3\x9f", read);
    check_ok(IFileIOStatics_AppendTextAsync(file_io, file, string_of(" Gott"), &action));
    await_results(action, NULL);
    check_bytes("a", BYTES("Gr\xc3\xbc\xc3\x9f Gott"));
    check_ok(IFileIOStatics_WriteTextAsync(file_io, file, NULL, &action));
    await_results(action, NULL);
    check_bytes("a", "", 0);
    check_ok(IFileIOStatics_ReadTextAsync(file_io, file, &read));
    check_text("", read);
    assert_int_equal(1, count_entries(""));
    check_last_release_soon(file);
}

static void a_mark_decides_how_text_is_read(void **state)
{
    (void)state;
    put_bytes("8", BYTES("\xef\xbb\xbf\xc3\xa4"));
    put_bytes("le", BYTES("\xff\xfe\xe4\x00"));
    put_bytes("be", BYTES("\xfe\xff\x00\xe4"));
    put_bytes("only", BYTES("\xff\xfe"));
    check_text("\xc3\xa4", start_read_text("8"));
    check_text("\xc3\xa4", start_read_text("le"));
    check_text("\xc3\xa4", start_read_text("be"));
    check_text("", start_read_text("only"));
    check_text("\xc3\xa4", start_read_encoded("le", UTF8));
    check_text("\xc3\xa4", start_read_encoded("8", UTF16BE));
}

static void without_a_mark_the_caller_decides(void **state)
{
    (void)state;
    put_bytes("8", BYTES("\xc3\xa4"));
    put_bytes("le", BYTES("\xe4\x00"));
    put_bytes("be", BYTES("\x00\xe4"));
    check_text("\xc3\xa4", start_read_encoded("8", UTF8));
    check_text("\xc3\xa4", start_read_encoded("le", UTF16LE));
    check_text("\xc3\xa4", start_read_encoded("be", UTF16BE));
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    put_bytes("8", BYTES("a\xff"));
    put_bytes("cut", BYTES("a\xe2\x82"));
    put_bytes("odd", BYTES("abc"));
    await_error(HRESULT_NO_TRANSLATION, start_read_text("8"));
    await_error(HRESULT_NO_TRANSLATION, start_read_text("cut"));
    await_error(E_INVALIDARG, start_read_encoded("odd", UTF16LE));
    await_error(HRESULT_NOT_FOUND, start_read_text("missing"));
    await_error(HRESULT_NOT_FOUND, start_write_encoded("missing", "x", UTF8));
    await_error(HRESULT_NOT_FOUND, start_append_encoded("missing", "x", UTF8));
    assert_false(exists("missing"));
    put_folder("folder");
    await_error(E_ACCESSDENIED, start_read_text("folder"));
    await_error(E_ACCESSDENIED, start_write_encoded("folder", "x", UTF8));
}

static void written_text_keeps_or_gets_its_mark(void **state)
{
    (void)state;
    put_file("a", "");
    await_results(start_write_encoded("a", "\xc3\xa4", UTF8), NULL);
    check_bytes("a", BYTES("\xc3\xa4"));
    await_results(start_write_encoded("a", "\xc3\xa4", UTF16LE), NULL);
    check_bytes("a", BYTES("\xff\xfe\xe4\x00"));
    await_results(start_write_encoded("a", "b", UTF8), NULL); /* the mark decides now */
    check_bytes("a", BYTES("\xff\xfe"
                           "b\x00"));
    await_results(start_append_encoded("a", "c", UTF16BE), NULL);
    check_bytes("a", BYTES("\xff\xfe"
                           "b\x00"
                           "c\x00"));
    put_file("a", "");
    await_results(start_append_encoded("a", "b", UTF16BE), NULL);
    check_bytes("a", BYTES("\xfe\xff\x00"
                           "b"));
    put_bytes("a", BYTES("\xef\xbb\xbfold"));
    await_results(start_write_encoded("a", "new", UTF16LE), NULL);
    check_bytes("a", BYTES("\xef\xbb\xbfnew"));
    await_results(start_append_encoded("a", "er", UTF16LE), NULL);
    check_bytes("a", BYTES("\xef\xbb\xbfnewer"));
}

static void check_lines(const char *const *expected, IAsyncOperation_IVector_HSTRING *operation)
{
    IVector_HSTRING *lines = NULL;
    UINT32 size = ~0u, i;

    await_results(operation, &lines);
    check_ok(IVector_HSTRING_get_Size(lines, &size));
    for (i = 0; expected[i]; i++) {
        HSTRING line = NULL;

        assert_true(i < size);
        check_ok(IVector_HSTRING_GetAt(lines, i, &line));
        check_string(expected[i], line);
    }
    assert_int_equal(i, size);
    check_last_release_soon(lines);
}

static void lines_are_read(void **state)
{
    static const struct {
        const char *text;
        const char *lines[5];
    } rows[] = {
        { "", { NULL } },
        { "a", { "a", NULL } },
        { "a\n", { "a", NULL } },
        { "a\r\nb\rc\nd", { "a", "b", "c", "d", NULL } },
        { "\n\r\n\r", { "", "", "", NULL } },
        { "\n\na", { "", "", "a", NULL } },
    };
    IAsyncOperation_IVector_HSTRING *operation = NULL;
    unsigned i;

    (void)state;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        put_file("a", rows[i].text);
        check_ok(IPathIOStatics_ReadLinesAsync(path_io, path_of("a"), &operation));
        check_lines(rows[i].lines, operation);
    }
}

/* A list of lines from a file with them. */
static IIterable_HSTRING *lines_of(const char *text)
{
    IAsyncOperation_IVector_HSTRING *operation = NULL;
    IVector_HSTRING *vector = NULL;
    IIterable_HSTRING *lines;

    put_file("lines", text);
    check_ok(
        IPathIOStatics_ReadLinesWithEncodingAsync(path_io, path_of("lines"), UTF8, &operation));
    await_results(operation, &vector);
    lines = query(vector, &IID_IIterable_HSTRING);
    release_ref(vector);
    return lines;
}

static void lines_are_written(void **state)
{
    IIterable_HSTRING *lines = lines_of("one\ntwo\n\nfour"), *none = lines_of("");
    IAsyncAction *action = NULL;
    IStorageFile *file;

    (void)state;
    put_file("a", "before");
    file = get_file(test_path("a"));
    check_ok(IFileIOStatics_WriteLinesAsync(file_io, file, lines, &action));
    await_results(action, NULL);
    check_content("one\r\ntwo\r\n\r\nfour\r\n", "a");
    check_ok(IFileIOStatics_AppendLinesAsync(file_io, file, lines, &action));
    await_results(action, NULL);
    check_content("one\r\ntwo\r\n\r\nfour\r\none\r\ntwo\r\n\r\nfour\r\n", "a");
    check_ok(IFileIOStatics_WriteLinesWithEncodingAsync(file_io, file, none, UTF8, &action));
    await_results(action, NULL);
    check_content("", "a");
    check_ok(IFileIOStatics_AppendLinesWithEncodingAsync(file_io, file, lines, UTF8, &action));
    await_results(action, NULL);
    check_content("one\r\ntwo\r\n\r\nfour\r\n", "a");
    check_last_release_soon(lines);
    check_last_release_soon(none);
    check_last_release_soon(file);
}

static void buffers_and_bytes(void **state)
{
    IBuffer *buffer = buffer_with("a\0b", 3), *read = NULL;
    IAsyncOperation_IBuffer *operation = NULL;
    IAsyncAction *action = NULL;
    IStorageFile *file;

    (void)state;
    put_file("a", "something longer");
    file = get_file(test_path("a"));
    check_ok(IFileIOStatics_WriteBufferAsync(file_io, file, buffer, &action));
    await_results(action, NULL);
    check_bytes("a", "a\0b", 3);
    check_ok(IFileIOStatics_ReadBufferAsync(file_io, file, &operation));
    await_results(operation, &read);
    check_buffer("a\0b", 3, read);
    check_last_release_soon(read);
    check_ok(IPathIOStatics_WriteBytesAsync(path_io, path_of("a"), 2, (BYTE *)"xy", &action));
    await_results(action, NULL);
    check_bytes("a", "xy", 2);
    check_ok(IPathIOStatics_WriteBytesAsync(path_io, path_of("a"), 0, NULL, &action));
    await_results(action, NULL);
    check_bytes("a", "", 0);
    check_ok(IPathIOStatics_ReadBufferAsync(path_io, path_of("a"), &operation));
    await_results(operation, &read);
    assert_int_equal(0, length_of(read));
    check_last_release_soon(read);
    check_last_release_soon(buffer);
    check_last_release_soon(file);
}

static void a_writer_in_the_way_is_a_sharing_violation(void **state)
{
    IRandomAccessStream *writer;

    (void)state;
    put_file("a", "old");
    writer = open_file("a", FileAccessMode_ReadWrite, StorageOpenOptions_None);
    await_error(HRESULT_SHARING_VIOLATION, start_write_encoded("a", "new", UTF8));
    await_error(HRESULT_SHARING_VIOLATION, start_append_encoded("a", "new", UTF8));
    check_text("old", start_read_text("a"));
    check_content("old", "a");
    assert_int_equal(1, count_entries(""));
    check_last_release_soon(writer);
}

/* More than there are workers, each of which waits for others. */
static void very_many_at_once_all_end(void **state)
{
    enum {
        COUNT = 1500
    };
    IAsyncOperation_HSTRING *reads[COUNT];
    unsigned i;

    (void)state;
    put_file("a", "content");
    for (i = 0; i < COUNT; i++)
        reads[i] = start_read_text("a");
    for (i = 0; i < COUNT; i++)
        check_text("content", reads[i]);
}

/* Replacing is all or nothing; appending may leave a part. */
static void a_failed_write_leaves_the_file_as_it_was(void **state)
{
    enum {
        SIZE = 8192
    };
    HRESULT too_big = __HRESULT_FROM_WIN32(ERROR_FILE_SYSTEM_LIMITATION);
    IAsyncAction *action = NULL;
    BYTE *bytes;

    (void)state;
    need(NEED_FILE_LIMIT);
    bytes = calloc(1, SIZE);
    assert_non_null(bytes);
    put_file("a", "old content");
    limit_file_size(4096);
    check_ok(IPathIOStatics_WriteBytesAsync(path_io, path_of("a"), SIZE, bytes, &action));
    await_error(too_big, action);
    check_content("old content", "a");
    assert_int_equal(1, count_entries(""));
    await_results(start_write_encoded("a", "new", UTF8), NULL);
    check_content("new", "a");
    free(bytes);
}

static void wrong_arguments_are_refused_at_once(void **state)
{
    IAsyncOperation_IVector_HSTRING *lines = (void *)file_io;
    IAsyncOperation_HSTRING *text = (void *)file_io;
    IAsyncOperation_IBuffer *buffer = (void *)file_io;
    IAsyncAction *action = (void *)file_io;
    UnicodeEncoding none = (UnicodeEncoding)3;
    IStorageFile *file;

    (void)state;
    put_file("a", "x");
    file = get_file(test_path("a"));
    check_hresult(E_POINTER, IFileIOStatics_ReadTextAsync(file_io, file, NULL));
    check_hresult(E_POINTER, IFileIOStatics_ReadTextAsync(file_io, NULL, &text));
    assert_null(text);
    check_hresult(E_INVALIDARG,
                  IFileIOStatics_ReadTextWithEncodingAsync(file_io, file, none, &text));
    check_hresult(E_POINTER, IFileIOStatics_ReadLinesAsync(file_io, NULL, &lines));
    assert_null(lines);
    check_hresult(E_POINTER, IFileIOStatics_ReadBufferAsync(file_io, NULL, &buffer));
    assert_null(buffer);
    check_hresult(E_POINTER, IFileIOStatics_WriteTextAsync(file_io, NULL, NULL, &action));
    assert_null(action);
    check_hresult(E_POINTER, IFileIOStatics_WriteTextAsync(file_io, file, NULL, NULL));
    check_hresult(E_INVALIDARG,
                  IFileIOStatics_AppendTextWithEncodingAsync(file_io, file, NULL, none, &action));
    check_hresult(E_POINTER, IFileIOStatics_WriteLinesAsync(file_io, file, NULL, &action));
    check_hresult(E_POINTER, IFileIOStatics_AppendLinesAsync(file_io, file, NULL, &action));
    check_hresult(E_POINTER, IFileIOStatics_WriteBufferAsync(file_io, file, NULL, &action));
    check_hresult(E_POINTER, IFileIOStatics_WriteBytesAsync(file_io, file, 1, NULL, &action));
    check_hresult(E_POINTER, IFileIOStatics_WriteBytesAsync(file_io, NULL, 0, NULL, &action));
    check_hresult(E_INVALIDARG, IPathIOStatics_ReadTextAsync(path_io, NULL, &text));
    check_hresult(E_INVALIDARG, IPathIOStatics_ReadTextAsync(path_io, string_of("a"), &text));
    check_hresult(E_POINTER, IPathIOStatics_ReadTextAsync(path_io, path_of("a"), NULL));
    check_content("x", "a");
    check_last_release_soon(file);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(text_goes_there_and_back, begin, end),
    cmocka_unit_test_setup_teardown(a_mark_decides_how_text_is_read, begin, end),
    cmocka_unit_test_setup_teardown(without_a_mark_the_caller_decides, begin, end),
    cmocka_unit_test_setup_teardown(what_is_no_text_is_refused, begin, end),
    cmocka_unit_test_setup_teardown(written_text_keeps_or_gets_its_mark, begin, end),
    cmocka_unit_test_setup_teardown(lines_are_read, begin, end),
    cmocka_unit_test_setup_teardown(lines_are_written, begin, end),
    cmocka_unit_test_setup_teardown(buffers_and_bytes, begin, end),
    cmocka_unit_test_setup_teardown(a_writer_in_the_way_is_a_sharing_violation, begin, end),
    cmocka_unit_test_setup_teardown(very_many_at_once_all_end, begin, end),
    cmocka_unit_test_setup_teardown(a_failed_write_leaves_the_file_as_it_was, begin, end),
    cmocka_unit_test_setup_teardown(wrong_arguments_are_refused_at_once, begin, end),
};

TEST_MAIN(tests)
