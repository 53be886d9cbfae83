/* SPDX-License-Identifier: MIT */
/*
 * Who hears of a download's end has the result file for himself: nobody in the engine has it open,
 * which on Windows would be in the way (docs/threading.md, "The file at the end").
 */
#include "reads.h"

#include <stdio.h>

#include "file_access.h"
#include "src/port/files.h"
#include "strings_ring.h"
#include "test_files.h"

#define async_put_Completed \
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed

#define ROUNDS 25 /* one may be quicker than who lets go too late */
#define HELD   400000

/* What an application does with the file of one download. */
struct use {
    char path[1024], other[1024]; /* the second one replaces it */
    bool alone, replaced, removed;
    struct test_event done;
};

static void use_prepare(struct use *use, const char *name)
{
    *use = (struct use){ .alone = false };
    test_event_init(&use->done);
    snprintf(use->path, sizeof(use->path), "%s", test_path(name));
    snprintf(use->other, sizeof(use->other), "%s", test_path(ring_format("%s.other", name)));
    test_file_write(use->other, "other", 5);
}

/* On any thread. */
static void use_file(struct use *use)
{
    struct file_info info;

    use->alone = can_be_had_alone(use->path);
    use->replaced = file_rename(use->other, use->path, true) == PORT_OK;
    use->removed =
        file_remove(use->path) == PORT_OK && file_path_info(use->path, &info) == PORT_NOT_FOUND;
    test_event_set(&use->done);
}

/* How many of them could not be done, in all rounds. */
struct hindered {
    unsigned alone, replaced, removed;
};

static void use_end(struct use *use, struct hindered *hindered)
{
    assert_true(test_event_wait(&use->done, TEST_WAIT_MS));
    test_event_destroy(&use->done);
    hindered->alone += !use->alone;
    hindered->replaced += !use->replaced;
    hindered->removed += !use->removed;
}

static void check_hindered(const struct hindered *hindered)
{
    if (hindered->alone || hindered->replaced || hindered->removed)
        fail_msg("%u files could not be had alone, %u not replaced, %u not removed",
                 hindered->alone, hindered->replaced, hindered->removed);
}

static void on_completed(void *context, const struct recorder_call *call)
{
    (void)call;
    use_file(context);
}

/* Downloads with these options of /script, which `meanwhile` (may be NULL) steers, and whose files
 * are used in their Completed handler. */
static void use_in_handlers(const char *name, const char *options,
                            void (*meanwhile)(struct watch *watch), AsyncStatus expected)
{
    struct hindered hindered = { 0 };
    struct use use;

    for (unsigned round = 0; round < ROUNDS; round++) {
        struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
        const char *file = ring_format("%u.bin", round);
        const char *token = ring_format("%s%u", name, round);
        struct watch watch;

        use_prepare(&use, file);
        recorder_on_call(completed, on_completed, &use);
        watch_create_file(&watch, NULL, token, script_url(token, options), file);
        watch_start(&watch);
        check_ok(async_put_Completed(watch.async, recorder_delegate(completed)));
        if (meanwhile)
            meanwhile(&watch);
        recorder_wait(completed, 1);
        assert_int_equal(recorder_get(completed, 0).status, expected);
        use_end(&use, &hindered);
        watch_close(&watch);
        wait_for_last_reference(recorder_delegate(completed));
        assert_int_equal(recorder_release(completed), 0);
    }
    check_hindered(&hindered);
}

static void in_the_completed_handler(void **state)
{
    (void)state;
    use_in_handlers("handler", "steps=ok", NULL, Completed);
}

/* A pause leaves a sync behind. */
static void pause_and_cancel(struct watch *watch)
{
    watch_for_bytes(watch, HELD);
    check_ok(IDownloadOperation_Pause(watch->operation));
    operation_cancel(watch->async);
}

static void after_a_cancel(void **state)
{
    (void)state;
    use_in_handlers("cancel", "steps=stall:400000", pause_and_cancel, Canceled);
}

