/* SPDX-License-Identifier: MIT */
/* FileRandomAccessStream, its statics, FileInputStream and FileOutputStream,
 * StorageStreamTransaction. */
#include "streams.h"

#include "file_access.h"
#include "file_limit.h"
#include "paths.h"
#include "platform.h"
#include "src/port/files.h"

#define READ  FileAccessMode_Read
#define WRITE FileAccessMode_ReadWrite
#define NONE  StorageOpenOptions_None
#define ONLY  StorageOpenOptions_AllowOnlyReaders
#define BOTH  StorageOpenOptions_AllowReadersAndWriters

static IFileRandomAccessStreamStatics *get_stream_statics(void)
{
    return get_statics(RuntimeClass_Windows_Storage_Streams_FileRandomAccessStream,
                       &IID_IFileRandomAccessStreamStatics);
}

static void a_file_is_read(void **state)
{
    IRandomAccessStream *stream;
    HSTRING name = NULL;
    boolean can = 0;

    (void)state;
    put_file("a", "hello world");
    stream = open_file("a", READ, NONE);
    check_ok(IRandomAccessStream_GetRuntimeClassName(stream, &name));
    check_string("Windows.Storage.Streams.FileRandomAccessStream", name);
    check_size(11, stream);
    check_position(0, stream);
    check_ok(IRandomAccessStream_get_CanRead(stream, &can));
    assert_true(can);
    check_ok(IRandomAccessStream_get_CanWrite(stream, &can));
    assert_false(can);
    check_read("hello", 5, stream, 5);
    check_read(" world", 6, stream, 50);
    check_read("", 0, stream, 50);
    check_ok(IRandomAccessStream_Seek(stream, ~0ull));
    check_read("", 0, stream, 50);
    check_last_release_soon(stream);
}

static void a_reader_does_not_write(void **state)
{
    IRandomAccessStream *stream;
    IAsyncOperationWithProgress_UINT32_UINT32 *write;
    IOutputStream *output, *output_at;
    IBuffer *buffer = buffer_with("x", 1);

    (void)state;
    put_file("a", "hello");
    stream = open_file("a", READ, NONE);
    output = query(stream, &IID_IOutputStream);
    output_at = output;
    write = (void *)output;
    check_hresult(E_ACCESSDENIED, IOutputStream_WriteAsync(output, buffer, &write));
    assert_null(write);
    check_hresult(E_ACCESSDENIED, IRandomAccessStream_put_Size(stream, 0));
    check_hresult(E_ACCESSDENIED, IRandomAccessStream_GetOutputStreamAt(stream, 0, &output_at));
    assert_null(output_at);
    check_content("hello", "a");
    release_ref(output);
    check_last_release(buffer);
    check_last_release_soon(stream);
}

static void a_writer_writes_in_place(void **state)
{
    IRandomAccessStream *stream;

    (void)state;
    put_file("a", "hello world");
    stream = open_file("a", WRITE, NONE);
    check_ok(IRandomAccessStream_Seek(stream, 6));
    write_bytes(stream, "there", 5);
    check_content("hello there", "a");
    write_bytes(stream, "!", 1);
    check_size(12, stream);
    check_position(12, stream);
    check_ok(IRandomAccessStream_put_Size(stream, 5));
    check_content("hello", "a");
    check_ok(IRandomAccessStream_Seek(stream, 0));
    check_read("hello", 5, stream, 10);
    check_ok(IRandomAccessStream_Seek(stream, ~0ull));
    check_write_fails(E_INVALIDARG, stream);
    check_hresult(E_INVALIDARG, IRandomAccessStream_put_Size(stream, ~0ull));
    check_last_release_soon(stream);
}

static void a_write_that_fails_does_not_move_the_position(void **state)
{
    IRandomAccessStream *stream;

    (void)state;
    need(NEED_FILE_LIMIT);
    put_file("a", "");
    limit_file_size(4096);
    stream = open_file("a", WRITE, NONE);
    check_ok(IRandomAccessStream_Seek(stream, 4096));
    check_write_fails(__HRESULT_FROM_WIN32(ERROR_FILE_SYSTEM_LIMITATION), stream);
    check_position(4096, stream);
    check_hresult(__HRESULT_FROM_WIN32(ERROR_FILE_SYSTEM_LIMITATION),
                  IRandomAccessStream_put_Size(stream, 8192));
    check_size(0, stream);
    check_ok(IRandomAccessStream_Seek(stream, 4095));
    write_bytes(stream, "x", 1);
    check_size(4096, stream);
    check_last_release_soon(stream);
}

