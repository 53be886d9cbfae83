/* SPDX-License-Identifier: MIT */
/* Paths that lead to a pipe: whoever opens it without the other end waits, and that must not be the
 * one thread that all transfers have. */
#include "client_objects.h"
#include "fixture.h"
#include "odd_files.h"
#include "platform.h"

static IStorageFile *pipe_new(const char *name)
{
    need(NEED_PIPES);
    make_pipe(test_path(name));
    return client_file_new(test_path(name));
}

/* It fails, and other downloads go on. */
static void check_failure(IDownloadOperation *operation)
{
    HRESULT error = S_OK;

    assert_int_equal(download_run(operation, &error), Error);
    assert_true(FAILED(error));
    assert_int_equal(web_status(error), WebErrorStatus_Unknown);
    check_last_release_soon(operation);
    download_whole(server_url("FAULT_HTTP", "/bytes/1000"), "after.bin");
}

static void a_pipe_is_no_result_file(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/1000"));
    IStorageFile *file = pipe_new("pipe");
    IDownloadOperation *operation = NULL;

    (void)state;
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    check_failure(operation);
    check_last_release(file);
    check_last_release(uri);
    check_last_release(downloader);
}

static void a_pipe_is_no_request_body(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/echo"));
    IStorageFile *file = file_new("result.bin"), *body = pipe_new("pipe");
    IDownloadOperation *operation = NULL;

    (void)state;
    downloader_set_method(downloader, "POST");
    check_ok(IBackgroundDownloader_CreateDownloadFromFile(downloader, uri, file, body, &operation));
    check_failure(operation);
    check_last_release(body);
    check_last_release(file);
    check_last_release(uri);
    check_last_release(downloader);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_pipe_is_no_result_file),
    cmocka_unit_test(a_pipe_is_no_request_body),
};

TEST_MAIN(tests)
