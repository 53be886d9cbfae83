/* SPDX-License-Identifier: MIT */
/* Downloads from ftp servers (tests/servers/ftp_server.py). docs/ftp.md */
#include <stdlib.h>
#include <string.h>

#include "environment.h"
#include "src/port/files.h"
#include "strings_ring.h"
#include "test_files.h"
#include "reads.h"

#define SIZE    (4 << 20)
#define STOP_AT (1 << 20) /* as in ftp_server.py */
#define E_LOGIN ((HRESULT)0x80072EEF)
#define E_404   ((HRESULT)0x80190194)

/* Of a file in the servers' folder. */
static void write_file(const char *name, const void *content, size_t size)
{
    test_file_write(ring_format("%s/%s", server_path("FTP_DIR"), name), content, size);
}

/* So many bytes of the pattern. */
static void make_file(const char *name, size_t size)
{
    unsigned char *content = malloc(size);

    assert_non_null(content);
    for (size_t i = 0; i < size; i++)
        content[i] = pattern_byte(i);
    write_file(name, content, size);
    free(content);
}

/* So many bytes that are none of the pattern's. */
static void make_other_file(const char *name, size_t size)
{
    unsigned char *content = malloc(size);

    assert_non_null(content);
    for (size_t i = 0; i < size; i++)
        content[i] = pattern_byte(i) ^ 0xff;
    write_file(name, content, size);
    free(content);
}

static const char *with_user_info(const char *user_info, const char *server, const char *path)
{
    return ring_format("ftp://%s@%s%s", user_info, server_value(server) + strlen("ftp://"), path);
}

/* Paused where the server has stopped. */
static void watch_until_held(struct watch *watch, const char *server, const char *name)
{
    watch_create(watch, NULL, name, server_url(server, "/%s", name));
    watch_start(watch);
    watch_for_bytes(watch, STOP_AT);
    watch_pause(watch);
    assert_int_equal(progress_of(watch->operation).BytesReceived, STOP_AT);
}

static void a_file_comes_whole(void **state)
{
    struct watch watch;
    BackgroundDownloadProgress progress;

    (void)state;
    watch_create(&watch, NULL, "whole", server_url("FTP", "/4m.bin"));
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), SIZE);
    progress = progress_of(watch.operation);
    assert_int_equal(progress.BytesReceived, SIZE);
    assert_int_equal(progress.TotalBytesToReceive, SIZE);
    assert_null(response_of(watch.operation)); /* not HTTP */
    assert_int_equal(watch_responses(&watch), 0);
    watch_close(&watch);
}

static void an_empty_file_comes_whole(void **state)
{
    (void)state;
    download_whole(server_url("FTP", "/empty.bin"), "a.bin");
    check_pattern_file(test_path("a.bin"), 0);
}

static void what_the_server_does_not_tell_is_unknown(void **state)
{
    IDownloadOperation *operation = download_new(NULL, server_url("FTP_PLAIN", "/4m.bin"), "a.bin");

    (void)state;
    assert_int_equal(download_run(operation, NULL), Completed);
    check_pattern_file(test_path("a.bin"), SIZE);
    assert_int_equal(progress_of(operation).TotalBytesToReceive, 0);
    check_last_release_soon(operation);
}

static void user_info_logs_in(void **state)
{
    (void)state;
    download_whole(with_user_info("user:p%40ss%20word", "FTP", "/4k.bin"), "a.bin");
    check_pattern_file(test_path("a.bin"), 4096);
}

static void a_wrong_password_is_told(void **state)
{
    (void)state;
    download_fails(with_user_info("user:wrong", "FTP", "/4k.bin"), E_LOGIN);
    assert_int_equal(web_status(E_LOGIN), WebErrorStatus_Unknown);
}

