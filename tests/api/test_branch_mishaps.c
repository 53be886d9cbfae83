/* SPDX-License-Identifier: MIT */
/*
 * Downloads over several connections that have a bad day: answers that end early, that refuse, that
 * never end, and an application that pauses, limits and reads meanwhile. What is there in the end
 * is right, and what is cancelled is what came in order. docs/ranges.md
 */
#include "branches.h"

#include <stdio.h>

#include "environment.h"
#include "long_form.h"
#include "reads.h"
#include "speed.h"
#include "strings_ring.h"

#define ROUNDS      4
#define ROUNDS_LONG 100
#define STEPS       30

static uint64_t seed;

static uint32_t below(uint32_t limit)
{
    return test_random_below(&seed, limit);
}

/* Most are good; the last one always is. */
static const char *draw_steps(void)
{
    static char text[RING_SIZE];
    size_t used = 0;

    for (unsigned i = 0; i < STEPS; i++) {
        const char *step = "ok";

        switch (below(12)) {
        case 0:
            step = ring_format("cut:%u", below(1500000));
            break;
        case 1:
            step = ring_format("reset:%u", below(1500000));
            break;
        case 2:
            step = i ? "close" : "ok";
            break;
        case 3:
            step = i ? "status:503:0" : "ok";
            break;
        case 4:
            step = ring_format("stall:%u", below(1500000));
            break;
        }
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s,", step);
    }
    snprintf(text + used, sizeof(text) - used, "ok");
    return text;
}

static bool has_ended(struct watch *watch)
{
    BackgroundTransferStatus status = progress_of(watch->operation).Status;

    return status >= BackgroundTransferStatus_Completed && status <= BackgroundTransferStatus_Error;
}

/* A moment, or until the end. */
static void pass_time(struct watch *watch)
{
    unsigned until = recorder_count(watch->progress) + 1 + below(4);

    if (!has_ended(watch))
        recorder_wait_for(watch->progress, until, 300);
}

static void pause_and_resume(struct watch *watch)
{
    HRESULT hr;

    if (FAILED(IDownloadOperation_Pause(watch->operation)))
        return;
    if (below(2))
        pass_time(watch);
    hr = IDownloadOperation_Resume(watch->operation);
    if (FAILED(hr))
        assert_true(has_ended(watch));
}

static void read_somewhere(IInputStream *stream, UINT64 *at)
{
    *at += read_and_check(stream, *at, 1 + below(200000), InputStreamOptions_Partial);
}

static void disturb(struct watch *watch, IInputStream *stream, UINT64 *at)
{
    switch (below(6)) {
    case 0:
        pause_and_resume(watch);
        break;
    case 1:
        speed_limit(watch->operation, 1000000 + below(20000000));
        break;
    case 2:
    case 3:
        speed_limit(watch->operation, 0);
        break;
    case 4:
        read_somewhere(stream, at);
        break;
    default:
        pass_time(watch);
    }
}

/* Too many mishaps in a row are an error. */
static void check_end(struct watch *watch, bool random_access)
{
    AsyncStatus status = watch_end(watch, NULL);
    UINT64 bytes = progress_of(watch->operation).BytesReceived;

    print_message("ends with %d, %llu bytes, %u requests\n", (int)status, (unsigned long long)bytes,
                  request_count(watch));
    if (status == Completed)
        assert_int_equal(bytes, LIMITED_SIZE);
    if (status == Completed || !random_access)
        check_pattern_file(test_path(watch->file), bytes);
    watch_close(watch);
}

static void run(unsigned number, bool random_access)
{
    struct watch watch;
    IInputStream *stream;
    UINT64 at = 0;
    const char *steps = draw_steps();
    char token[20];
    unsigned disturbances = below(20);
    bool cancel = !random_access && !below(4);

    snprintf(token, sizeof(token), "round%u", number);
    print_message("%u: %s\n", number, steps);
    limited_create(&watch, NULL, token, ring_format("rate=2000000&steps=%s", steps));
    if (random_access)
        require_random_access(watch.operation);
    stream = result_stream_at(watch.operation, 0);
    watch_start(&watch);
    for (unsigned i = 0; i < disturbances && !has_ended(&watch); i++)
        disturb(&watch, stream, &at);
    speed_limit(watch.operation, 0);
    check_last_release_soon(stream);
    if (cancel)
        operation_cancel(watch.async);
    check_end(&watch, random_access);
}

static void run_all(bool random_access)
{
    unsigned rounds = (unsigned)test_amount(ROUNDS, ROUNDS_LONG);

    seed = test_seed();
    test_setenv("WINRT_STALL_TIMEOUT_MS", "500");
    test_setenv("WINRT_RESPONSE_TIMEOUT_MS", "500");
    for (unsigned i = 0; i < rounds; i++)
        run(i, random_access);
}

static void in_order(void **state)
{
    (void)state;
    run_all(false);
}

static void with_random_access(void **state)
{
    (void)state;
    run_all(true);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(in_order),
    cmocka_unit_test(with_random_access),
};

TEST_MAIN(tests)
