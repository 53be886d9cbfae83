/* SPDX-License-Identifier: MIT */
/*
 * The store and power cuts: real runs of it on a simulated disk (power_disk.h), and all that a cut
 * may leave of them (power_states.h), opened with the real code. docs/reliability.md
 */
#include <stdio.h>
#include <string.h>

#include "test_main.h"

#include "long_form.h"
#include "power_run.h"
#include "power_session.h"

static struct power_trace trace;
static struct power_run run;
static struct power_model model;

static unsigned below(unsigned limit)
{
    return test_random_below(&run.random, limit);
}

static void plain(void)
{
    for (unsigned i = 0; i < 150; i++) {
        unsigned what = below(10);

        if (what < 6)
            power_run_put(&run, below(12));
        else if (what < 8)
            power_run_remove(&run, below(12));
        else if (what == 8)
            power_run_flush(&run);
        else
            power_run_adopt(&run);
    }
}

static void with_files(void)
{
    for (unsigned i = 0; i < 120; i++) {
        unsigned what = below(12), thing = POWER_FILES + below(6);

        if (what < 7) {
            power_run_receive(&run, thing, 1 + below(9000));
        } else if (what < 9) {
            power_run_wait(&run);
        } else if (what == 9) {
            power_run_wait(&run);
            power_run_remove(&run, thing);
        } else {
            power_run_put(&run, below(8));
        }
    }
}

/* So many at a time that they share a sync of the volume. */
static void with_many_files(void)
{
    for (unsigned i = 0; i < 4; i++) {
        for (unsigned thing = POWER_FILES; thing < POWER_GROUP; thing++)
            power_run_receive(&run, thing, 1 + below(3000));
        power_run_wait(&run);
        for (unsigned thing = POWER_FILES; thing < POWER_GROUP; thing += 3)
            power_run_remove(&run, thing);
    }
}

static void with_compactions(void)
{
    run.payload = 9000;
    for (unsigned i = 0; i < 140; i++) {
        power_run_put(&run, below(8));
        if (!below(8))
            power_run_remove(&run, below(8));
        if (!below(8))
            power_run_flush(&run);
    }
}

/* The next process finds what the dead one left, which was not all durable, and goes on in it. */
static void with_a_kill(void)
{
    unsigned i;

    for (i = 0; i < 30; i++)
        power_run_put(&run, below(8));
    power_run_receive(&run, POWER_FILES, 5000);
    power_run_die(&run, below(8));
    power_run_open(&run);
    power_run_adopt(&run);
    power_run_flush(&run);
    for (i = 0; i < 30; i++) {
        power_run_put(&run, below(8));
        if (!below(6))
            power_run_flush(&run);
    }
    power_run_die(&run, below(8));
    power_run_open(&run);
    power_run_adopt(&run);
    power_run_put(&run, below(8));
    power_run_flush(&run);
}

/* Several dead ones, each with a hive of its own, for one that has one, too. Nobody writes what it
 * has not made or adopted. */
static void with_merges(void)
{
    for (unsigned round = 0; round < 3; round++) {
        for (unsigned i = 0; i < 3; i++) {
            unsigned first = (round * 3 + i) * 3;

            power_run_put(&run, first + below(3));
            power_run_receive(&run, POWER_FILES + first + below(3), 1 + below(5000));
            power_run_wait(&run);
            power_run_put(&run, first + below(3));
            power_run_die(&run, first + below(3));
            power_run_open(&run);
        }
        power_run_put(&run, 30);
        power_run_adopt(&run);
        power_run_flush(&run);
        for (unsigned i = 0; i < 6; i++) {
            power_run_remove(&run, below(round * 9 + 9));
            power_run_put(&run, below(round * 9 + 9));
            power_run_receive(&run, POWER_FILES + below(round * 9 + 9), 1 + below(3000));
        }
        power_run_wait(&run);
        power_run_remove(&run, POWER_FILES + below(round * 9 + 9));
        power_run_flush(&run);
        power_run_die(&run, 0);
        power_run_open(&run);
        power_run_adopt(&run);
    }
}