static void streams_at_a_position_are_file_streams(void **state)
{
    IRandomAccessStream *stream;
    IAsyncOperation_boolean *flush = NULL;
    IOutputStream *output = NULL;
    IInputStream *input = NULL;
    boolean flushed = 0;
    HSTRING name = NULL;

    (void)state;
    put_file("a", "hello");
    stream = open_file("a", WRITE, NONE);
    check_ok(IRandomAccessStream_GetInputStreamAt(stream, 1, &input));
    check_ok(IInputStream_GetRuntimeClassName(input, &name));
    check_string("Windows.Storage.Streams.FileInputStream", name);
    check_ok(IRandomAccessStream_GetOutputStreamAt(stream, 5, &output));
    check_ok(IOutputStream_GetRuntimeClassName(output, &name));
    check_string("Windows.Storage.Streams.FileOutputStream", name);
    write_bytes(output, " you", 4);
    check_ok(IOutputStream_FlushAsync(output, &flush));
    await_results(flush, &flushed);
    assert_true(flushed);
    check_read("ello you", 8, input, 20);
    check_position(0, stream);
    close_object(stream);
    write_bytes(output, "!", 1);
    check_content("hello you!", "a");
    check_last_release_soon(stream);
    check_last_release_soon(input);
    check_last_release_soon(output);
}

/* One row a pair of openings: may the second be while the first is? */
static void who_may_be_together(void **state)
{
    static const struct {
        FileAccessMode mode;
        StorageOpenOptions options;
    } kinds[] = { { READ, NONE },  { READ, ONLY },  { READ, BOTH },
                  { WRITE, NONE }, { WRITE, ONLY }, { WRITE, BOTH } };
    static const char *const together[] = { "yyyyyy", "yyynnn", "yyyyyy",
                                            "ynynnn", "ynynnn", "ynynny" };
    unsigned one, other;

    (void)state;
    put_file("a", "hello");
    for (one = 0; one < 6; one++) {
        for (other = 0; other < 6; other++) {
            IRandomAccessStream *first = open_file("a", kinds[one].mode, kinds[one].options);
            IRandomAccessStream *second;

            if (together[one][other] == 'y') {
                second = open_file("a", kinds[other].mode, kinds[other].options);
                check_last_release_soon(second);
            } else {
                check_open_fails(HRESULT_SHARING_VIOLATION, "a", kinds[other].mode,
                                 kinds[other].options);
            }
            close_object(first);
            second = open_file("a", kinds[other].mode, kinds[other].options);
            check_last_release_soon(second);
            check_last_release_soon(first);
        }
    }
}

static void a_polite_reader_ends_with_the_first_write(void **state)
{
    IRandomAccessStream *polite, *shared, *writer, *again;

    (void)state;
    put_file("a", "hello");
    polite = open_file("a", READ, NONE);
    shared = open_file("a", READ, BOTH);
    writer = open_file("a", WRITE, NONE);
    check_read("he", 2, polite, 2);
    write_bytes(writer, "HELLO", 5);
    check_read_fails(HRESULT_CHANGED, polite);
    check_read_fails(HRESULT_CHANGED, polite);
    check_read("HELLO", 5, shared, 10);
    again = open_file("a", READ, NONE);
    check_read("HELLO", 5, again, 10);
    check_last_release_soon(polite);
    check_last_release_soon(shared);
    check_last_release_soon(writer);
    check_last_release_soon(again);
}

static void others_changes_end_a_polite_reader_too(void **state)
{
    IRandomAccessStream *polite;
    file_handle file;

    (void)state;
    put_file("a", "hello");
    polite = open_file("a", READ, NONE);
    assert_int_equal(PORT_OK, file_open(test_path("a"), FILE_OPEN_WRITE, &file));
    assert_int_equal(PORT_OK, file_write_at(file, 5, "!", 1));
    file_close(file);
    check_read_fails(HRESULT_CHANGED, polite);
    check_last_release_soon(polite);
}

