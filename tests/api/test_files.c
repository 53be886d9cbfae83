/* SPDX-License-Identifier: MIT */
/* The result file: what happens when the file system does not play along. */
#include "fixture.h"

#include <stdlib.h>

#include "file_access.h"
#include "platform.h"
#include "src/port/files.h"
#include "strings_ring.h"

static void fails_to(IStorageFile *file, HRESULT expected)
{
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/5000"));
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation = NULL;
    HRESULT error;

    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult(expected, error);
    assert_int_equal(web_status(error), WebErrorStatus_Unknown);
    assert_int_equal(progress_of(operation).Status, BackgroundTransferStatus_Error);
    check_last_release_soon(operation);
    check_last_release(downloader);
    check_last_release(uri);
}

static void a_file_that_was_removed(void **state)
{
    IStorageFile *file = file_new("a.bin");

    (void)state;
    assert_int_equal(file_remove(test_path("a.bin")), PORT_OK);
    fails_to(file, (HRESULT)0x80070002);
    assert_int_equal(file_size(test_path("a.bin")), -1);
    check_last_release_soon(file);
}

static void a_file_that_is_now_a_folder(void **state)
{
    IStorageFile *file = file_new("a.bin");

    (void)state;
    assert_int_equal(file_remove(test_path("a.bin")), PORT_OK);
    assert_int_equal(file_make_folder(test_path("a.bin"), false), PORT_OK);
    fails_to(file, E_ACCESSDENIED);
    check_last_release_soon(file);
}

static void a_folder_that_is_now_a_file(void **state)
{
    IStorageFile *file;

    (void)state;
    assert_int_equal(file_make_folder(test_path("folder"), false), PORT_OK);
    file = file_new("folder/a.bin");
    assert_int_equal(file_remove(test_path("folder/a.bin")), PORT_OK);
    assert_int_equal(file_remove_folder(test_path("folder")), PORT_OK);
    test_file_write(test_path("folder"), "", 0);
    fails_to(file, __HRESULT_FROM_WIN32(ERROR_DIRECTORY));
    check_last_release_soon(file);
}

static void a_read_only_file(void **state)
{
    IStorageFile *file;

    (void)state;
    need(NEED_PERMISSIONS);
    file = file_new("a.bin");
    deny_writing(test_path("a.bin"));
    fails_to(file, E_ACCESSDENIED);
    check_last_release_soon(file);
}

/* The file may be written, though nothing can be made beside it. */
static void a_file_in_a_read_only_folder(void **state)
{
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/5000"));
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation = NULL;
    IStorageFile *file;

    (void)state;
    need(NEED_PERMISSIONS);
    assert_int_equal(file_make_folder(test_path("folder"), false), PORT_OK);
    file = file_new("folder/a.bin");
    deny_writing(test_path("folder"));
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    assert_int_equal(download_run(operation, NULL), Completed);
    check_pattern_file(test_path("folder/a.bin"), 5000);
    allow_everything(test_path("folder"));
    check_last_release_soon(operation);
    check_last_release(downloader);
    check_last_release(uri);
    check_last_release_soon(file);
}

static void a_folder_that_may_not_be_entered(void **state)
{
    IStorageFile *file;

    (void)state;
    need(NEED_PERMISSIONS);
    assert_int_equal(file_make_folder(test_path("folder"), false), PORT_OK);
    file = file_new("folder/a.bin");
    deny_everything(test_path("folder"));
    fails_to(file, E_ACCESSDENIED);
    allow_everything(test_path("folder"));
    check_last_release_soon(file);
}

/* A failed request leaves the file as it was. */
static void without_a_body_the_file_is_untouched(void **state)
{
    IStorageFile *file = file_with("a.bin", "kept", 4);
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/status/404"));
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation = NULL;
    char *text;

    (void)state;
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    assert_int_equal(download_run(operation, NULL), Error);
    text = file_text("a.bin");
    assert_string_equal(text, "kept");
    free(text);
    check_last_release_soon(operation);
    check_last_release(downloader);
    check_last_release(uri);
    check_last_release_soon(file);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_file_that_was_removed),
    cmocka_unit_test(a_file_that_is_now_a_folder),
    cmocka_unit_test(a_folder_that_is_now_a_file),
    cmocka_unit_test(a_read_only_file),
    cmocka_unit_test(a_file_in_a_read_only_folder),
    cmocka_unit_test(a_folder_that_may_not_be_entered),
    cmocka_unit_test(without_a_body_the_file_is_untouched),
};

TEST_MAIN(tests)
