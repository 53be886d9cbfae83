/* SPDX-License-Identifier: MIT */
/*
 * Transfers and power cuts: the engine downloads from the fault server onto a simulated disk
 * (power_disk.h), and what a cut may leave of that (power_states.h) is looked at with the engine's
 * own code: no record may claim bytes that its file has not, no file may be refused that nobody
 * else has touched, and what was started and durable is there until it was delivered.
 * docs/reliability.md
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "engine_watch.h"
#include "environment.h"
#include "http.h"
#include "long_form.h"
#include "pattern.h"
#include "power_engine_check.h"
#include "power_run.h"
#include "power_session.h"
#include "servers.h"
#include "src/engine/engine_store.h"
#include "src/engine/runtime.h"
#include "src/engine/transfer_internal.h"
#include "src/port/memory.h"
#include "src/port/system.h"
#include "strings_ring.h"

static struct power_trace trace;
static struct power_transfer transfers[POWER_TRANSFERS];
static struct power_told told[POWER_TRANSFERS];
static struct watch watches[POWER_TRANSFERS];
static uint64_t run_number;

enum what {
    WHAT_RUN,    /* to the end, and is collected there */
    WHAT_LEAVE,  /* to the end, and is not collected */
    WHAT_PAUSE,  /* paused when the server holds its answer back, or `bytes` have come, and resumed
                  */
    WHAT_CANCEL, /* likewise, and cancelled */
};

/* %u: some offset in the first third of the body; it is another one each time. */
struct plan {
    const char *steps; /* NULL: there is no such transfer */
    uint64_t size;
    enum what what;
    bool random_access, private_file, fails;
    unsigned rate; /* bytes a second of each connection; 0: as fast as can be */
    uint64_t bytes;
};

static const struct plan one_connection_each[POWER_TRANSFERS] = {
    { .steps = "ok", .size = 3000 },
    { .steps = "ok", .size = 90000 },
    { .steps = "cut:%u*3,ok", .size = 150000 },
    { .steps = "cut:%u*3,ok", .size = 100000, .what = WHAT_LEAVE },
    /* Another version, and the first one again. */
    { .steps = "cut:%u,cut:%u@2,cut:%u,ok@2", .size = 120000 },
    { .steps = "cut:%u,cut:%u@2,cut:%u@3,ok", .size = 60000, .what = WHAT_LEAVE },
    { .steps = "hold:%u,ok", .size = 120000, .what = WHAT_PAUSE },
    { .steps = "cut:%u,hold:%u,cut:%u,ok", .size = 90000, .what = WHAT_PAUSE },
    { .steps = "hold:%u,ok@2", .size = 70000, .what = WHAT_PAUSE },
    { .steps = "cut:%u*3,ok", .size = 110000, .random_access = true },
    { .steps = "cut:%u,hold:%u,ok", .size = 80000, .what = WHAT_PAUSE, .random_access = true },
    { .steps = "cut:%u*2,ok", .size = 100000, .private_file = true },
    { .steps = "cut:%u,ok", .size = 50000, .private_file = true, .what = WHAT_LEAVE },
    { .steps = "cut:%u,hold:%u,ok", .size = 60000, .what = WHAT_CANCEL, .fails = true },
    { .steps = "cut:%u,status:404", .size = 60000, .fails = true },
    { .steps = "hold:%u,cut:%u,ok", .size = 60000, .private_file = true, .what = WHAT_PAUSE },
};

#define WIDE .size = 5000000, .rate = 1000000

/* Their server is slow, so they get further connections, and have ranges. */
static const struct plan several_connections_each[POWER_TRANSFERS] = {
    { .steps = "ok", WIDE },
    { .steps = "ok", WIDE, .private_file = true, .what = WHAT_LEAVE },
    { .steps = "cut:%u*3,ok", WIDE },
    { .steps = "cut:%u,ok*2,ok@2", WIDE, .what = WHAT_LEAVE },
    { .steps = "ok", WIDE, .what = WHAT_PAUSE, .bytes = 2000000 },
    { .steps = "ok", WIDE, .what = WHAT_CANCEL, .bytes = 2500000, .fails = true },
    { .steps = "ok", WIDE, .random_access = true },
};

static const struct plan *plans = one_connection_each;

static const char *token_of(unsigned number)
{
    return ring_format("power-%016llx-%u", (unsigned long long)run_number, number);
}

static const char *steps_of(const char *text, uint64_t third, uint64_t *random)
{
    char steps[256];
    size_t used = 0;

    for (; *text && used + 12 < sizeof(steps); text++) {
        if (text[0] == '%' && text[1] == 'u') {
            used += (size_t)snprintf(steps + used, 12, "%u",
                                     1 + test_random_below(random, (uint32_t)third));
            text++;
        } else {
            steps[used++] = *text;
        }
    }
    steps[used] = 0;
    return ring_format("%s", steps);
}