static void what_is_no_file_does_not_open(void **state)
{
    (void)state;
    put_folder("folder");
    put_file("file", "x");
    check_open_fails(HRESULT_NOT_FOUND, "missing", READ, NONE);
    check_open_fails(HRESULT_NOT_FOUND, "missing", WRITE, NONE);
    check_open_fails(E_ACCESSDENIED, "folder", READ, NONE);
    check_open_fails(E_ACCESSDENIED, "folder", WRITE, NONE);
    check_open_fails(__HRESULT_FROM_WIN32(ERROR_DIRECTORY), "file/below", READ, NONE);
    check_open_fails(E_INVALIDARG, "file", (FileAccessMode)2, NONE);
    check_open_fails(E_INVALIDARG, "file", READ, (StorageOpenOptions)3);
}

static IAsyncOperation_IRandomAccessStream *start_disposition(const char *name, FileAccessMode mode,
                                                              FileOpenDisposition disposition)
{
    IFileRandomAccessStreamStatics *statics = get_stream_statics();
    IAsyncOperation_IRandomAccessStream *operation = NULL;

    check_ok(IFileRandomAccessStreamStatics_OpenForUserWithOptionsAsync(
        statics, NULL, string_of(item_path(name)), mode, NONE, disposition, &operation));
    release_ref(statics);
    return operation;
}

static void each_disposition_does_what_it_says(void **state)
{
    static const struct {
        FileOpenDisposition disposition;
        HRESULT missing, existing;
        const char *content; /* of a file that was there */
    } rows[] = {
        { FileOpenDisposition_OpenExisting, HRESULT_NOT_FOUND, S_OK, "old" },
        { FileOpenDisposition_OpenAlways, S_OK, S_OK, "old" },
        { FileOpenDisposition_CreateNew, S_OK, HRESULT_ALREADY_EXISTS, "old" },
        { FileOpenDisposition_CreateAlways, S_OK, S_OK, "" },
        { FileOpenDisposition_TruncateExisting, HRESULT_NOT_FOUND, S_OK, "" },
    };
    IRandomAccessStream *stream;
    unsigned i;

    (void)state;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *name = test_path("x");

        file_remove(name);
        if (FAILED(rows[i].missing)) {
            await_error(rows[i].missing, start_disposition("x", WRITE, rows[i].disposition));
            assert_false(exists("x"));
        } else {
            await_results(start_disposition("x", WRITE, rows[i].disposition), &stream);
            check_last_release_soon(stream);
            check_content("", "x");
        }
        put_file("x", "old");
        if (FAILED(rows[i].existing)) {
            await_error(rows[i].existing, start_disposition("x", WRITE, rows[i].disposition));
        } else {
            await_results(start_disposition("x", WRITE, rows[i].disposition), &stream);
            check_last_release_soon(stream);
        }
        check_content(rows[i].content, "x");
        if (i)
            await_error(E_INVALIDARG, start_disposition("x", READ, rows[i].disposition));
    }
    await_error(E_INVALIDARG, start_disposition("x", WRITE, (FileOpenDisposition)5));
}

static void a_refused_opening_does_not_truncate(void **state)
{
    IRandomAccessStream *writer;

    (void)state;
    put_file("a", "hello");
    writer = open_file("a", WRITE, NONE);
    await_error(HRESULT_SHARING_VIOLATION,
                start_disposition("a", WRITE, FileOpenDisposition_CreateAlways));
    check_content("hello", "a");
    check_last_release_soon(writer);
}