static void with_groups(void)
{
    run.payload = 3000;
    for (unsigned i = 0; i < 150; i++) {
        power_run_put_group(&run, POWER_GROUP + below(6));
        if (!below(10))
            power_run_put(&run, below(4));
        if (!below(5))
            power_run_flush(&run);
        if (i == 70) {
            power_run_die(&run, below(4));
            power_run_open(&run);
            power_run_adopt(&run);
        }
    }
}

/* No record ever, just groups. */
static void with_groups_alone(void)
{
    for (unsigned i = 0; i < 20; i++) {
        power_run_put_group(&run, POWER_GROUP + below(3));
        if (!below(3))
            power_run_flush(&run);
    }
}

static const struct scenario {
    const char *name;
    void (*act)(void);
} scenarios[] = {
    { "plain", plain },
    { "files", with_files },
    { "many files", with_many_files },
    { "compactions", with_compactions },
    { "a kill", with_a_kill },
    { "merges", with_merges },
    { "groups", with_groups },
    { "groups alone", with_groups_alone },
};

#define SCENARIOS (sizeof(scenarios) / sizeof(scenarios[0]))

static void record(const struct scenario *scenario, uint64_t random)
{
    struct power_disk *disk = power_alloc(sizeof(*disk));

    power_disk_init(disk, &trace);
    disk->slow = true;
    power_disk_use(disk);
    power_run_begin(&run, random);
    scenario->act();
    power_run_end(&run);
    power_disk_use(NULL);
    power_disk_leave(disk);
}

static void take(const struct power_step *step)
{
    power_model_take(&model, step);
}

static bool check(uint64_t *random, char why[POWER_WHY_SIZE])
{
    return power_check_store(&model, !test_random_below(random, 3), why);
}

static void begin(struct power_session *session)
{
    power_session_begin(session, test_seed());
    session->take = take;
    session->check = check;
}

static void try_scenario(struct power_session *session, const struct scenario *scenario,
                         uint64_t wanted)
{
    record(scenario, test_random(&session->random));
    session->name = scenario->name;
    power_model_reset(&model);
    power_session_try(session, &trace, wanted);
    power_trace_free(&trace);
}

static void a_store_survives_power_cuts(void **state)
{
    uint64_t wanted = test_amount(SHORT_FORM, 1000000);
    struct power_session session;

    (void)state;
    begin(&session);
    for (unsigned i = 0; session.states < wanted && !session.failures; i++)
        try_scenario(&session, &scenarios[i % SCENARIOS], wanted / SCENARIOS / 8);
    power_session_tell(&session, true);
    assert_int_equal(session.failures, 0);
}

/* Were the checks worth nothing, they would find nothing here either. */
static void a_disk_that_lies_is_found_out(void **state)
{
    static const struct {
        unsigned lie, scenario;
    } table[] = {
        { POWER_LIE_FILES, 0 },   { POWER_LIE_FOLDERS, 0 }, { POWER_LIE_FILES, 1 },
        { POWER_LIE_FOLDERS, 1 }, { POWER_LIE_VOLUMES, 2 }, { POWER_LIE_FILES, 3 },
        { POWER_LIE_FOLDERS, 3 }, { POWER_LIE_FILES, 4 },   { POWER_LIE_FILES, 5 },
        { POWER_LIE_FILES, 6 },   { POWER_LIE_FOLDERS, 7 },
    };
    struct power_session session;

    (void)state;
    begin(&session);
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        session.lies = table[i].lie;
        session.failures = session.states = 0;
        try_scenario(&session, &scenarios[table[i].scenario], 0);
        printf("%s, lie %u: %u of %u states show it\n", session.name, session.lies,
               (unsigned)session.failures, (unsigned)session.states);
        assert_true(session.failures > 0);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_store_survives_power_cuts),
    cmocka_unit_test(a_disk_that_lies_is_found_out),
};

TEST_MAIN_UNIT(tests)