/* BackgroundDownloader.ServerCredential: not for ftp. */
static void the_server_credential_is_not_sent(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IPasswordCredential *credential = credential_new("user", "wrong");
    IBackgroundTransferBase *base;
    IDownloadOperation *operation;

    (void)state;
    base = query(downloader, &IID_IBackgroundTransferBase);
    check_ok(IBackgroundTransferBase_put_ServerCredential(base, credential));
    release_ref(base);
    operation = download_new(downloader, server_url("FTP", "/4k.bin"), "a.bin");
    assert_int_equal(download_run(operation, NULL), Completed);
    check_pattern_file(test_path("a.bin"), 4096);
    check_last_release_soon(operation);
    check_last_release(downloader);
    check_last_release(credential);
}

static void what_is_missing_is_not_found(void **state)
{
    (void)state;
    download_fails(server_url("FTP", "/missing"), E_404);
    download_fails(server_url("FTP", "/missing/missing"), E_404);
    assert_int_equal(web_status(E_404), WebErrorStatus_NotFound);
}

static HRESULT create_with(const char *method, const char *url)
{
    IBackgroundDownloader *downloader = downloader_new();
    IStorageFile *file = file_new("created.bin");
    IUriRuntimeClass *uri = uri_new(url);
    IDownloadOperation *operation = NULL;
    HRESULT hr;

    downloader_set_method(downloader, method);
    hr = IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation);
    if (SUCCEEDED(hr))
        check_last_release(operation);
    release_ref(file);
    check_last_release(uri);
    check_last_release(downloader);
    return hr;
}

static void only_a_file_can_be_downloaded(void **state)
{
    static const struct {
        const char *method, *url;
        HRESULT hresult;
    } rows[] = {
        { "GET", "ftp://example.com/a", S_OK },
        { "RETR", "ftp://example.com/a", S_OK },
        { "GET", "ftp://example.com/a;type=i", S_OK },
        { "GET", "ftp://example.com/", E_INVALIDARG },
        { "GET", "ftp://example.com/a/", E_INVALIDARG },
        { "GET", "ftp://example.com/a;type=a", E_INVALIDARG },
        { "GET", "ftp://example.com/a;type=d", E_INVALIDARG },
        { "GET", "ftp://example.com/a/;type=i", E_INVALIDARG },
        { "GET", "ftp://user%0d%0aDELE@example.com/a", E_INVALIDARG },
        { "GET", "ftps://example.com/a", E_INVALIDARG },
        { "PUT", "ftp://example.com/a", E_INVALIDARG },
        { "STOR", "ftp://example.com/a", E_INVALIDARG },
        { "POST", "ftp://example.com/a", E_INVALIDARG },
        { "HEAD", "ftp://example.com/a", E_INVALIDARG },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        check_hresult(rows[i].hresult, create_with(rows[i].method, rows[i].url));
}

static void the_method_may_be_called_retr(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation;

    (void)state;
    retry_at_once();
    downloader_set_method(downloader, "RETR");
    operation = download_new(downloader, server_url("FTP_CUT", "/4m.bin;type=i"), "a.bin");
    assert_int_equal(download_run(operation, NULL), Completed);
    check_pattern_file(test_path("a.bin"), SIZE);
    check_last_release_soon(operation);
    check_last_release(downloader);
}

static void after_a_pause_it_goes_on(void **state)
{
    const char *name = test_token("pause");
    struct watch watch;

    (void)state;
    make_file(name, SIZE);
    watch_until_held(&watch, "FTP_HELD", name);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), SIZE);
    assert_int_equal(watch_restarts(&watch), 0);
    assert_int_equal(progress_of(watch.operation).TotalBytesToReceive, SIZE);
    watch_close(&watch);
}

static void a_cut_connection_is_gone_on_with(void **state)
{
    struct watch watch;

    (void)state;
    retry_at_once();
    watch_create(&watch, NULL, "cut", server_url("FTP_CUT", "/4m.bin"));
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), SIZE);
    assert_int_equal(watch_restarts(&watch), 0);
    watch_close(&watch);
}

static void another_file_begins_again(void **state)
{
    const char *name = test_token("changed");
    struct watch watch;

    (void)state;
    make_other_file(name, SIZE);
    watch_until_held(&watch, "FTP_HELD", name);
    make_file(name, SIZE - 1);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), SIZE - 1);
    assert_int_equal(watch_restarts(&watch), 1);
    watch_close(&watch);
}

