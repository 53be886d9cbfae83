/* SPDX-License-Identifier: MIT */
#include "watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "environment.h"
#include "src/port/clock.h"
#include "strings_ring.h"

#define LOOK_MS 20 /* a state may come without a notification of its own */

void retry_at_once(void)
{
    test_setenv("WINRT_RETRY_BASE_MS", "1");
}

const char *script_url(const char *name, const char *options)
{
    return server_url("FAULT_HTTP", "/script/%d?token=%s&%s", SCRIPT_SIZE, test_token(name),
                      options);
}

static void on_progress(void *context, const struct recorder_call *call)
{
    struct watch *watch = context;
    BackgroundDownloadProgress progress;

    if (FAILED(IDownloadOperation_get_Progress((IDownloadOperation *)call->argument, &progress)))
        return;
    mutex_lock(&watch->mutex);
    if (watch->count < WATCH_KEPT)
        watch->shown[watch->count++] = progress;
    mutex_unlock(&watch->mutex);
}

void watch_create_file(struct watch *watch, IBackgroundDownloader *downloader, const char *name,
                       const char *url, const char *file)
{
    memset(watch, 0, sizeof(*watch));
    mutex_init(&watch->mutex);
    watch->token = test_token(name);
    watch->file = file;
    watch->operation = download_new(downloader, url, watch->file);
    watch->progress = recorder_create(RECORDER_INTERFACE, NULL);
    recorder_on_call(watch->progress, on_progress, watch);
}

void watch_create(struct watch *watch, IBackgroundDownloader *downloader, const char *name,
                  const char *url)
{
    watch_create_file(watch, downloader, name, url, "a.bin");
}

void watch_start(struct watch *watch)
{
    watch->async = download_start(watch->operation);
    check_ok(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress(
        watch->async, recorder_delegate(watch->progress)));
}

void watch_script_with(struct watch *watch, IBackgroundDownloader *downloader, const char *name,
                       const char *options)
{
    watch_create(watch, downloader, name, script_url(name, options));
    watch_start(watch);
}

void watch_script(struct watch *watch, const char *name, const char *options)
{
    watch_script_with(watch, NULL, name, options);
}

static bool look_again(struct watch *watch, uint64_t deadline)
{
    recorder_wait_for(watch->progress, recorder_count(watch->progress) + 1, LOOK_MS);
    return clock_monotonic_ns() < deadline;
}

/* Nobody else ends a pause, so the handler gets to see it; not to go on before that is what the
 * tests that look at watch_statuses rely on. */
static bool is_shown(struct watch *watch, BackgroundTransferStatus status)
{
    bool shown = status != BackgroundTransferStatus_PausedByApplication &&
                 status != BackgroundTransferStatus_PausedRecoverableWebErrorStatus;

    mutex_lock(&watch->mutex);
    shown |= watch->count && watch->shown[watch->count - 1].Status == status;
    mutex_unlock(&watch->mutex);
    return shown || !watch->async;
}

void watch_for_status_at(struct watch *watch, BackgroundTransferStatus status, const char *file,
                         int line)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);

    while (progress_of(watch->operation).Status != status || !is_shown(watch, status)) {
        if (!look_again(watch, deadline)) {
            print_error("status %d, not %d; seen: %s\n", (int)progress_of(watch->operation).Status,
                        (int)status, watch_statuses(watch));
            _fail(file, line);
        }
    }
}

void watch_for_bytes_at(struct watch *watch, UINT64 bytes, const char *file, int line)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);

    while (progress_of(watch->operation).BytesReceived < bytes) {
        if (!look_again(watch, deadline)) {
            print_error("%llu bytes, not %llu; seen: %s\n",
                        (unsigned long long)progress_of(watch->operation).BytesReceived,
                        (unsigned long long)bytes, watch_statuses(watch));
            _fail(file, line);
        }
    }
}

static bool was_shown(struct watch *watch, BackgroundTransferStatus status)
{
    bool shown;

    mutex_lock(&watch->mutex);
    shown = watch->count > 0 && watch->shown[watch->count - 1].Status == status;
    mutex_unlock(&watch->mutex);
    return shown;
}

