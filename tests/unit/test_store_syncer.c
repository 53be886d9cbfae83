/* SPDX-License-Identifier: MIT */
/* Jobs and commits: docs/store.md, "Commits". */
#include <stdatomic.h>

#include "test_main.h"

#include "src/port/clock.h"
#include "src/port/memory.h"
#include "src/store/download_values.h"
#include "store_faults.h"
#include "store_records.h"
#include "test_event.h"
#include "test_files.h"

enum {
    JOBS = 1000
};

static const char *app(void)
{
    return test_path("app");
}

static const char *transfers(void)
{
    return test_path("app/transfers");
}

/* A job that writes down what happened to it. */
struct noted_job {
    struct store_job job; /* first */
    struct store *store;
    unsigned number, durable_order, committed_order;
    enum port_status durable_status, committed_status;
    struct test_event *done;
};

static atomic_uint order;

static void note_durable(struct store_job *job, enum port_status status)
{
    struct noted_job *noted = (struct noted_job *)job;

    noted->durable_order = ++order;
    noted->durable_status = status;
    put_record(noted->store, noted->number, 5);
}

static void note_committed(struct store_job *job, enum port_status status)
{
    struct noted_job *noted = (struct noted_job *)job;

    noted->committed_order = ++order;
    noted->committed_status = status;
    if (noted->done)
        test_event_set(noted->done);
}

static struct noted_job make_job(struct store *store, unsigned number, file_handle file,
                                 const char *folder)
{
    struct noted_job noted = { .store = store, .number = number };

    noted.job.file = file;
    noted.job.folder = folder;
    noted.job.durable = note_durable;
    noted.job.committed = note_committed;
    return noted;
}

static file_handle open_body(void)
{
    file_handle file;

    assert_int_equal(file_real_ops.open(test_path("body"), FILE_OPEN_WRITE | FILE_OPEN_CREATE,
                                        &file),
                     PORT_OK);
    return file;
}

static void a_job_is_durable_then_committed(void **state)
{
    struct store *store = open_store(app());
    file_handle file = open_body();
    struct noted_job noted = make_job(store, 3, file, test_scratch());
    struct test_event done;

    (void)state;
    set_faults();
    test_event_init(&done);
    noted.done = &done;
    store_submit(store, &noted.job);
    assert_true(test_event_wait(&done, TEST_WAIT_MS));
    assert_int_equal(noted.durable_order, 1);
    assert_int_equal(noted.committed_order, 2);
    assert_int_equal(noted.durable_status, PORT_OK);
    assert_int_equal(noted.committed_status, PORT_OK);
    assert_int_equal(stored_version(store, 3), 5);
    assert_true(faults.syncs >= 2);
    assert_true(faults.folder_syncs >= 1);
    store_close(store);
    file_close(file);
    test_event_destroy(&done);
    file_set_ops(NULL);
}

static void a_failed_sync_is_told_to_the_job(void **state)
{
    struct store *store = open_store(app());
    file_handle file = open_body();
    struct noted_job noted = make_job(store, 3, file, NULL);

    (void)state;
    set_faults();
    put_record(store, 3, 1);
    assert_int_equal(store_flush(store), PORT_OK);
    faults.sync = PORT_IO;
    store_submit(store, &noted.job);
    assert_int_equal(store_flush(store), PORT_IO);
    assert_int_equal(noted.durable_status, PORT_IO);
    assert_int_equal(noted.committed_status, PORT_IO);
    faults.sync = PORT_OK;
    noted = make_job(store, 4, file, NULL);
    store_submit(store, &noted.job);
    assert_int_equal(store_flush(store), PORT_OK);
    assert_int_equal(noted.durable_status, PORT_OK);
    assert_int_equal(noted.committed_status, PORT_OK);
    assert_int_equal(stored_version(store, 3), 5);
    store_close(store);
    file_close(file);
    file_set_ops(NULL);
}

static void a_failed_folder_sync_is_told_too(void **state)
{
    struct store *store = open_store(app());
    struct noted_job noted = make_job(store, 3, FILE_HANDLE_NONE, test_scratch());

    (void)state;
    set_faults();
    put_record(store, 3, 1);
    assert_int_equal(store_flush(store), PORT_OK);
    faults.sync_folder = PORT_IO;
    store_submit(store, &noted.job);
    assert_int_equal(store_flush(store), PORT_OK);
    assert_int_equal(noted.durable_status, PORT_IO);
    assert_int_equal(noted.committed_status, PORT_OK);
    store_close(store);
    file_set_ops(NULL);
}