static void wrong_arguments_are_refused_at_once(void **state)
{
    IFileRandomAccessStreamStatics *statics = get_stream_statics();
    IAsyncOperation_StorageStreamTransaction *transaction = (void *)statics;
    IAsyncOperation_IRandomAccessStream *operation = (void *)statics;
    __x_ABI_CWindows_CSystem_CIUser *user = (void *)statics;
    HSTRING path = string_of(item_path("a"));

    (void)state;
    check_hresult(E_POINTER, IFileRandomAccessStreamStatics_OpenAsync(statics, path, READ, NULL));
    check_hresult(E_INVALIDARG,
                  IFileRandomAccessStreamStatics_OpenAsync(statics, NULL, READ, &operation));
    assert_null(operation);
    check_hresult(E_INVALIDARG,
                  IFileRandomAccessStreamStatics_OpenAsync(statics, string_of("relative"), READ,
                                                           &operation));
    check_hresult(E_INVALIDARG, IFileRandomAccessStreamStatics_OpenForUserAsync(statics, user, path,
                                                                                READ, &operation));
    check_hresult(E_POINTER,
                  IFileRandomAccessStreamStatics_OpenForUserAsync(statics, NULL, path, READ, NULL));
    check_hresult(E_POINTER,
                  IFileRandomAccessStreamStatics_OpenTransactedWriteAsync(statics, path, NULL));
    check_hresult(E_INVALIDARG,
                  IFileRandomAccessStreamStatics_OpenTransactedWriteAsync(statics, NULL,
                                                                          &transaction));
    assert_null(transaction);
    check_hresult(E_INVALIDARG, IFileRandomAccessStreamStatics_OpenTransactedWriteForUserAsync(
                                    statics, user, path, &transaction));
    release_ref(statics);
}

static IStorageStreamTransaction *open_transaction(const char *name)
{
    IFileRandomAccessStreamStatics *statics = get_stream_statics();
    IAsyncOperation_StorageStreamTransaction *operation = NULL;
    IStorageStreamTransaction *transaction = NULL;

    check_ok(IFileRandomAccessStreamStatics_OpenTransactedWriteAsync(statics,
                                                                     string_of(item_path(name)),
                                                                     &operation));
    await_results(operation, &transaction);
    release_ref(statics);
    return transaction;
}

static IAsyncAction *start_commit(IStorageStreamTransaction *transaction)
{
    IAsyncAction *action = NULL;

    check_ok(IStorageStreamTransaction_CommitAsync(transaction, &action));
    return action;
}

static void a_commit_replaces_the_file(void **state)
{
    IStorageStreamTransaction *transaction;
    IRandomAccessStream *stream = NULL, *after;
    IAsyncAction *action;

    (void)state;
    put_file("a", "hello");
    transaction = open_transaction("a");
    check_ok(IStorageStreamTransaction_get_Stream(transaction, &stream));
    check_size(5, stream);
    check_read("hello", 5, stream, 10);
    write_bytes(stream, " world", 6);
    check_content("hello", "a");
    await_results(start_commit(transaction), NULL);
    check_content("hello world", "a");
    assert_int_equal(1, count_entries(""));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_Seek(stream, 0));
    action = (void *)stream;
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IStorageStreamTransaction_CommitAsync(transaction, &action));
    assert_null(action);
    release_ref(stream);
    check_last_release_soon(transaction);
    after = open_file("a", WRITE, NONE);
    check_last_release_soon(after);
}

/* The transaction is over then, though somebody still holds it. */
static void a_committed_file_can_be_written_by_others(void **state)
{
    IStorageStreamTransaction *transaction;
    IRandomAccessStream *after;

    (void)state;
    put_file("a", "hello");
    transaction = open_transaction("a");
    await_results(start_commit(transaction), NULL);
    after = open_file("a", WRITE, NONE);
    write_bytes(after, "J", 1);
    check_last_release_soon(after);
    close_object(transaction);
    check_last_release_soon(transaction);
    check_content("Jello", "a");
}

static void a_private_file_stays_private(void **state)
{
    IStorageStreamTransaction *transaction;

    (void)state;
    put_private_file("a", "hello");
    transaction = open_transaction("a");
    await_results(start_commit(transaction), NULL);
    check_last_release_soon(transaction);
    assert_true(is_private(test_path("a")));
}

