/* SPDX-License-Identifier: MIT */
/* When Progress is reported and to whom, with handlers that come and go. */
#include "fixture.h"

#define async_put_Progress \
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress

/* What nobody was told of stays news, although there was a handler once. */
static void without_its_handler_a_response_stays_new(void **state)
{
    const char *token = test_token("removed");
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/hold/%s?size=1000&after=-1", token), "a.bin");
    struct recorder *progress = recorder_create(RECORDER_INTERFACE, NULL);
    download_async *async = download_start(operation);

    (void)state;
    check_ok(async_put_Progress(async, recorder_delegate(progress)));
    recorder_wait(progress, 1);
    check_ok(async_put_Progress(async, NULL));
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/release/%s", token), NULL, 0), 200);
    assert_int_equal(await_with_progress(async), Completed);
    assert_true(progress_of(operation).HasResponseChanged);
    wait_for_last_reference(recorder_delegate(progress));
    assert_int_equal(recorder_release(progress), 0);
    release_ref(async);
    check_last_release_soon(operation);
}

static void a_handler_that_comes_later_is_told(void **state)
{
    const char *token = test_token("later");
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/hold/%s?size=1000&after=10", token), "a.bin");
    struct recorder *first = recorder_create(RECORDER_INTERFACE, NULL);
    struct recorder *second = recorder_create(RECORDER_INTERFACE, NULL);
    download_async *async = download_start(operation);

    (void)state;
    /* Not yet told of the bytes, since it goes before they come. */
    check_ok(async_put_Progress(async, recorder_delegate(first)));
    check_ok(async_put_Progress(async, NULL));
    while (progress_of(operation).BytesReceived < 10)
        recorder_wait_for(first, recorder_count(first) + 1, 1);
    check_ok(async_put_Progress(async, recorder_delegate(second)));
    recorder_wait(second, 1);
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/release/%s", token), NULL, 0), 200);
    assert_int_equal(await_with_progress(async), Completed);
    wait_for_last_reference(recorder_delegate(first));
    assert_int_equal(recorder_release(first), 0);
    wait_for_last_reference(recorder_delegate(second));
    assert_int_equal(recorder_release(second), 0);
    release_ref(async);
    check_last_release_soon(operation);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(without_its_handler_a_response_stays_new),
    cmocka_unit_test(a_handler_that_comes_later_is_told),
};

TEST_MAIN(tests)