/* A failed sync may have lost pages that a second one will not report: the log is another file
 * afterwards. */
static void a_failed_log_sync_rewrites_the_log(void **state)
{
    struct store *store = open_store(app());
    struct file_info before, after;
    static struct adopted adopted;

    (void)state;
    put_records(store, 0, 10);
    assert_int_equal(store_flush(store), PORT_OK);
    assert_int_equal(file_path_info(only_file(transfers(), ".hive"), &before), PORT_OK);
    set_faults();
    faults.sync = PORT_IO;
    put_record(store, 3, 2);
    assert_int_equal(store_flush(store), PORT_IO);
    faults.sync = PORT_OK;
    put_record(store, 4, 2);
    assert_int_equal(store_flush(store), PORT_OK);
    assert_int_equal(file_path_info(only_file(transfers(), ".hive"), &after), PORT_OK);
    assert_true(before.inode != after.inode);
    store_close(store);
    file_set_ops(NULL);
    store = open_store(app());
    adopt_all(store, &adopted);
    check_adopted(&adopted, 0, 10);
    assert_int_equal(adopted.versions[3], 2);
    store_close(store);
}

/* So is the groups' one. */
static void a_failed_sync_of_the_groups_rewrites_them(void **state)
{
    struct store *store = open_store(app());
    struct file_info before, after;
    struct value_set *values;

    (void)state;
    put_group(store, "group", "first");
    assert_int_equal(store_flush(store), PORT_OK);
    assert_int_equal(file_path_info(test_path("app/transfers/groups.hive"), &before), PORT_OK);
    set_faults();
    faults.sync = PORT_IO;
    put_group(store, "group", "second");
    assert_int_equal(store_flush(store), PORT_IO);
    assert_int_equal(store_flush(store), PORT_IO);
    faults.sync = PORT_OK;
    assert_int_equal(store_flush(store), PORT_OK);
    assert_int_equal(file_path_info(test_path("app/transfers/groups.hive"), &after), PORT_OK);
    assert_true(before.inode != after.inode);
    assert_int_equal(store_get_group(store, "group", &values), PORT_OK);
    assert_string_equal(value_set_get_text(values, DOWNLOAD_TAG), "second");
    value_set_free(values);
    store_close(store);
    file_set_ops(NULL);
}

static void write_nothing(struct store_job *job, enum port_status status)
{
    (void)job;
    (void)status;
}

/* What a job relies on may have been written before it, and be lost still. (A flush would try
 * again, so it is the job that is waited for.) */
static void after_a_failed_commit_none_is_well_until_it_was_made_good(void **state)
{
    struct store *store = open_store(app());
    struct noted_job noted = make_job(store, 3, FILE_HANDLE_NONE, NULL);
    struct test_event done;

    (void)state;
    set_faults();
    test_event_init(&done);
    noted.done = &done;
    noted.job.durable = write_nothing;
    faults.sync = PORT_IO;
    put_record(store, 3, 1);
    assert_int_equal(store_flush(store), PORT_IO);
    for (int round = 0; round < 3; round++) {
        faults.sync = round < 2 ? PORT_IO : PORT_OK;
        test_event_reset(&done);
        store_submit(store, &noted.job);
        assert_true(test_event_wait(&done, TEST_WAIT_MS));
        assert_int_equal(noted.committed_status, round < 2 ? PORT_IO : PORT_OK);
    }
    store_close(store);
    test_event_destroy(&done);
    file_set_ops(NULL);
}

static void a_thousand_jobs_run_in_order_and_few_batches(void **state)
{
    static struct noted_job jobs[JOBS];
    struct store *store = open_store(app());
    file_handle file = open_body();

    (void)state;
    set_faults();
    for (unsigned i = 0; i < JOBS; i++) {
        jobs[i] = make_job(store, i, i % 2 ? file : FILE_HANDLE_NONE, test_scratch());
        store_submit(store, &jobs[i].job);
    }
    assert_int_equal(store_flush(store), PORT_OK);
    for (unsigned i = 0; i < JOBS; i++) {
        assert_int_equal(jobs[i].committed_status, PORT_OK);
        assert_true(jobs[i].durable_order < jobs[i].committed_order);
        if (i) {
            assert_true(jobs[i - 1].durable_order < jobs[i].durable_order);
            assert_true(jobs[i - 1].committed_order < jobs[i].committed_order);
        }
        assert_int_equal(stored_version(store, i), 5);
    }
    store_close(store);
    file_close(file);
    file_set_ops(NULL);
}

