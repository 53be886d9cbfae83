/* SPDX-License-Identifier: MIT */
/* A disk that is full pauses a download, with a reason, and it goes on when there is room.
 * docs/states.md */
#include "fixture.h"

#include <stdio.h>

#include <winrt.backgroundtransfer.h>

#include "environment.h"
#include "odd_files.h"
#include "platform.h"
#include "src/port/files.h"
#include "strings_ring.h"

#define WAITS     BackgroundTransferStatus_PausedSystemPolicy
#define BODY_SIZE 40000 /* of the 64 KiB that the volume has */
#define AN_HOUR   "3600000"

/* A download to a volume on which somebody else has all the room. */
struct full {
    char path[RING_SIZE + 20], filler[RING_SIZE + 20];
    IDownloadOperation *operation;
    download_async *async;
};

/* Gives the file up. */
static IDownloadOperation *download_to(IStorageFile *file, const char *url)
{
    IUriRuntimeClass *uri = uri_new(url);
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation = NULL;

    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    release_ref(file);
    release_ref(downloader);
    release_ref(uri);
    return operation;
}

static void fill(const char *path)
{
    static const char block[1024];
    file_handle file;
    uint64_t offset = 0;

    assert_int_equal(file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE, &file), PORT_OK);
    while (!file_write_at(file, offset, block, sizeof(block)))
        offset += sizeof(block);
    file_close(file);
    assert_true(offset > 20000);
}

static void wait_for_status(IDownloadOperation *operation, BackgroundTransferStatus status)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);
    struct test_event never;

    test_event_init(&never);
    while (progress_of(operation).Status != status) {
        if (test_deadline(0) > deadline)
            fail_msg("status %d, not %d", (int)progress_of(operation).Status, (int)status);
        test_event_wait(&never, 1);
    }
    test_event_destroy(&never);
}

/* Skips where nobody may mount a small volume. The first wait for room has this base. */
static void full_start(struct full *full, const char *base_ms)
{
    const char *volume = small_volume();

    if (!volume)
        skip_because("nobody here may mount a small volume, and WINRT_TEST_SMALL_DISK names none");
    test_setenv("WINRT_RETRY_BASE_MS", base_ms);
    snprintf(full->path, sizeof(full->path), "%s/a.bin", volume);
    snprintf(full->filler, sizeof(full->filler), "%s/filler.bin", volume);
    test_file_write(full->path, "", 0);
    fill(full->filler);
    full->operation =
        download_to(file_from_path(full->path), server_url("FAULT_HTTP", "/bytes/%d", BODY_SIZE));
    full->async = download_start(full->operation);
    wait_for_status(full->operation, WAITS);
}

static void make_room(struct full *full)
{
    assert_int_equal(file_remove(full->filler), PORT_OK);
}

static void full_end(struct full *full, AsyncStatus expected)
{
    assert_int_equal(await_with_progress(full->async), expected);
    release_ref(full->async);
    check_last_release_soon(full->operation);
    if (expected == Completed)
        check_pattern_file(full->path, BODY_SIZE);
    small_volume_end(full->path);
}

static void it_goes_on_when_there_is_room(void **state)
{
    struct full full;

    (void)state;
    full_start(&full, "1");
    make_room(&full);
    full_end(&full, Completed);
}

static void it_says_why_it_waits_and_until_when(void **state)
{
    IDownloadOperationDetails *details;
    DownloadWaitReason reason = DownloadWaitReason_None;
    IReference_DateTime *due = NULL;
    HRESULT error = S_OK;
    struct full full;

    (void)state;
    full_start(&full, AN_HOUR);
    details = query(full.operation, &IID_IDownloadOperationDetails);
    check_ok(IDownloadOperationDetails_get_WaitReason(details, &reason));
    assert_int_equal(reason, DownloadWaitReason_DiskFull);
    check_ok(IDownloadOperationDetails_get_LastError(details, &error));
    check_hresult(__HRESULT_FROM_WIN32(ERROR_DISK_FULL), error);
    check_ok(IDownloadOperationDetails_get_RetryTime(details, &due));
    assert_non_null(due);
    release_ref(due);
    release_ref(details);
    operation_cancel(full.async);
    make_room(&full);
    full_end(&full, Canceled);
}

static void resume_looks_for_room_at_once(void **state)
{
    struct full full;

    (void)state;
    full_start(&full, AN_HOUR);
    make_room(&full);
    check_ok(IDownloadOperation_Resume(full.operation));
    full_end(&full, Completed);
}

static void it_can_be_paused_meanwhile(void **state)
{
    struct full full;

    (void)state;
    full_start(&full, AN_HOUR);
    check_ok(IDownloadOperation_Pause(full.operation));
    wait_for_status(full.operation, BackgroundTransferStatus_PausedByApplication);
    make_room(&full);
    check_ok(IDownloadOperation_Resume(full.operation));
    full_end(&full, Completed);
}

static IStorageFile *full_device(void)
{
    IStorageFile *file;

    need(NEED_FULL_DEVICE);
    file = file_new("a.bin");
    assert_int_equal(file_remove(test_path("a.bin")), PORT_OK);
    make_full_device(test_path("a.bin"));
    return file;
}

/* Nothing is preallocated again and again, and it never ends by itself. */
static void a_device_that_is_always_full(void **state)
{
    IDownloadOperation *operation;
    download_async *async;

    (void)state;
    operation = download_to(full_device(), server_url("FAULT_HTTP", "/bytes/5000"));
    async = download_start(operation);
    for (int i = 0; i < 3; i++)
        wait_for_status(operation, WAITS);
    operation_cancel(async);
    assert_int_equal(await_with_progress(async), Canceled);
    release_ref(async);
    check_last_release_soon(operation);
}

/* Its request must not be sent twice. */
static void a_post_fails(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/echo"));
    IDownloadOperation *operation = NULL;
    IStorageFile *file = full_device();
    HRESULT error;

    (void)state;
    downloader_set_method(downloader, "POST");
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult(__HRESULT_FROM_WIN32(ERROR_DISK_FULL), error);
    check_last_release_soon(operation);
    release_ref(file);
    release_ref(uri);
    release_ref(downloader);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(it_goes_on_when_there_is_room),
    cmocka_unit_test(it_says_why_it_waits_and_until_when),
    cmocka_unit_test(resume_looks_for_room_at_once),
    cmocka_unit_test(it_can_be_paused_meanwhile),
    cmocka_unit_test(a_device_that_is_always_full),
    cmocka_unit_test(a_post_fails),
};

TEST_MAIN(tests)