static void steer(const char *what, unsigned number)
{
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/%s/%s", what, token_of(number)), NULL, 0),
                     200);
}

static void make_file(const char *path)
{
    file_handle file;

    assert_int_equal(file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE, &file), PORT_OK);
    file_close(file);
}

static unsigned count_plans(void)
{
    unsigned count = 0;

    while (count < POWER_TRANSFERS && plans[count].steps)
        count++;
    return count;
}

static void start(unsigned number, uint64_t *random)
{
    const struct plan *plan = &plans[number];
    struct power_transfer *transfer = &transfers[number];
    struct transfer_request request = { .method = "GET" };

    transfer->size = plan->size;
    transfer->completes = !plan->fails;
    transfer->path = NULL;
    if (!plan->private_file)
        transfer->path = memory_format(POWER_ROOT "/home/downloads/%u", number);
    if (transfer->path)
        make_file(transfer->path);
    request.url = server_url("FAULT_HTTP", "/script/%llu?token=%s&rate=%u&steps=%s",
                             (unsigned long long)plan->size, token_of(number), plan->rate,
                             steps_of(plan->steps, plan->size / 3, random));
    request.destination = transfer->path;
    watch_create_with(&watches[number], &request);
    transfer_get_id(watches[number].transfer, &transfer->id);
    if (plan->random_access)
        assert_int_equal(transfer_set_random_access(watches[number].transfer, true), PORT_OK);
    watch_start(&watches[number]);
    power_mark(MARK_STARTED, number, 0);
}

static void flush(void)
{
    power_mark(MARK_FLUSH, 0, 0);
    assert_int_equal(store_flush(engine_store(NULL)), PORT_OK);
    power_mark(MARK_FLUSHED, 0, 0);
}

/* A wide one is in pieces then. */
static void await_moment(unsigned number)
{
    if (!plans[number].bytes) {
        steer("held", number);
        return;
    }
    watch_wait_bytes(&watches[number], plans[number].bytes);
    assert_true(watch_count_ranges(&watches[number]) > 1);
}

static void act(unsigned number)
{
    struct transfer *transfer = watches[number].transfer;
    const struct plan *plan = &plans[number];

    if (plan->what == WHAT_PAUSE || plan->what == WHAT_CANCEL)
        await_moment(number);
    if (plan->what == WHAT_PAUSE) {
        assert_int_equal(transfer_pause(transfer), PORT_OK);
        watch_await_status(&watches[number], TRANSFER_PAUSED_BY_APPLICATION);
        steer("release", number);
        flush();
        assert_int_equal(transfer_resume(transfer), PORT_OK);
    } else if (plan->what == WHAT_CANCEL) {
        transfer_cancel(transfer);
        steer("release", number);
    }
}

static void end(unsigned number)
{
    struct transfer *transfer = watches[number].transfer;
    struct transfer_progress progress;
    struct transfer_error error;

    watch_wait(&watches[number], TRANSFER_EVENT_FINISHED, 1);
    transfer_get_progress(transfer, &progress);
    transfer_get_error(transfer, &error);
    if ((progress.status == TRANSFER_COMPLETED) != transfers[number].completes)
        print_error("transfer %u: %s\n", number, error.message);
    assert_int_equal(progress.status == TRANSFER_COMPLETED, transfers[number].completes);
    if (plans[number].what != WHAT_LEAVE) {
        power_mark(MARK_COLLECTED, number, 0);
        transfer_collect(transfer);
    }
}

/* The store is closed as by the end of the process, and another one is opened the next time. */
static void leave(void)
{
    struct engine *engine = engine_get();

    store_close(engine_store(NULL));
    engine->store = NULL;
    for (unsigned number = 0; number < count_plans(); number++) {
        transfer_table_remove(watches[number].transfer);
        watch_close(&watches[number]);
    }
}

static void record(uint64_t *random)
{
    struct power_disk *disk = power_alloc(sizeof(*disk));

    power_disk_init(disk, &trace);
    disk->slow = true;
    power_disk_use(disk);
    assert_int_equal(system_random(&run_number, sizeof(run_number)), PORT_OK);
    assert_int_equal(file_make_folders(POWER_ROOT "/home/downloads", false), PORT_OK);
    assert_int_equal(file_sync_folder(POWER_ROOT "/home"), PORT_OK);
    assert_int_equal(file_sync_folder(POWER_ROOT), PORT_OK);
    for (unsigned number = 0; number < count_plans(); number++)
        start(number, random);
    flush();
    for (unsigned number = 0; number < count_plans(); number++)
        act(number);
    for (unsigned number = 0; number < count_plans(); number++)
        end(number);
    flush();
    leave();
    power_disk_use(NULL);
    power_disk_leave(disk);
}

