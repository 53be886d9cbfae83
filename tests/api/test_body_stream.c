/* SPDX-License-Identifier: MIT */
/* BackgroundDownloader.CreateDownloadAsync: the request's body from a stream. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <asyncinfo.h>

#include "client_objects.h"
#include "src/port/files.h"
#include "strings_ring.h"

typedef IAsyncOperation_DownloadOperation create_async;

static create_async *create_start(IInputStream *stream)
{
    IBackgroundDownloader *downloader = downloader_new();
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/echo"));
    IStorageFile *file = file_new("echo.json");
    create_async *async = NULL;

    downloader_set_method(downloader, "POST");
    check_ok(IBackgroundDownloader_CreateDownloadAsync(downloader, uri, file, stream, &async));
    assert_non_null(async);
    release_ref(file);
    release_ref(uri);
    release_ref(downloader);
    return async;
}

struct private_files {
    const char *folder;
    unsigned count;
};

static bool count_private_file(void *context, const char *name, enum file_kind kind)
{
    struct private_files *files = context;
    struct private_files below = { ring_format("%s/%s", files->folder, name), 0 };

    if (kind == FILE_KIND_FOLDER)
        file_visit(below.folder, count_private_file, &below);
    files->count += below.count + (strstr(name, ".body") != NULL);
    return true;
}

/* How many private files there are: none may be left behind. */
static unsigned private_files(void)
{
    struct private_files files = { getenv("WINRT_STATE_DIR"), 0 };

    file_visit(files.folder, count_private_file, &files);
    return files.count;
}

static void posts_a_stream(uint64_t size, uint32_t block)
{
    IInputStream *stream = client_stream_new(size, block, S_OK);
    create_async *async = create_start(stream);
    IDownloadOperation *operation = NULL;
    char expected[60];
    char *echo;

    await_results(async, &operation);
    check_last_release_soon(stream);
    assert_int_equal(private_files(), 1);
    assert_int_equal(progress_of(operation).Status, BackgroundTransferStatus_Idle);
    assert_int_equal(download_run(operation, NULL), Completed);
    check_last_release_soon(operation);
    echo = file_text("echo.json");
    assert_non_null(strstr(echo, "\"method\": \"POST\""));
    snprintf(expected, sizeof(expected), "\"body_length\": %llu", (unsigned long long)size);
    assert_non_null(strstr(echo, expected));
    free(echo);
    assert_int_equal(private_files(), 0);
}

static void a_stream_is_the_body(void **state)
{
    (void)state;
    posts_a_stream(5, 1000);
}

static void a_large_stream_is_the_body(void **state)
{
    (void)state;
    posts_a_stream(3000000, 1 << 20);
}

/* Thousands of reads that end at once do not nest. */
static void a_stream_of_single_bytes_is_the_body(void **state)
{
    (void)state;
    posts_a_stream(20000, 1);
}

static void an_empty_stream_is_an_empty_body(void **state)
{
    (void)state;
    posts_a_stream(0, 1000);
}

static void a_stream_of_the_runtime_is_the_body(void **state)
{
    IStorageFile *file = file_with("body.txt", "hello", 5);
    IAsyncOperation_IRandomAccessStream *opening = NULL;
    IRandomAccessStream *random = NULL;
    IInputStream *stream = NULL;
    IDownloadOperation *operation = NULL;
    create_async *async;
    char *echo;

    (void)state;
    check_ok(IStorageFile_OpenAsync(file, FileAccessMode_Read, &opening));
    await_results(opening, &random);
    check_ok(IRandomAccessStream_GetInputStreamAt(random, 1, &stream));
    async = create_start(stream);
    await_results(async, &operation);
    assert_int_equal(download_run(operation, NULL), Completed);
    echo = file_text("echo.json");
    assert_non_null(strstr(echo, "\"body\": \"ello\""));
    free(echo);
    check_last_release_soon(operation);
    release_ref(stream);
    release_ref(random);
    release_ref(file);
}

static void an_error_of_the_stream_is_that_of_the_creation(void **state)
{
    IInputStream *stream = client_stream_new(100, 10, HRESULT_FROM_WIN32(ERROR_CRC));
    create_async *async = create_start(stream);

    (void)state;
    await_error(HRESULT_FROM_WIN32(ERROR_CRC), async);
    check_last_release_soon(stream);
    assert_int_equal(private_files(), 0);
}

static void cancelling_leaves_nothing_behind(void **state)
{
    IInputStream *stream = client_stream_new(100, 10, S_OK);
    IDownloadOperation *operation = (void *)1;
    create_async *async;

    (void)state;
    client_stream_hold(stream);
    async = create_start(stream);
    operation_cancel(async);
    assert_int_equal(await_operation(async), Canceled);
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IAsyncOperation_DownloadOperation_GetResults(async, &operation));
    assert_null(operation);
    wait_for_last_reference(async);
    check_last_release(async);
    check_last_release_soon(stream);
    assert_int_equal(private_files(), 0);
}

static void an_operation_that_is_never_started_removes_its_body(void **state)
{
    IInputStream *stream = client_stream_new(100, 10, S_OK);
    create_async *async = create_start(stream);
    IDownloadOperation *operation = NULL;

    (void)state;
    await_results(async, &operation);
    check_last_release_soon(operation);
    check_last_release_soon(stream);
    assert_int_equal(private_files(), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_stream_is_the_body),
    cmocka_unit_test(a_large_stream_is_the_body),
    cmocka_unit_test(a_stream_of_single_bytes_is_the_body),
    cmocka_unit_test(an_empty_stream_is_an_empty_body),
    cmocka_unit_test(a_stream_of_the_runtime_is_the_body),
    cmocka_unit_test(an_error_of_the_stream_is_that_of_the_creation),
    cmocka_unit_test(cancelling_leaves_nothing_behind),
    cmocka_unit_test(an_operation_that_is_never_started_removes_its_body),
};

TEST_MAIN(tests)
