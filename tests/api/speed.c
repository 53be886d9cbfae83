/* SPDX-License-Identifier: MIT */
#include "speed.h"

#include <winrt.backgroundtransfer.h>

#include "src/port/clock.h"

#define WARM_UP_NS 1000000000.0
#define MEASURE_NS 10000000000.0

void *speed_process(void)
{
    return activation_factory("Windows.Networking.BackgroundTransfer.BackgroundDownloader",
                              &IID_ISpeedLimit);
}

void speed_limit(void *object, UINT64 bytes_per_second)
{
    ISpeedLimit *limit = query(object, &IID_ISpeedLimit);

    check_ok(ISpeedLimit_put_MaxBytesPerSecond(limit, bytes_per_second));
    release_ref(limit);
}

UINT64 speed_limit_of(void *object)
{
    ISpeedLimit *limit = query(object, &IID_ISpeedLimit);
    UINT64 value = 7;

    check_ok(ISpeedLimit_get_MaxBytesPerSecond(limit, &value));
    release_ref(limit);
    return value;
}

struct sample {
    double time_ns;
    UINT64 bytes[SPEED_MOST];
};

/* Just after a notification: what is shown is what has come by then. */
static struct sample take_sample(struct watch **watches, size_t count)
{
    struct sample sample;

    recorder_wait_for(watches[0]->progress, recorder_count(watches[0]->progress) + 1, 1000);
    sample.time_ns = (double)clock_monotonic_ns();
    for (size_t i = 0; i < count; i++) {
        BackgroundDownloadProgress progress = progress_of(watches[i]->operation);

        assert_int_equal(progress.Status, BackgroundTransferStatus_Running);
        sample.bytes[i] = progress.BytesReceived;
    }
    return sample;
}

double speed_measure(struct watch **watches, size_t count, double *ret_each)
{
    struct sample first, begin, end;
    double seconds, sum = 0;

    for (size_t i = 0; i < count; i++)
        watch_for_bytes(watches[i], 1);
    first = begin = take_sample(watches, count);
    while (begin.time_ns < first.time_ns + WARM_UP_NS)
        begin = take_sample(watches, count);
    do {
        end = take_sample(watches, count);
    } while (end.time_ns < begin.time_ns + MEASURE_NS);
    seconds = (end.time_ns - begin.time_ns) / 1e9;
    for (size_t i = 0; i < count; i++) {
        double speed = (double)(end.bytes[i] - begin.bytes[i]) / seconds;

        print_message("download %d: %.0f bytes a second\n", (int)i, speed);
        if (ret_each)
            ret_each[i] = speed;
        sum += speed;
    }
    return sum;
}

void check_speed_at(double expected, double actual, double percent, const char *file, int line)
{
    double wrong = (actual - expected) * 100 / expected;

    print_message("%.0f bytes a second, %+.2f %%\n", actual, wrong);
    if (wrong >= -percent && wrong <= percent)
        return;
    print_error("%.0f bytes a second, not %.0f: %+.2f %%\n", actual, expected, wrong);
    _fail(file, line);
}

void speed_cancel(struct watch *watch)
{
    operation_cancel(watch->async);
    assert_int_equal(watch_end(watch, NULL), Canceled);
    watch_close(watch);
}

void speed_create_large(struct watch *watch, IBackgroundDownloader *downloader, const char *name)
{
    watch_create_file(watch, downloader, name, server_url("NGINX_HTTP", SPEED_LARGE), name);
}

void speed_start_large(struct watch *watch, const char *name)
{
    speed_create_large(watch, NULL, name);
    watch_start(watch);
}

void speed_create_small(struct watch *watch, const char *name, UINT64 limit)
{
    watch_create(watch, NULL, name, script_url(name, ""));
    speed_limit(watch->operation, limit);
}

void speed_end_small(struct watch *watch)
{
    assert_int_equal(watch_end(watch, NULL), Completed);
    check_pattern_file(test_path(watch->file), SCRIPT_SIZE);
    watch_close(watch);
}
