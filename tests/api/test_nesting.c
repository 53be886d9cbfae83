/* SPDX-License-Identifier: MIT */
/* Handlers that wait: for another download and for a file, 32 deep (docs/threading.md). */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "environment.h"

#define DEPTH 32

/* One level; each starts the next from inside its handler and waits for it there. The handler only
 * records. */
struct level {
    int depth;
    IUriRuntimeClass *uri;
    IBackgroundDownloader *downloader;
    IStorageFile **files;
    struct recorder *completed;
    IDownloadOperation *operation;
    download_async *async;
    bool waited_for_file, waited_for_next;
    struct level *next;
};

static struct test_event innermost;

static bool start_level(struct level *level)
{
    if (FAILED(IBackgroundDownloader_CreateDownload(level->downloader, level->uri,
                                                    level->files[level->depth], &level->operation)))
        return false;
    if (FAILED(IDownloadOperation_StartAsync(level->operation, &level->async)))
        return false;
    return SUCCEEDED(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed(
        level->async, recorder_delegate(level->completed)));
}

/* Waits inside the handler for an asynchronous call on the level's own file. */
static bool wait_for_file(struct level *level)
{
    struct recorder *done = recorder_create(RECORDER_COMPLETED, NULL);
    IAsyncOperation_IRandomAccessStream *opening = NULL;
    bool ok = false;

    if (SUCCEEDED(
            IStorageFile_OpenAsync(level->files[level->depth], FileAccessMode_Read, &opening)) &&
        SUCCEEDED(
            IAsyncOperation_IRandomAccessStream_put_Completed(opening, recorder_delegate(done))))
        ok = recorder_wait_for(done, 1, TEST_WAIT_MS) && recorder_get(done, 0).status == Completed;
    if (opening)
        IAsyncOperation_IRandomAccessStream_Release(opening);
    recorder_release(done);
    return ok;
}

static void handler(void *context, const struct recorder_call *call)
{
    struct level *level = context;

    (void)call;
    level->waited_for_file = wait_for_file(level);
    if (!level->next) {
        test_event_set(&innermost);
        return;
    }
    if (start_level(level->next))
        level->waited_for_next = test_event_wait(&innermost, TEST_WAIT_MS);
}

static void handlers_wait_for_one_another(void **state)
{
    static struct level levels[DEPTH];
    static IStorageFile *files[DEPTH];
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/1000"));
    IBackgroundDownloader *downloader = downloader_new();
    char name[20];

    (void)state;
    test_event_init(&innermost);
    for (int i = 0; i < DEPTH; i++) {
        snprintf(name, sizeof(name), "%d.bin", i);
        files[i] = file_new(name);
        levels[i] =
            (struct level){ .depth = i, .uri = uri, .downloader = downloader, .files = files };
        levels[i].completed = recorder_create(RECORDER_COMPLETED, NULL);
        levels[i].next = i + 1 < DEPTH ? &levels[i + 1] : NULL;
        recorder_on_call(levels[i].completed, handler, &levels[i]);
    }
    assert_true(start_level(&levels[0]));
    for (int i = 0; i < DEPTH; i++) {
        recorder_wait(levels[i].completed, 1);
        assert_int_equal(recorder_get(levels[i].completed, 0).status, Completed);
    }
    assert_true(test_event_wait(&innermost, TEST_WAIT_MS));
    for (int i = 0; i < DEPTH; i++) {
        release_ref(levels[i].async);
        check_last_release_soon(levels[i].operation);
        wait_for_last_reference(recorder_delegate(levels[i].completed));
        assert_int_equal(recorder_release(levels[i].completed), 0);
        assert_true(levels[i].waited_for_file);
        assert_int_equal(levels[i].waited_for_next, levels[i].next != NULL);
        snprintf(name, sizeof(name), "%d.bin", i);
        check_pattern_file(test_path(name), 1000);
        check_last_release_soon(files[i]);
    }
    check_last_release(downloader);
    check_last_release(uri);
    test_event_destroy(&innermost);
}

/* Handlers that block do not hold up the others. */
static void block(void *context, const struct recorder_call *call)
{
    (void)call;
    test_event_wait(context, TEST_WAIT_MS);
}

static void blocked_handlers_hold_up_nobody_else(void **state)
{
    enum {
        BLOCKED = 20
    };
    struct recorder *blocked[BLOCKED];
    IDownloadOperation *operations[BLOCKED];
    download_async *asyncs[BLOCKED];
    struct test_event go;
    char name[20];

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "20");
    test_event_init(&go);
    for (int i = 0; i < BLOCKED; i++) {
        snprintf(name, sizeof(name), "%d.bin", i);
        blocked[i] = recorder_create(RECORDER_COMPLETED, NULL);
        recorder_on_call(blocked[i], block, &go);
        operations[i] =
            download_new(NULL,
                         server_url("FAULT_HTTP", "/hold/%s?size=1000", test_token("blocked")),
                         name);
        asyncs[i] = download_start(operations[i]);
        check_ok(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed(
            asyncs[i], recorder_delegate(blocked[i])));
    }
    http_get(server_url("FAULT_HTTP", "/release/%s", test_token("blocked")), NULL, 0);
    for (int i = 0; i < BLOCKED; i++)
        recorder_wait(blocked[i], 1);
    download_whole(server_url("FAULT_HTTP", "/bytes/1000"), "other.bin");
    test_event_set(&go);
    for (int i = 0; i < BLOCKED; i++) {
        release_ref(asyncs[i]);
        check_last_release_soon(operations[i]);
        wait_for_last_reference(recorder_delegate(blocked[i]));
        assert_int_equal(recorder_release(blocked[i]), 0);
    }
    test_event_destroy(&go);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(handlers_wait_for_one_another),
    cmocka_unit_test(blocked_handlers_hold_up_nobody_else),
};

TEST_MAIN(tests)