/* Many small files, behind a job in whose `durable` they are submitted, so that they are one batch:
 * their statuses are in `many`. */
static struct noted_job many[JOBS];

static void submit_many(struct store_job *job, enum port_status status)
{
    struct noted_job *noted = (struct noted_job *)job;

    assert_int_equal(status, PORT_OK);
    for (unsigned i = 0; i < noted->number; i++)
        store_submit(noted->store, &many[i].job);
}

static void run_many(unsigned count)
{
    struct store *store = open_store(app());
    struct noted_job first = make_job(store, count, FILE_HANDLE_NONE, NULL);
    file_handle files[100];

    assert_in_range(count, 1, sizeof(files) / sizeof(files[0]));
    for (unsigned i = 0; i < count; i++) {
        files[i] = open_body();
        many[i] = make_job(store, i, files[i], test_scratch());
    }
    put_record(store, 0, 1);
    assert_int_equal(store_flush(store), PORT_OK);
    faults.syncs = faults.volume_syncs = faults.checks = 0;
    if (faults.unwritten)
        faults.unwritten = files[7];
    first.job.durable = submit_many;
    store_submit(store, &first.job);
    assert_int_equal(store_flush(store), PORT_OK);
    /* The first job's batch may end before theirs is begun. */
    assert_int_equal(store_flush(store), PORT_OK);
    for (unsigned i = 0; i < count; i++)
        file_close(files[i]);
    store_close(store);
}

static void many_files_are_one_sync(void **state)
{
    (void)state;
    set_faults();
    run_many(100);
    assert_int_equal(faults.volume_syncs, 1);
    assert_int_equal(faults.checks, 100);
    assert_true(faults.syncs < 10); /* the log's */
    for (unsigned i = 0; i < 100; i++)
        assert_int_equal(many[i].committed_status, PORT_OK);
    file_set_ops(NULL);
}

static void a_few_are_not(void **state)
{
    (void)state;
    set_faults();
    run_many(5);
    assert_int_equal(faults.volume_syncs, 0);
    assert_true(faults.syncs >= 5);
    file_set_ops(NULL);
}

static void of_many_files_the_one_that_failed_is_told(void **state)
{
    (void)state;
    set_faults();
    faults.unwritten = 1;
    run_many(50);
    for (unsigned i = 0; i < 50; i++)
        assert_int_equal(many[i].durable_status, i == 7 ? PORT_IO : PORT_OK);
    file_set_ops(NULL);
}

static void without_such_a_call_each_is_synced(void **state)
{
    (void)state;
    set_faults();
    faults.sync_volume = PORT_NOT_SUPPORTED;
    run_many(50);
    assert_int_equal(faults.checks, 0);
    assert_true(faults.syncs >= 50);
    file_set_ops(NULL);
}

struct freed_job {
    struct store_job job; /* first */
    atomic_uint *count;
};

static void free_job(struct store_job *job, enum port_status status)
{
    (void)status;
    ++*((struct freed_job *)job)->count;
    memory_free(job);
}

/* Without `committed` the job is its owner's again in `durable`. */
static void a_job_may_be_freed_when_it_is_durable(void **state)
{
    struct store *store = open_store(app());
    static atomic_uint count;

    (void)state;
    for (unsigned i = 0; i < JOBS; i++) {
        struct freed_job *freed = memory_zalloc(sizeof(*freed));

        assert_non_null(freed);
        freed->job.file = FILE_HANDLE_NONE;
        freed->job.durable = free_job;
        freed->count = &count;
        store_submit(store, &freed->job);
    }
    store_close(store);
    assert_int_equal(count, JOBS);
}

/* What a durable job removes. */
static void remove_record(struct store_job *job, enum port_status status)
{
    struct noted_job *noted = (struct noted_job *)job;
    struct store_id id;

    assert_int_equal(status, PORT_OK);
    record_id(noted->number, &id);
    assert_int_equal(store_remove_in_commit(noted->store, &id), PORT_OK);
}

/* One batch, behind a job in whose `durable` it is submitted. */
static void remove_in_a_batch(struct store *store, unsigned count)
{
    struct noted_job first = make_job(store, count, FILE_HANDLE_NONE, NULL);

    for (unsigned i = 0; i < count; i++) {
        many[i] = make_job(store, i, FILE_HANDLE_NONE, NULL);
        many[i].job.durable = remove_record;
        put_record(store, i, 1);
    }
    assert_int_equal(store_flush(store), PORT_OK);
    faults.writes = 0;
    first.job.durable = submit_many;
    store_submit(store, &first.job);
    store_flush(store);
}