static void take(const struct power_step *step)
{
    power_told_take(told, step);
}

static bool check(uint64_t *random, char why[POWER_WHY_SIZE])
{
    (void)random;
    return power_check_transfers(transfers, told, why);
}

static void begin(struct power_session *session)
{
    test_setenv("WINRT_STATE_DIR", POWER_ROOT "/home/state");
    test_setenv("WINRT_APP_ID", "app");
    test_setenv("WINRT_MAX_TRANSFERS", "16");
    power_session_begin(session, test_seed());
    session->name = "transfers";
    session->take = take;
    session->check = check;
}

static void try_run(struct power_session *session, uint64_t wanted)
{
    record(&session->random);
    memset(told, 0, sizeof(told));
    power_session_try(session, &trace, wanted);
    power_trace_free(&trace);
    for (unsigned number = 0; number < count_plans(); number++)
        memory_free((char *)transfers[number].path);
}

static void survive(const struct plan *chosen, uint64_t wanted, uint64_t a_run)
{
    struct power_session session;

    plans = chosen;
    begin(&session);
    while (session.states < wanted && !session.failures)
        try_run(&session, a_run);
    power_session_tell(&session, true);
    assert_int_equal(session.failures, 0);
}

static void transfers_survive_power_cuts(void **state)
{
    uint64_t wanted = test_amount(SHORT_FORM, 1000000);

    (void)state;
    survive(one_connection_each, wanted, wanted / 8);
}

/* A run of these takes four seconds, since their server is slow. */
static void so_do_several_connections(void **state)
{
    (void)state;
    survive(several_connections_each, test_amount(SHORT_FORM / 4, 100000), SHORT_FORM / 4);
}

/* As after a power cut that has taken the file's name, with bytes in the record or without. */
static void lose_private_file(const char *steps)
{
    struct transfer_request request = { .method = "GET" };
    unsigned char bytes[64];
    size_t count;
    bool more;

    assert_int_equal(system_random(&run_number, sizeof(run_number)), PORT_OK);
    request.url = server_url("FAULT_HTTP", "/script/50000?token=%s&steps=%s", token_of(0), steps);
    watch_create_with(&watches[0], &request);
    watch_start(&watches[0]);
    watch_wait(&watches[0], TRANSFER_EVENT_RESPONSE, 1);
    steer("held", 0);
    assert_int_equal(transfer_pause(watches[0].transfer), PORT_OK);
    watch_await_status(&watches[0], TRANSFER_PAUSED_BY_APPLICATION);
    steer("release", 0);
    flush();
    assert_int_equal(file_remove(watches[0].transfer->path), PORT_OK);
    assert_int_equal(transfer_resume(watches[0].transfer), PORT_OK);
    watch_await_end(&watches[0], TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    assert_int_equal(transfer_read(watches[0].transfer, 20, bytes, sizeof(bytes), &count, &more),
                     PORT_OK);
    assert_int_equal(count, sizeof(bytes));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(bytes[i], pattern_byte(20 + i));
    transfer_collect(watches[0].transfer);
    watch_close(&watches[0]);
    watch_settle();
}

static void a_private_file_that_was_lost_is_made_again(void **state)
{
    struct power_session session;
    struct power_disk disk;

    (void)state;
    begin(&session);
    power_disk_init(&disk, NULL);
    power_disk_use(&disk);
    lose_private_file("hold:20000,ok");
    lose_private_file("hold:0,ok");
    store_close(engine_store(NULL));
    engine_get()->store = NULL;
    power_disk_use(NULL);
    power_disk_free(&disk);
}

static void a_disk_that_lies_is_found_out(void **state)
{
    static const unsigned lies[] = { POWER_LIE_FILES, POWER_LIE_FOLDERS };
    struct power_session session;

    (void)state;
    begin(&session);
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        session.lies = lies[i];
        session.failures = session.states = 0;
        try_run(&session, 0);
        printf("lie %u: %u of %u states show it\n", session.lies, (unsigned)session.failures,
               (unsigned)session.states);
        assert_true(session.failures > 0);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(transfers_survive_power_cuts),
    cmocka_unit_test(so_do_several_connections),
    cmocka_unit_test(a_private_file_that_was_lost_is_made_again),
    cmocka_unit_test(a_disk_that_lies_is_found_out),
};

TEST_MAIN_UNIT(tests)
