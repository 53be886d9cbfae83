/* SPDX-License-Identifier: MIT */
/* DownloadOperation.GetDownloadedRanges and RangesDownloaded, with deferrals
 * (BackgroundTransferRangesDownloadedEventArgs). */
#include "reads.h"

#include <string.h>

#define KEPT 256

typedef IBackgroundTransferRangesDownloadedEventArgs event_args;

/*
 * A handler of RangesDownloaded: keeps what the events added, and as long as `defers` takes a
 * deferral of each, which the test completes.
 */
struct ranges_log {
    struct recorder *recorder;
    IDownloadOperation3 *operation;
    EventRegistrationToken token;
    struct mutex mutex; /* of what follows */
    struct condition ended;
    unsigned events; /* that this handler has dealt with */
    bool defers;
    IDeferral *deferral; /* of the newest event */
    event_args *args;    /* the newest, if they are to be kept */
    bool keeps_args;
    BackgroundTransferFileRange added[KEPT];
    unsigned count;
    unsigned restarts, failures, first_of_newest;
};

static bool note_ranges(struct ranges_log *log, event_args *args)
{
    IVector_BackgroundTransferFileRange *ranges = NULL;
    UINT32 count = 0;
    bool noted = false;

    if (FAILED(IBackgroundTransferRangesDownloadedEventArgs_get_AddedRanges(args, &ranges)))
        return false;
    log->first_of_newest = log->count;
    if (log->count < KEPT &&
        SUCCEEDED(IVector_BackgroundTransferFileRange_GetMany(ranges, 0, KEPT - log->count,
                                                              log->added + log->count, &count))) {
        log->count += count;
        noted = true;
    }
    IVector_BackgroundTransferFileRange_Release(ranges);
    return noted;
}

static void on_ranges(void *context, const struct recorder_call *call)
{
    struct ranges_log *log = context;
    event_args *args = call->argument;
    boolean restarted = FALSE;

    mutex_lock(&log->mutex);
    if (FAILED(IBackgroundTransferRangesDownloadedEventArgs_get_WasDownloadRestarted(args,
                                                                                     &restarted)))
        log->failures++;
    if (restarted) {
        log->restarts++;
        log->count = 0;
    }
    if (!note_ranges(log, args))
        log->failures++;
    if (log->defers &&
        (log->deferral ||
         FAILED(IBackgroundTransferRangesDownloadedEventArgs_GetDeferral(args, &log->deferral))))
        log->failures++;
    if (log->keeps_args && !log->args) {
        log->args = args;
        IBackgroundTransferRangesDownloadedEventArgs_AddRef(args);
    }
    log->events++;
    condition_broadcast(&log->ended);
    mutex_unlock(&log->mutex);
}

/* Until there were that many at least. */
static void log_wait(struct ranges_log *log, unsigned events)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);
    bool in_time = true;

    mutex_lock(&log->mutex);
    while (log->events < events && in_time)
        in_time = condition_wait_until(&log->ended, &log->mutex, deadline);
    mutex_unlock(&log->mutex);
    assert_true(in_time);
}

static void log_start(struct ranges_log *log, IDownloadOperation *operation)
{
    memset(log, 0, sizeof(*log));
    mutex_init(&log->mutex);
    condition_init(&log->ended);
    log->recorder = recorder_create(
        RECORDER_INTERFACE,
        &IID_ITypedEventHandler_DownloadOperation_BackgroundTransferRangesDownloadedEventArgs);
    recorder_on_call(log->recorder, on_ranges, log);
    log->operation = query(operation, &IID_IDownloadOperation3);
    check_ok(IDownloadOperation3_add_RangesDownloaded(log->operation,
                                                      recorder_delegate(log->recorder),
                                                      &log->token));
    assert_int_not_equal(log->token.value, 0);
}

static void log_end(struct ranges_log *log)
{
    check_ok(IDownloadOperation3_remove_RangesDownloaded(log->operation, log->token));
    release_ref(log->operation);
    wait_for_last_reference(recorder_delegate(log->recorder));
    assert_int_equal(recorder_release(log->recorder), 0);
    assert_int_equal(log->failures, 0);
    condition_destroy(&log->ended);
    mutex_destroy(&log->mutex);
}

static IDeferral *take_deferral(struct ranges_log *log)
{
    IDeferral *deferral;

    mutex_lock(&log->mutex);
    deferral = log->deferral;
    log->deferral = NULL;
    mutex_unlock(&log->mutex);
    assert_non_null(deferral);
    return deferral;
}

static void set_defers(struct ranges_log *log, bool defers)
{
    mutex_lock(&log->mutex);
    log->defers = defers;
    mutex_unlock(&log->mutex);
}