static void without_a_commit_nothing_changes(void **state)
{
    IStorageStreamTransaction *transaction;
    IRandomAccessStream *stream = NULL;
    IAsyncAction *action = NULL;

    (void)state;
    put_file("a", "hello");
    transaction = open_transaction("a");
    check_ok(IStorageStreamTransaction_get_Stream(transaction, &stream));
    write_bytes(stream, "HELLO", 5);
    assert_int_equal(2, count_entries(""));
    close_object(transaction);
    close_object(transaction);
    assert_int_equal(1, count_entries(""));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_Seek(stream, 0));
    check_hresult(RO_E_CLOSED, IStorageStreamTransaction_CommitAsync(transaction, &action));
    release_ref(stream);
    check_hresult(RO_E_CLOSED, IStorageStreamTransaction_get_Stream(transaction, &stream));
    check_last_release_soon(transaction);

    transaction = open_transaction("a");
    check_last_release_soon(transaction);
    assert_int_equal(1, count_entries(""));
    check_content("hello", "a");
}

static void a_file_in_use_is_not_replaced(void **state)
{
    IStorageStreamTransaction *transaction;
    IRandomAccessStream *polite, *writer, *stream = NULL;

    (void)state;
    put_file("a", "hello");
    transaction = open_transaction("a");
    check_ok(IStorageStreamTransaction_get_Stream(transaction, &stream));
    write_bytes(stream, "HELLO", 5);
    writer = open_file("a", WRITE, NONE);
    await_error(HRESULT_SHARING_VIOLATION, start_commit(transaction));
    check_content("hello", "a");
    check_last_release_soon(writer);
    polite = open_file("a", READ, NONE);
    await_results(start_commit(transaction), NULL);
    check_content("HELLO", "a");
    check_read_fails(HRESULT_CHANGED, polite);
    release_ref(stream);
    check_last_release_soon(polite);
    check_last_release_soon(transaction);
}

static void a_transaction_needs_a_file(void **state)
{
    IFileRandomAccessStreamStatics *statics = get_stream_statics();
    IAsyncOperation_StorageStreamTransaction *operation = NULL;
    IStorageStreamTransaction *transaction = NULL;
    IRandomAccessStream *stream = NULL;
    IAsyncAction *action;

    (void)state;
    check_ok(IFileRandomAccessStreamStatics_OpenTransactedWriteAsync(
        statics, string_of(item_path("missing")), &operation));
    await_error(HRESULT_NOT_FOUND, operation);
    assert_int_equal(0, count_entries(""));
    check_ok(IFileRandomAccessStreamStatics_OpenTransactedWriteWithOptionsAsync(
        statics, string_of(item_path("new")), NONE, FileOpenDisposition_CreateNew, &operation));
    await_results(operation, &transaction);
    check_ok(IStorageStreamTransaction_get_Stream(transaction, &stream));
    check_size(0, stream);
    write_bytes(stream, "x", 1);
    check_hresult(E_POINTER, IStorageStreamTransaction_get_Stream(transaction, NULL));
    check_hresult(E_POINTER, IStorageStreamTransaction_CommitAsync(transaction, NULL));
    action = start_commit(transaction);
    await_results(action, NULL);
    check_content("x", "new");
    release_ref(stream);
    check_last_release_soon(transaction);
    release_ref(statics);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_file_is_read),
    cmocka_unit_test(a_reader_does_not_write),
    cmocka_unit_test(a_writer_writes_in_place),
    cmocka_unit_test(a_write_that_fails_does_not_move_the_position),
    cmocka_unit_test(streams_at_a_position_are_file_streams),
    cmocka_unit_test(who_may_be_together),
    cmocka_unit_test(a_polite_reader_ends_with_the_first_write),
    cmocka_unit_test(others_changes_end_a_polite_reader_too),
    cmocka_unit_test(what_is_no_file_does_not_open),
    cmocka_unit_test(each_disposition_does_what_it_says),
    cmocka_unit_test(a_refused_opening_does_not_truncate),
    cmocka_unit_test(wrong_arguments_are_refused_at_once),
    cmocka_unit_test(a_commit_replaces_the_file),
    cmocka_unit_test(a_committed_file_can_be_written_by_others),
    cmocka_unit_test(a_private_file_stays_private),
    cmocka_unit_test(without_a_commit_nothing_changes),
    cmocka_unit_test(a_file_in_use_is_not_replaced),
    cmocka_unit_test(a_transaction_needs_a_file),
};

TEST_MAIN(tests)