void watch_pause(struct watch *watch)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);

    check_ok(IDownloadOperation_Pause(watch->operation));
    watch_for_status(watch, BackgroundTransferStatus_PausedByApplication);
    while (!was_shown(watch, BackgroundTransferStatus_PausedByApplication))
        assert_true(look_again(watch, deadline));
}

void watch_resume(struct watch *watch)
{
    check_ok(IDownloadOperation_Resume(watch->operation));
}

AsyncStatus watch_end(struct watch *watch, HRESULT *error)
{
    AsyncStatus status = await_with_progress(watch->async);

    if (error)
        *error = operation_error(watch->async);
    return status;
}

static const char *status_name(BackgroundTransferStatus status)
{
    static const char *const names[] = { "Idle",
                                         "Running",
                                         "PausedByApplication",
                                         "PausedCostedNetwork",
                                         "PausedNoNetwork",
                                         "Completed",
                                         "Canceled",
                                         "Error",
                                         "PausedRecoverableWebErrorStatus" };

    return (size_t)status < sizeof(names) / sizeof(names[0]) ? names[status] : "unnamed";
}

const char *watch_statuses(struct watch *watch)
{
    char *text = ring_next();
    BackgroundTransferStatus last = progress_of(watch->operation).Status, before = (unsigned)-1;
    size_t used = 0;

    text[0] = '\0';
    mutex_lock(&watch->mutex);
    for (unsigned i = 0; i <= watch->count; i++) {
        BackgroundTransferStatus status = i < watch->count ? watch->shown[i].Status : last;

        if (status == before || status == BackgroundTransferStatus_Idle || used > RING_SIZE - 64)
            continue;
        used += (size_t)snprintf(text + used, RING_SIZE - used, "%s%s", used ? " " : "",
                                 status_name(status));
        before = status;
    }
    mutex_unlock(&watch->mutex);
    return text;
}

void check_statuses_at(struct watch *watch, const char *first, const char *last, const char *file,
                       int line)
{
    const char *statuses = watch_statuses(watch);
    const char *end = strrchr(statuses, ' ');

    if (!strncmp(statuses, first, strlen(first)) && end && !strcmp(end + 1, last))
        return;
    print_error("%s\n", statuses);
    _fail(file, line);
}

static unsigned count_shown(struct watch *watch, bool restarts)
{
    unsigned found = 0;

    mutex_lock(&watch->mutex);
    for (unsigned i = 0; i < watch->count; i++)
        found +=
            (restarts ? watch->shown[i].HasRestarted : watch->shown[i].HasResponseChanged) != 0;
    mutex_unlock(&watch->mutex);
    return found;
}

unsigned watch_restarts(struct watch *watch)
{
    return count_shown(watch, true);
}

unsigned watch_responses(struct watch *watch)
{
    return count_shown(watch, false);
}

void watch_close(struct watch *watch)
{
    release_ref(watch->async);
    check_last_release_soon(watch->operation);
    wait_for_last_reference(recorder_delegate(watch->progress));
    assert_int_equal(recorder_release(watch->progress), 0);
    mutex_destroy(&watch->mutex);
}

static char *requests_of(const struct watch *watch)
{
    char *text = ring_next();

    assert_int_equal(http_get(server_url("FAULT_HTTP", "/requests/%s", watch->token), text,
                              RING_SIZE),
                     200);
    return text;
}

void check_requests_at(const struct watch *watch, const char *expected, const char *file, int line)
{
    const char *actual = requests_of(watch);

    if (!strcmp(actual, expected))
        return;
    print_error("requests:\n%sexpected:\n%s", actual, expected);
    _fail(file, line);
}

unsigned request_count(const struct watch *watch)
{
    unsigned count = 0;

    for (const char *c = requests_of(watch); *c; c++)
        count += *c == '\n';
    return count;
}

void script_control(const struct watch *watch, const char *row)
{
    size_t name = strcspn(row, "?");

    assert_int_equal(http_get(server_url("FAULT_HTTP", "/%.*s/%s%s", (int)name, row, watch->token,
                                         row + name),
                              NULL, 0),
                     200);
}
