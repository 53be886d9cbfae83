/* SPDX-License-Identifier: MIT */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winrt.backgroundtransfer.h>

#include "environment.h"
#include "reads.h"
#include "src/port/clock.h"
#include "strings_ring.h"

#define LATE_MOST ((INT64)61 * 10000000) /* 60 s are what is obeyed (docs/retries.md) */
#define LOOK_MS   10

void play_begin(struct play *play, const char *trace)
{
    long status =
        http_get(server_url("FAULT_HTTP", "/play/%s", trace), play->text, sizeof(play->text));

    if (status != 200)
        fail_msg("/play/%s: %s", trace, play->text);
    play->number = (unsigned)strtoul(play->text + strlen("play="), NULL, 10);
}

const char *play_url(const struct play *play, const char *server)
{
    size_t length = strlen(server);

    for (const char *line = play->text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (!strncmp(line, server, length) && line[length] == '=') {
            line += length + 1;
            return ring_format("%.*s", (int)strcspn(line, "\n"), line);
        }
    }
    return NULL;
}

const char *play_end(const struct play *play)
{
    char *text = ring_next();

    assert_int_equal(http_get(server_url("FAULT_HTTP", "/played/%u", play->number), text,
                              RING_SIZE),
                     200);
    return text;
}

void client_prepare(const struct hostile_row *row, const struct play *play)
{
    static const struct {
        const char *word, *variable;
    } limits[] = {
        { "connect", "WINRT_CONNECT_TIMEOUT_MS" },
        { "response", "WINRT_RESPONSE_TIMEOUT_MS" },
        { "stall", "WINRT_STALL_TIMEOUT_MS" },
    };
    unsigned limit;

    trust_test_authority();
    for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
        if (row_has(row, limits[i].word, &limit))
            test_setenv(limits[i].variable, ring_format("%u", limit));
    }
    if (row_has(row, "proxy", NULL))
        test_setenv("https_proxy", play_url(play, "proxy"));
}

const char *client_url(const struct hostile_row *row, const struct play *play)
{
    const char *url = play_url(play, "origin");
    const char *host;

    if (!url)
        url = play_url(play, "ftp");
    if (!url)
        url = "https://host.proxy.test";
    if (!row_has(row, "userinfo", NULL))
        return ring_format("%s/file", url);
    host = strstr(url, "://") + strlen("://");
    return ring_format("%.*suser:password@%s/file", (int)(host - url), url, host);
}

static void set_credentials(const struct hostile_row *row, IBackgroundDownloader *downloader)
{
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    IPasswordCredential *credential = credential_new("user", "password");

    if (row_has(row, "credential", NULL))
        check_ok(IBackgroundTransferBase_put_ServerCredential(base, credential));
    if (row_has(row, "proxy-credential", NULL))
        check_ok(IBackgroundTransferBase_put_ProxyCredential(base, credential));
    release_ref(credential);
    release_ref(base);
}

static IBackgroundDownloader *make_downloader(const struct hostile_row *row)
{
    IBackgroundDownloader *downloader = downloader_new();

    if (row_has(row, "headers", NULL)) {
        check_ok(downloader_set_header(downloader, "Authorization", "Bearer secret"));
        check_ok(downloader_set_header(downloader, "Cookie", "secret=1"));
        check_ok(downloader_set_header(downloader, "X-Secret", "secret"));
    }
    set_credentials(row, downloader);
    return downloader;
}

/* A request body of the row's size, and its method; NULL for a row without one. */
static IStorageFile *make_body(const struct hostile_row *row, IBackgroundDownloader *downloader)
{
    IStorageFile *file;
    unsigned size;
    char *content;

    if (row_has(row, "put", &size))
        downloader_set_method(downloader, "PUT");
    else if (row_has(row, "post", &size))
        downloader_set_method(downloader, "POST");
    else
        return NULL;
    content = calloc(1, size);
    assert_non_null(content);
    file = file_with("body.bin", content, size);
    free(content);
    return file;
}

IDownloadOperation *client_download(const struct hostile_row *row, const char *url,
                                    const char *name)
{
    IBackgroundDownloader *downloader = make_downloader(row);
    IStorageFile *body = make_body(row, downloader);
    IStorageFile *file = file_with(name, CONTENT_BEFORE, strlen(CONTENT_BEFORE));
    IUriRuntimeClass *uri = uri_new(url);
    IDownloadOperation *operation = NULL;

    if (body)
        check_ok(
            IBackgroundDownloader_CreateDownloadFromFile(downloader, uri, file, body, &operation));
    else
        check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    if (row_has(row, "random", NULL))
        require_random_access(operation);
    if (body)
        release_ref(body);
    release_ref(file);
    release_ref(uri);
    check_last_release(downloader);
    return operation;
}

const char *client_message(IDownloadOperation *operation)
{
    IDownloadOperationDetails *details = query(operation, &IID_IDownloadOperationDetails);
    HSTRING message = NULL;
    const char *text;

    check_ok(IDownloadOperationDetails_get_LastErrorMessage(details, &message));
    release_ref(details);
    text = string_text(message);
    string_delete(message);
    return text;
}

/* When it tries again; 0 if it does not wait for what the server has asked for. */
static INT64 asked_time(IDownloadOperation *operation)
{
    IDownloadOperationDetails *details = query(operation, &IID_IDownloadOperationDetails);
    IReference_DateTime *retry = NULL;
    DownloadWaitReason reason;
    DateTime time = { 0 };

    check_ok(IDownloadOperationDetails_get_WaitReason(details, &reason));
    check_ok(IDownloadOperationDetails_get_RetryTime(details, &retry));
    if (retry && reason == DownloadWaitReason_Server)
        check_ok(IReference_DateTime_get_Value(retry, &time));
    if (retry)
        release_ref(retry);
    release_ref(details);
    return time.UniversalTime;
}

void client_cancel_late(IDownloadOperation *operation, download_async *async)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);
    struct test_event never;
    INT64 time = 0;

    test_event_init(&never);
    while (!time && clock_monotonic_ns() < deadline) {
        time = asked_time(operation);
        test_event_wait(&never, LOOK_MS);
    }
    test_event_destroy(&never);
    assert_true(time > 0);
    assert_true(time - clock_universal_time() < LATE_MOST);
    operation_cancel(async);
}