static void a_shorter_file_begins_again(void **state)
{
    const char *name = test_token("shorter");
    struct watch watch;

    (void)state;
    make_other_file(name, SIZE);
    watch_until_held(&watch, "FTP_HELD", name);
    make_file(name, 1000);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), 1000);
    assert_int_equal(watch_restarts(&watch), 1);
    watch_close(&watch);
}

static void a_file_that_has_gone_is_not_found(void **state)
{
    const char *name = test_token("gone");
    struct watch watch;
    HRESULT error;

    (void)state;
    make_file(name, SIZE);
    watch_until_held(&watch, "FTP_HELD", name);
    assert_int_equal(file_remove(ring_format("%s/%s", server_path("FTP_DIR"), name)), PORT_OK);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, &error), Error);
    check_hresult(E_404, error);
    check_pattern_file(test_path(watch.file), STOP_AT);
    watch_close(&watch);
}

static void without_rest_it_begins_again(void **state)
{
    const char *name = test_token("rest");
    struct watch watch;

    (void)state;
    make_file(name, SIZE);
    watch_until_held(&watch, "FTP_NO_REST", name);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), SIZE);
    assert_int_equal(watch_restarts(&watch), 1);
    watch_close(&watch);
}

/* Nobody can tell of a part what it is a part of. */
static void without_size_and_time_a_cut_one_cannot_go_on(void **state)
{
    HRESULT error;
    IDownloadOperation *operation;

    (void)state;
    retry_at_once();
    operation = download_new(NULL, server_url("FTP_PLAIN_CUT", "/4m.bin"), "a.bin");
    assert_int_equal(download_run(operation, &error), Error);
    assert_int_equal(web_status(error), WebErrorStatus_ConnectionAborted);
    check_last_release_soon(operation);
}

static void data_come_from_the_host_that_was_asked(void **state)
{
    (void)state;
    download_whole(server_url("FTP_ELSEWHERE", "/4k.bin"), "a.bin");
    check_pattern_file(test_path("a.bin"), 4096);
}

static void a_busy_server_is_asked_again(void **state)
{
    (void)state;
    retry_at_once();
    download_whole(server_url("FTP_BUSY", "/4k.bin"), "a.bin");
    download_whole(server_url("FTP_BUSY", "/4k.bin"), "b.bin");
    check_pattern_file(test_path("b.bin"), 4096);
}

static void a_file_in_use_is_asked_for_again(void **state)
{
    const char *name = test_token("locked");

    (void)state;
    retry_at_once();
    make_file(name, 1000);
    download_whole(server_url("FTP_LOCKED", "/%s", name), "a.bin");
    check_pattern_file(test_path("a.bin"), 1000);
}

static void silent_servers_are_given_up(void **state)
{
    static const char *const servers[] = { "FTP_DUMB", "FTP_SILENT" };

    (void)state;
    retry_at_once();
    test_setenv("WINRT_CONNECT_TIMEOUT_MS", "1000");
    test_setenv("WINRT_RESPONSE_TIMEOUT_MS", "300");
    for (size_t i = 0; i < sizeof(servers) / sizeof(*servers); i++) {
        IDownloadOperation *operation =
            download_new(NULL, server_url(servers[i], "/4k.bin"), "a.bin");
        HRESULT error;

        assert_int_equal(download_run(operation, &error), Error);
        assert_int_equal(web_status(error), WebErrorStatus_Timeout);
        check_last_release_soon(operation);
    }
}

/* What a line of the control connection may not have never gets there. */
static void nothing_can_be_smuggled_into_the_conversation(void **state)
{
    (void)state;
    download_fails(server_url("FTP", "/a%%0d%%0aDELE%%204k.bin"), (HRESULT)0x80072EE6);
}

/* libcurl waits for an answer to QUIT, and nobody else runs meanwhile: here for two minutes, if it
 * were not stopped. */
static void a_goodbye_needs_no_answer(void **state)
{
    (void)state;
    download_fails(server_url("FTP_SILENT", "/missing"), E_404);
    download_whole(server_url("FAULT_HTTP", "/bytes/10"), "b.bin");
}