/* All that was added is just the whole file, nothing twice. */
static void check_whole(struct ranges_log *log)
{
    UINT64 total = 0;

    for (unsigned i = 0; i < log->count; i++) {
        const BackgroundTransferFileRange *one = &log->added[i];

        assert_int_not_equal(one->Length, 0);
        assert_true(one->Offset + one->Length <= RANDOM_SIZE);
        total += one->Length;
        for (unsigned j = 0; j < i; j++)
            assert_true(one->Offset >= log->added[j].Offset + log->added[j].Length ||
                        log->added[j].Offset >= one->Offset + one->Length);
    }
    assert_int_equal(total, RANDOM_SIZE);
}

static void read_far(IDownloadOperation *operation)
{
    IRandomAccessStream *stream = random_open(operation);

    check_ok(IRandomAccessStream_Seek(stream, RANDOM_FAR));
    assert_int_equal(read_and_check(stream, RANDOM_FAR, 1000, InputStreamOptions_None), 1000);
    check_last_release_soon(stream);
}

static void of_a_sequential_download(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/5000"), "a.bin");

    (void)state;
    assert_string_equal(downloaded_ranges(operation), "");
    assert_int_equal(download_run(operation, NULL), Completed);
    assert_string_equal(downloaded_ranges(operation), "0+5000");
    check_last_release_soon(operation);
}

static void in_order_and_merged(void **state)
{
    struct watch watch;
    const char *text;

    (void)state;
    random_to_the_gate(&watch, "order");
    watch_for_bytes(&watch, RANDOM_GATE);
    read_far(watch.operation);
    text = downloaded_ranges(watch.operation);
    assert_int_equal(strncmp(text, "0+100000 ", 9), 0);
    assert_null(strchr(text + 9, ' '));
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_string_equal(downloaded_ranges(watch.operation), "0+4000000");
    watch_close(&watch);
}

/* A vector of structs: what a client does with it is nobody else's business. */
static void the_vector_is_the_callers(void **state)
{
    static const BackgroundTransferFileRange ranges[] = { { 7, 8 }, { 20, 1 }, { 9, UINT64_MAX } };
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/5000"), "a.bin");
    IDownloadOperation3 *newer = query(operation, &IID_IDownloadOperation3);
    IIterator_BackgroundTransferFileRange *iterator = NULL;
    IIterable_BackgroundTransferFileRange *iterable;
    IVectorView_BackgroundTransferFileRange *view = NULL;
    IVector_BackgroundTransferFileRange *vector = NULL;
    BackgroundTransferFileRange range = { 1, 1 };
    boolean found = FALSE;
    UINT32 index = 9;

    (void)state;
    assert_int_equal(download_run(operation, NULL), Completed);
    check_hresult(E_POINTER, IDownloadOperation3_GetDownloadedRanges(newer, NULL));
    check_ok(IDownloadOperation3_GetDownloadedRanges(newer, &vector));
    check_ok(IVector_BackgroundTransferFileRange_Append(vector, ranges[0]));
    check_ok(IVector_BackgroundTransferFileRange_InsertAt(vector, 0, ranges[1]));
    check_ok(IVector_BackgroundTransferFileRange_SetAt(vector, 1, ranges[2]));
    assert_string_equal(ranges_text(vector), "20+1 9+18446744073709551615 7+8");
    check_ok(IVector_BackgroundTransferFileRange_IndexOf(vector, ranges[0], &index, &found));
    assert_true(found);
    assert_int_equal(index, 2);
    check_ok(IVector_BackgroundTransferFileRange_GetView(vector, &view));
    check_ok(IVectorView_BackgroundTransferFileRange_IndexOf(view, ranges[2], &index, &found));
    assert_true(found);
    assert_int_equal(index, 1);
    iterable = query(vector, &IID_IIterable_BackgroundTransferFileRange);
    check_ok(IIterable_BackgroundTransferFileRange_First(iterable, &iterator));
    check_ok(IIterator_BackgroundTransferFileRange_get_Current(iterator, &range));
    assert_memory_equal(&range, &ranges[1], sizeof(range));
    check_ok(IVector_BackgroundTransferFileRange_Clear(vector));
    check_hresult(E_BOUNDS, IVector_BackgroundTransferFileRange_GetAt(vector, 0, &range));
    assert_int_equal(range.Offset | range.Length, 0);
    assert_string_equal(downloaded_ranges(operation), "0+5000");
    release_ref(iterable);
    check_last_release(iterator);
    check_last_release(view);
    check_last_release(vector);
    release_ref(newer);
    check_last_release_soon(operation);
}