static void assert_all_gone(struct store *store, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        assert_int_equal(stored_version(store, i), 0);
}

static void what_a_batch_removes_is_one_write(void **state)
{
    static struct adopted adopted;
    struct store *store = open_store(app());

    (void)state;
    set_faults();
    remove_in_a_batch(store, 50);
    assert_int_equal(store_flush(store), PORT_OK);
    assert_int_equal(faults.writes, 1);
    assert_all_gone(store, 50);
    store_close(store);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 0);
    store_close(store);
    file_set_ops(NULL);
}

/* It is written with what comes next. */
static void a_removal_that_could_not_be_written_is_not_forgotten(void **state)
{
    static struct adopted adopted;
    struct store *store = open_store(app());

    (void)state;
    set_faults();
    put_record(store, 60, 1);
    faults.writes_before = 0;
    for (unsigned i = 0; i < 10; i++)
        put_record(store, i, 1);
    assert_int_equal(store_flush(store), PORT_OK);
    for (unsigned i = 0; i < 10; i++) {
        many[i] = make_job(store, i, FILE_HANDLE_NONE, NULL);
        many[i].job.durable = remove_record;
    }
    faults.write = PORT_IO;
    for (unsigned i = 0; i < 10; i++)
        store_submit(store, &many[i].job);
    assert_int_equal(store_flush(store), PORT_IO);
    faults.write = PORT_OK;
    put_record(store, 60, 2);
    assert_int_equal(store_flush(store), PORT_OK);
    assert_all_gone(store, 10);
    store_close(store);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 1);
    assert_int_equal(stored_version(store, 60), 2);
    store_close(store);
    file_set_ops(NULL);
}

#define INTERVAL_NS UINT64_C(10000000) /* docs/store.md, "Commits" */

static void a_quick_disk_is_not_asked_all_the_time(void **state)
{
    struct store *store = open_store(app());
    uint64_t start, elapsed, next = 0;

    (void)state;
    set_faults();
    faults.quick = true;
    put_record(store, 0, 1);
    assert_int_equal(store_flush(store), PORT_OK);
    faults.syncs = 0;
    start = clock_monotonic_ns();
    do {
        elapsed = clock_monotonic_ns() - start;
        if (elapsed < next)
            continue;
        put_record(store, 0, 1); /* not so many that the log is compacted */
        next = elapsed + INTERVAL_NS / 50;
    } while (elapsed < 10 * INTERVAL_NS);
    assert_in_range(faults.syncs, 1, elapsed / INTERVAL_NS + 2);
    store_close(store);
    file_set_ops(NULL);
}

static void who_waits_need_not_wait_for_that(void **state)
{
    enum {
        FLUSHES = 200
    };
    struct store *store = open_store(app());
    uint64_t start;

    (void)state;
    set_faults();
    faults.quick = true;
    put_record(store, 0, 1);
    assert_int_equal(store_flush(store), PORT_OK);
    start = clock_monotonic_ns();
    for (unsigned i = 0; i < FLUSHES; i++) {
        put_record(store, 0, 1);
        assert_int_equal(store_flush(store), PORT_OK);
    }
    assert_true(clock_monotonic_ns() - start < FLUSHES * INTERVAL_NS);
    store_close(store);
    file_set_ops(NULL);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_job_is_durable_then_committed),
    cmocka_unit_test(a_failed_sync_is_told_to_the_job),
    cmocka_unit_test(a_failed_folder_sync_is_told_too),
    cmocka_unit_test(a_failed_log_sync_rewrites_the_log),
    cmocka_unit_test(a_failed_sync_of_the_groups_rewrites_them),
    cmocka_unit_test(after_a_failed_commit_none_is_well_until_it_was_made_good),
    cmocka_unit_test(a_thousand_jobs_run_in_order_and_few_batches),
    cmocka_unit_test(many_files_are_one_sync),
    cmocka_unit_test(a_few_are_not),
    cmocka_unit_test(of_many_files_the_one_that_failed_is_told),
    cmocka_unit_test(without_such_a_call_each_is_synced),
    cmocka_unit_test(a_job_may_be_freed_when_it_is_durable),
    cmocka_unit_test(what_a_batch_removes_is_one_write),
    cmocka_unit_test(a_removal_that_could_not_be_written_is_not_forgotten),
    cmocka_unit_test(a_quick_disk_is_not_asked_all_the_time),
    cmocka_unit_test(who_waits_need_not_wait_for_that),
};

TEST_MAIN_UNIT(tests)