/* So does an attempt after which there is another. */
static void after_an_error_amid_the_body(void **state)
{
    (void)state;
    use_in_handlers("error", "steps=cut:400000,status:404", NULL, Error);
}

static bool has_async_ended(struct watch *watch)
{
    return operation_status(watch->async) != Started;
}

static bool has_status_ended(struct watch *watch)
{
    return progress_of(watch->operation).Status == BackgroundTransferStatus_Completed;
}

/* No handler at all. */
static void use_when(const char *name, bool (*has_ended)(struct watch *watch))
{
    struct hindered hindered = { 0 };
    struct use use;

    for (unsigned round = 0; round < ROUNDS; round++) {
        const char *file = ring_format("%u.bin", round);
        const char *token = ring_format("%s%u", name, round);
        uint64_t deadline = test_deadline(TEST_WAIT_MS);
        struct watch watch;

        use_prepare(&use, file);
        watch_create_file(&watch, NULL, token, script_url(token, "steps=ok"), file);
        watch.async = download_start(watch.operation);
        while (!has_ended(&watch)) {
            assert_true(test_deadline(0) < deadline);
            recorder_wait_for(watch.progress, 1, 1);
        }
        use_file(&use);
        use_end(&use, &hindered);
        watch_close(&watch);
    }
    check_hindered(&hindered);
}

static void when_the_async_object_says_so(void **state)
{
    (void)state;
    use_when("async", has_async_ended);
}

static void when_the_progress_says_so(void **state)
{
    (void)state;
    use_when("progress", has_status_ended);
}

/* A stream of the application's reads by opening the file, and may be left over. */
static void read_some(struct watch *watch)
{
    IInputStream *stream = result_stream_at(watch->operation, 0);

    assert_int_equal(read_and_check(stream, 0, 1000, InputStreamOptions_None), 1000);
    release_ref(stream);
    script_control(watch, "release");
}

static void after_a_stream_has_read_it(void **state)
{
    (void)state;
    use_in_handlers("stream", "steps=hold:400000", read_some, Completed);
}

/* The stream goes on, as long as there is something to read. */
static void a_stream_reads_on_after_the_end(void **state)
{
    IInputStream *stream;
    struct hindered hindered = { 0 };
    struct watch watch;
    struct use use;

    (void)state;
    use_prepare(&use, "a.bin");
    watch_script(&watch, "on", "steps=hold:400000");
    stream = result_stream_at(watch.operation, 0);
    assert_int_equal(read_and_check(stream, 0, 1000, InputStreamOptions_None), 1000);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(read_and_check(stream, 1000, 500000, InputStreamOptions_None), 500000);
    use_file(&use);
    use_end(&use, &hindered);
    check_hindered(&hindered);
    release_ref(stream);
    watch_close(&watch);
}

/* The folder was synced when the download began. */
static void the_folder_is_free_as_well(void **state)
{
    unsigned kept = 0;

    (void)state;
    for (unsigned round = 0; round < 4 * ROUNDS; round++) {
        const char *folder = test_path(ring_format("%u", round));
        const char *file = ring_format("%u/a.bin", round);
        IDownloadOperation *operation;
        struct file_info info;

        assert_int_equal(file_make_folder(folder, false), PORT_OK);
        operation = download_new(NULL, server_url("FAULT_HTTP", "/status/404"), file);
        assert_int_equal(download_run(operation, NULL), Error);
        assert_int_equal(file_remove(test_path(file)), PORT_OK);
        kept += file_remove_folder(folder) || file_path_info(folder, &info) != PORT_NOT_FOUND;
        check_last_release_soon(operation);
    }
    assert_int_equal(kept, 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(in_the_completed_handler),
    cmocka_unit_test(after_a_cancel),
    cmocka_unit_test(after_an_error_amid_the_body),
    cmocka_unit_test(when_the_async_object_says_so),
    cmocka_unit_test(when_the_progress_says_so),
    cmocka_unit_test(after_a_stream_has_read_it),
    cmocka_unit_test(a_stream_reads_on_after_the_end),
    cmocka_unit_test(the_folder_is_free_as_well),
};

TEST_MAIN(tests)