static void events_tell_all_of_it_once(void **state)
{
    struct ranges_log log;
    struct watch watch;

    (void)state;
    random_create(&watch, "all", RANDOM_AT_THE_GATE);
    log_start(&log, watch.operation);
    watch_start(&watch);
    script_control(&watch, "held?count=1");
    read_far(watch.operation);
    log_wait(&log, 1);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    /* The last one was before Completed. */
    check_whole(&log);
    assert_int_equal(log.restarts, 0);
    for (unsigned i = 0; i < recorder_count(log.recorder); i++)
        assert_ptr_equal(recorder_get(log.recorder, i).sender, watch.operation);
    log_end(&log);
    watch_close(&watch);
}

static void of_a_sequential_one_too(void **state)
{
    struct ranges_log log;
    struct watch watch;

    (void)state;
    watch_create(&watch, NULL, "row",
                 server_url("FAULT_HTTP", "/sample-random/%d?token=%s&gates=100000", RANDOM_SIZE,
                            test_token("row")));
    log_start(&log, watch.operation);
    watch_start(&watch);
    log_wait(&log, 1);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_whole(&log);
    for (unsigned i = 1; i < log.count; i++)
        assert_int_equal(log.added[i].Offset, log.added[i - 1].Offset + log.added[i - 1].Length);
    log_end(&log);
    watch_close(&watch);
}

/* What arrives while one is open becomes part of the next, which waits for the deferral. */
static void a_deferral_holds_the_next_event_back(void **state)
{
    struct ranges_log log;
    struct watch watch;
    IDeferral *deferral;

    (void)state;
    random_create(&watch, "deferral", RANDOM_AT_THE_GATE);
    log_start(&log, watch.operation);
    set_defers(&log, true);
    watch_start(&watch);
    log_wait(&log, 1);
    read_far(watch.operation);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(recorder_count(log.recorder), 1);

    set_defers(&log, false);
    deferral = take_deferral(&log);
    check_ok(IDeferral_Complete(deferral));
    log_wait(&log, 2);
    wait_for_last_reference(deferral);
    check_hresult(E_ILLEGAL_METHOD_CALL, IDeferral_Complete(deferral));
    check_last_release(deferral);
    mutex_lock(&log.mutex);
    check_whole(&log);
    mutex_unlock(&log.mutex);
    assert_int_equal(recorder_count(log.recorder), 2);
    log_end(&log);
    watch_close(&watch);
}

/* Close, and giving it up, complete a deferral as well. */
static void deferrals_end_in_three_ways(void **state)
{
    struct ranges_log log;
    struct watch watch;
    IDeferral *deferral;
    IClosable *closable;

    (void)state;
    random_create(&watch, "ways", "gates=100000,200000,300000");
    log_start(&log, watch.operation);
    set_defers(&log, true);
    watch_start(&watch);

    log_wait(&log, 1);
    deferral = take_deferral(&log);
    closable = query(deferral, &IID_IClosable);
    check_ok(IClosable_Close(closable));
    check_ok(IClosable_Close(closable));
    IClosable_Release(closable);
    check_last_release_soon(deferral);

    script_control(&watch, "release?count=1");
    log_wait(&log, 2);
    deferral = take_deferral(&log);
    check_last_release(deferral);

    set_defers(&log, false);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    mutex_lock(&log.mutex);
    check_whole(&log);
    mutex_unlock(&log.mutex);
    log_end(&log);
    watch_close(&watch);
}

static void arguments_outlive_their_event(void **state)
{
    struct ranges_log log;
    struct watch watch;
    IVector_BackgroundTransferFileRange *ranges = NULL, *again = NULL;
    IDeferral *deferral = (void *)1;
    UINT32 count = 0;

    (void)state;
    random_create(&watch, "late", "");
    log_start(&log, watch.operation);
    log.keeps_args = true;
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_non_null(log.args);
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IBackgroundTransferRangesDownloadedEventArgs_GetDeferral(log.args, &deferral));
    assert_null(deferral);
    check_hresult(E_POINTER,
                  IBackgroundTransferRangesDownloadedEventArgs_GetDeferral(log.args, NULL));
    check_hresult(E_POINTER,
                  IBackgroundTransferRangesDownloadedEventArgs_get_AddedRanges(log.args, NULL));
    check_hresult(E_POINTER,
                  IBackgroundTransferRangesDownloadedEventArgs_get_WasDownloadRestarted(log.args,
                                                                                        NULL));
    log_end(&log);
    watch_close(&watch);
    check_ok(IBackgroundTransferRangesDownloadedEventArgs_get_AddedRanges(log.args, &ranges));
    check_ok(IBackgroundTransferRangesDownloadedEventArgs_get_AddedRanges(log.args, &again));
    assert_ptr_equal(ranges, again);
    check_ok(IVector_BackgroundTransferFileRange_get_Size(ranges, &count));
    assert_int_not_equal(count, 0);
    release_ref(again);
    check_last_release(log.args);
    check_last_release(ranges);
}