/* It has all bytes, and nobody says so. The engine must not wait for that longer than a moment. */
static void an_end_that_nobody_tells_is_no_end(void **state)
{
    HRESULT error;
    IDownloadOperation *operation;

    (void)state;
    retry_at_once();
    operation = download_new(NULL, server_url("FTP_MUTE_END", "/4k.bin"), "a.bin");
    assert_int_equal(download_run(operation, &error), Error);
    assert_int_equal(web_status(error), WebErrorStatus_Timeout);
    check_last_release_soon(operation);
}

/* The server stands at 1 MiB, and a reader wants what is behind that. */
static void a_reader_gets_its_part_first(void **state)
{
    const char *name = test_token("random");
    IRandomAccessStream *stream;
    struct watch watch;

    (void)state;
    make_file(name, SIZE);
    watch_create(&watch, NULL, "random", server_url("FTP_HELD", "/%s", name));
    require_random_access(watch.operation);
    stream = random_open(watch.operation);
    watch_start(&watch);
    watch_for_bytes(&watch, STOP_AT);
    check_ok(IRandomAccessStream_Seek(stream, 3 * STOP_AT));
    assert_int_equal(read_and_check(stream, 3 * STOP_AT, 1000, InputStreamOptions_None), 1000);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), SIZE);
    assert_int_equal(watch_restarts(&watch), 0);
    release_ref(stream);
    watch_close(&watch);
}

static HRESULT read_randomly(const char *server, const char *name)
{
    IRandomAccessStream *stream;
    struct watch watch;
    read_async *async;
    IBuffer *buffer = buffer_new(1000);
    HRESULT error;

    make_file(name, SIZE);
    watch_create(&watch, NULL, "random", server_url(server, "/%s", name));
    require_random_access(watch.operation);
    stream = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(stream, 3 * STOP_AT));
    async = read_start(stream, buffer, 1000, InputStreamOptions_None);
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, &error), Error);
    assert_int_equal(await_with_progress(async), Error);
    release_ref(async);
    release_ref(buffer);
    release_ref(stream);
    watch_close(&watch);
    return error;
}

static void random_access_needs_size_and_rest(void **state)
{
    (void)state;
    check_hresult((HRESULT)0x80200011, read_randomly("FTP_PLAIN", test_token("sizeless")));
    check_hresult((HRESULT)0x80200013, read_randomly("FTP_NO_REST", test_token("restless")));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_file_comes_whole),
    cmocka_unit_test(an_empty_file_comes_whole),
    cmocka_unit_test(what_the_server_does_not_tell_is_unknown),
    cmocka_unit_test(user_info_logs_in),
    cmocka_unit_test(a_wrong_password_is_told),
    cmocka_unit_test(the_server_credential_is_not_sent),
    cmocka_unit_test(what_is_missing_is_not_found),
    cmocka_unit_test(only_a_file_can_be_downloaded),
    cmocka_unit_test(the_method_may_be_called_retr),
    cmocka_unit_test(after_a_pause_it_goes_on),
    cmocka_unit_test(a_cut_connection_is_gone_on_with),
    cmocka_unit_test(another_file_begins_again),
    cmocka_unit_test(a_shorter_file_begins_again),
    cmocka_unit_test(a_file_that_has_gone_is_not_found),
    cmocka_unit_test(without_rest_it_begins_again),
    cmocka_unit_test(without_size_and_time_a_cut_one_cannot_go_on),
    cmocka_unit_test(a_reader_gets_its_part_first),
    cmocka_unit_test(random_access_needs_size_and_rest),
    cmocka_unit_test(data_come_from_the_host_that_was_asked),
    cmocka_unit_test(a_busy_server_is_asked_again),
    cmocka_unit_test(a_file_in_use_is_asked_for_again),
    cmocka_unit_test(silent_servers_are_given_up),
    cmocka_unit_test(nothing_can_be_smuggled_into_the_conversation),
    cmocka_unit_test(a_goodbye_needs_no_answer),
    cmocka_unit_test(an_end_that_nobody_tells_is_no_end),
};

TEST_MAIN(tests)