/* A second handler, tokens, and one that is taken off. */
static void handlers_come_and_go(void **state)
{
    struct ranges_log one, other;
    struct watch watch;
    EventRegistrationToken unknown = { 12345 }, token = { 7 };
    unsigned count;

    (void)state;
    random_create(&watch, "handlers", RANDOM_AT_THE_GATE);
    log_start(&one, watch.operation);
    log_start(&other, watch.operation);
    assert_int_not_equal(one.token.value, other.token.value);
    check_hresult(E_POINTER, IDownloadOperation3_add_RangesDownloaded(one.operation, NULL, &token));
    assert_int_equal(token.value, 0);
    check_hresult(E_POINTER,
                  IDownloadOperation3_add_RangesDownloaded(one.operation,
                                                           recorder_delegate(one.recorder), NULL));
    check_ok(IDownloadOperation3_remove_RangesDownloaded(one.operation, unknown));
    watch_start(&watch);
    watch_for_bytes(&watch, RANDOM_GATE);
    log_wait(&one, 1);
    log_wait(&other, 1);
    check_ok(IDownloadOperation3_remove_RangesDownloaded(other.operation, other.token));
    wait_for_last_reference(recorder_delegate(other.recorder));
    count = recorder_count(other.recorder);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_whole(&one);
    assert_int_equal(recorder_count(other.recorder), count);
    log_end(&other);
    log_end(&one);
    watch_close(&watch);
}

/* What came before the handler is in its first event. */
static void a_handler_may_be_added_late(void **state)
{
    struct ranges_log log;
    struct watch watch;

    (void)state;
    random_to_the_gate(&watch, "added");
    watch_for_bytes(&watch, RANDOM_GATE);
    log_start(&log, watch.operation);
    log_wait(&log, 1);
    mutex_lock(&log.mutex);
    assert_int_equal(log.added[0].Offset, 0);
    assert_int_equal(log.added[0].Length, RANDOM_GATE);
    mutex_unlock(&log.mutex);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_whole(&log);
    log_end(&log);
    watch_close(&watch);
}

static void a_restart_is_told(void **state)
{
    struct ranges_log log;
    struct watch watch;

    (void)state;
    random_create(&watch, "restart", RANDOM_AT_THE_GATE);
    log_start(&log, watch.operation);
    watch_start(&watch);
    watch_for_bytes(&watch, RANDOM_GATE);
    log_wait(&log, 1);
    watch_pause(&watch);
    script_control(&watch, "change");
    script_control(&watch, "release");
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(log.restarts, 1);
    check_whole(&log); /* of those since then */
    check_version_file(test_path(watch.file), 2, RANDOM_SIZE);
    log_end(&log);
    watch_close(&watch);
}

/* A client may let go of everything but its deferral. */
static void a_deferral_may_be_the_last(void **state)
{
    struct ranges_log log;
    struct watch watch;
    IDeferral *deferral;

    (void)state;
    random_create(&watch, "last", RANDOM_AT_THE_GATE);
    log_start(&log, watch.operation);
    set_defers(&log, true);
    watch_start(&watch);
    log_wait(&log, 1);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    deferral = take_deferral(&log);
    set_defers(&log, false);
    release_ref(log.operation);
    release_ref(watch.async);
    release_ref(watch.operation);
    check_ok(IDeferral_Complete(deferral));
    log_wait(&log, 2);
    check_last_release_soon(deferral);
    wait_for_last_reference(recorder_delegate(log.recorder));
    assert_int_equal(recorder_release(log.recorder), 0);
    wait_for_last_reference(recorder_delegate(watch.progress));
    assert_int_equal(recorder_release(watch.progress), 0);
    check_whole(&log);
    condition_destroy(&log.ended);
    mutex_destroy(&log.mutex);
    mutex_destroy(&watch.mutex);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(of_a_sequential_download),
    cmocka_unit_test(in_order_and_merged),
    cmocka_unit_test(the_vector_is_the_callers),
    cmocka_unit_test(events_tell_all_of_it_once),
    cmocka_unit_test(of_a_sequential_one_too),
    cmocka_unit_test(a_deferral_holds_the_next_event_back),
    cmocka_unit_test(deferrals_end_in_three_ways),
    cmocka_unit_test(arguments_outlive_their_event),
    cmocka_unit_test(handlers_come_and_go),
    cmocka_unit_test(a_handler_may_be_added_late),
    cmocka_unit_test(a_restart_is_told),
    cmocka_unit_test(a_deferral_may_be_the_last),
};

TEST_MAIN(tests)
