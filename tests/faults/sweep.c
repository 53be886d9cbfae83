/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE

#include "sweep.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <oleauto.h>
#include <roapi.h>

#include "environment.h"
#include "long_form.h"
#include "scratch.h"
#include "src/port/app_identity.h"
#include "src/port/clock.h"
#include "src/port/memory.h"
#include "src/store/store_tool.h"
#include "test_event.h"
#include "test_main.h"
#include "trace.h"

#define CHILD_SECONDS 60
#define MOST_CALLS    5000
#define MOST_BROKEN   5
/* A block that stays of each is more than is allowed for chance. */
#define GROWTH_RUNS 10

struct facts *facts;

static unsigned run_number;

/* The balance of a run in which nothing failed. */
static struct fault_balance expected;

const char *run_name(const char *name)
{
    static char names[16][40];
    static unsigned next;
    char *text = names[next++ % 16];

    snprintf(text, sizeof(names[0]), "%s-%u", name, run_number);
    return text;
}

struct started *facts_find(const GUID *id)
{
    for (unsigned i = 0; i < facts->count; i++) {
        if (!memcmp(&facts->started[i].id, id, sizeof(*id)))
            return &facts->started[i];
    }
    return NULL;
}

/* What is run in a process of its own. */
struct job {
    const struct scenario *scenario;
    struct fault_plan plan;
    bool killed; /* in the end, instead of going on */
    void (*run)(const struct job *job);
};

/* Less is what the process would have made for the rest of its life when it came to that: the
 * module of a library, the watch on the store's folder. */
static bool is_within(const struct fault_balance *one, const struct fault_balance *other)
{
    return one->blocks <= other->blocks && one->files <= other->files &&
           one->handles <= other->handles && one->lists <= other->lists;
}

/* Threads of the library give back what they hold when they come to it. */
static void await_balance(const struct fault_balance *wanted)
{
    uint64_t deadline = test_deadline(wanted ? 5000 : 100);
    struct fault_balance now, before = { 0 };

    do {
        usleep(500);
        faults_balance(&now);
        if (!wanted && (!is_within(&now, &before) || !is_within(&before, &now)))
            deadline = test_deadline(100);
        before = now;
    } while ((!wanted || !is_within(&now, wanted) || client_delegates()) &&
             test_deadline(0) < deadline);
    facts->balance = now;
    if (trace_wanted())
        trace_blocks();
    if (client_delegates())
        client_broken("%u delegates are still held", client_delegates());
    if (wanted && !is_within(&now, wanted))
        client_broken("%ld blocks, %ld files, %ld handles, %ld lists instead of %ld, %ld, %ld, %ld",
                      now.blocks, now.files, now.handles, now.lists, wanted->blocks, wanted->files,
                      wanted->handles, wanted->lists);
}

static bool is_allowed(enum fault_kind kind, HRESULT hr)
{
    static const HRESULT allowed[FAULT_KIND_MAX][2] = {
        [FAULT_MEMORY] = { E_OUTOFMEMORY },
        [FAULT_DISK_FULL] = { __HRESULT_FROM_WIN32(ERROR_DISK_FULL) },
        [FAULT_IO] = { __HRESULT_FROM_WIN32(ERROR_IO_DEVICE) },
        [FAULT_HANDLES] = { __HRESULT_FROM_WIN32(ERROR_TOO_MANY_OPEN_FILES) },
        [FAULT_NETWORK] = { E_OUTOFMEMORY, E_FAIL },
    };

    return hr == S_OK || hr == allowed[kind][0] || hr == allowed[kind][1];
}

static void run_once(const struct job *job)
{
    HRESULT hr;

    faults_arm(&job->plan);
    hr = RoInitialize(RO_INIT_MULTITHREADED);
    if (SUCCEEDED(hr)) {
        hr = job->scenario->run();
        faults_disarm();
    } else {
        faults_disarm();
        MUST(RoInitialize(RO_INIT_MULTITHREADED) == S_OK);
    }
    facts->hr = hr;
    facts->reached = faults_reached();
    facts->calls = faults_calls();
    snprintf(facts->call, sizeof(facts->call), "%s", faults_call());
    if (!is_allowed(facts->reached ? job->plan.kind : FAULT_NONE, hr))
        client_broken("0x%08x", (unsigned)hr);
    facts->ended = true;
}

/* The text of the latest failure, which is the thread's. */
static void forget_error(void)
{
    IErrorInfo *info = NULL;

    GetErrorInfo(0, &info);
    client_release(info);
}

/* A process that is a quarter of a second old has made the watch on the store's folder, and a run
 * that was faster than its cancelling a handle and the buffer for writing. Of `transfers`, each
 * that ran beside the others has made an exchange with its buffer, which is kept; and one whose
 * record could not be taken out of the store keeps a key in it. */
static void allow_chance(struct fault_balance *balance, unsigned transfers)
{
    balance->blocks += 1 + 3 * (1 + transfers);
    balance->handles += 1 + transfers;
}

/* What lives as long as the process is there by now. */
static void check_no_growth(const struct scenario *scenario)
{
    struct fault_balance before = facts->balance;

    allow_chance(&before, 0);
    for (unsigned i = 0; i < GROWTH_RUNS; i++) {
        run_number++;
        MUST(scenario->run() == S_OK);
        client_settle();
    }
    forget_error();
    await_balance(&before);
}

/* The run; and that nothing of it hurts what comes later. */
static void run_and_go_on(const struct job *job)
{
    struct fault_balance most = expected;
    HRESULT hr;

    run_once(job);
    allow_chance(&most, facts->count);
    if (job->killed)
        _exit(0);
    client_settle();
    run_number++;
    hr = job->scenario->run();
    if (hr != S_OK)
        client_broken("0x%08x, the second time", (unsigned)hr);
    client_settle();
    forget_error();
    await_balance(job->plan.kind ? &most : NULL);
    if (!job->plan.kind)
        check_no_growth(job->scenario);
    RoUninitialize();
}

static void run_preparation(const struct job *job)
{
    MUST(RoInitialize(RO_INIT_MULTITHREADED) == S_OK);
    MUST(job->scenario->prepare() == S_OK);
    _exit(0);
}

/* The store as it lies there, by the real files. */
struct look {
    unsigned count, unknown;
    bool found[FACTS_STARTED];
};

static bool look_at(void *context, const struct store_tool_record *record)
{
    struct look *look = context;
    struct started *started = facts_find((const GUID *)record->id.bytes);

    look->count++;
    if (started)
        look->found[started - facts->started] = true;
    else
        look->unknown++;
    return true;
}

static bool look_at_store(const struct job *job, struct look *look)
{
    enum port_status status;
    char *folder = NULL;

    *look = (struct look){ 0 };
    assert_int_equal(app_state_folder(NULL, &folder), PORT_OK);
    status = store_tool_visit(folder, look_at, look);
    memory_free(folder);
    if (status)
        print_error("%s, %s %u: the store cannot be read: %d\n", job->scenario->name,
                    fault_kind_name(job->plan.kind), job->plan.first, (int)status);
    return !status;
}

/* What was delivered leaves the store when its file is durable, for which exit would not wait. */
static void run_recovery(const struct job *job)
{
    uint64_t deadline = test_deadline(10000);
    struct look look;

    MUST(RoInitialize(RO_INIT_MULTITHREADED) == S_OK);
    client_settle();
    while (look_at_store(job, &look) && look.count && test_deadline(0) < deadline)
        usleep(500);
    RoUninitialize();
}

/* False: it was wrong, and was told. */
static bool run_child(const struct job *job, const char *what)
{
    int status = 0;
    pid_t pid;

    facts->broken[0] = 0;
    fflush(NULL);
    pid = fork();
    assert_true(pid >= 0);
    if (!pid) {
        alarm(CHILD_SECONDS);
        faults_install();
        job->run(job);
        exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (WIFEXITED(status) && !WEXITSTATUS(status))
        return true;
    if (WIFSIGNALED(status))
        snprintf(facts->broken, sizeof(facts->broken), "%s",
                 WTERMSIG(status) == SIGALRM ? "hung" : strsignal(WTERMSIG(status)));
    else if (!facts->broken[0])
        snprintf(facts->broken, sizeof(facts->broken), "exit code %d", WEXITSTATUS(status));
    print_error("%s, %s of %s %u (%s)%s, hr 0x%08x at %s: %s\n", job->scenario->name, what,
                fault_kind_name(job->plan.kind), job->plan.first, facts->call,
                job->plan.lasting ? " and on" : "", (unsigned)facts->hr, facts->failed_at,
                facts->broken);
    return false;
}

/* Everything that was started and not delivered is there, and nothing else that was not. */
static bool check_store(const struct job *job)
{
    struct job recovery = *job;
    struct look look;
    bool good = look_at_store(job, &look);

    for (unsigned i = 0; i < facts->count; i++) {
        if (facts->started[i].delivered || look.found[i])
            continue;
        print_error("%s, %s %u (%s)%s: %s is lost\n", job->scenario->name,
                    fault_kind_name(job->plan.kind), job->plan.first, facts->call,
                    job->plan.lasting ? " and on" : "", facts->started[i].name);
        good = false;
    }
    if (look.unknown) {
        print_error("%s, %s %u (%s)%s: a transfer that was not started is in the store\n",
                    job->scenario->name, fault_kind_name(job->plan.kind), job->plan.first,
                    facts->call, job->plan.lasting ? " and on" : "");
        good = false;
    }
    if (!look.count)
        return good;
    recovery.run = run_recovery;
    if (!run_child(&recovery, "recovery"))
        return false;
    if (!look_at_store(job, &look) || look.count) {
        print_error("%s, %s %u: %u are left after all were delivered\n", job->scenario->name,
                    fault_kind_name(job->plan.kind), job->plan.first, look.count);
        good = false;
    }
    return good;
}

static bool run_job(const struct job *job)
{
    struct job preparation = *job;

    memset(facts, 0, sizeof(*facts));
    assert_true(scratch_prepare(getenv("WINRT_STATE_DIR")));
    preparation.run = run_preparation;
    if (job->scenario->prepare && !run_child(&preparation, "preparation"))
        return false;
    if (!run_child(job, job->killed ? "kill" : "run"))
        return false;
    return check_store(job);
}

/* How far from one that is tried to the next. */
static unsigned stride_of(const struct job *job, unsigned calls)
{
    unsigned tries =
        (unsigned)test_amount(job->plan.lasting || job->killed ? (TRIES + 4) / 5 : TRIES, UINT_MAX);

    return calls / tries + 1;
}

/* Threads make the number of calls a matter of chance: behind the last one each is tried. */
static unsigned next_number(unsigned number, unsigned stride, unsigned calls)
{
    if (number >= calls)
        return number + 1;
    return calls - number > stride ? number + stride : calls;
}

struct tally {
    unsigned runs, broken;
};

static void sweep_one(struct job *job, unsigned calls, struct tally *tally)
{
    unsigned stride = stride_of(job, calls), beyond = 0;
    const char *only = getenv("WINRT_FAULTS_ONLY");

    if (only) {
        job->plan.first = (unsigned)strtoul(only, NULL, 10);
        tally->broken += !run_job(job);
        return;
    }
    for (unsigned number = 1; beyond < 2 && number < MOST_CALLS;
         number = next_number(number, stride, calls)) {
        job->plan.first = number;
        tally->broken += !run_job(job);
        tally->runs++;
        if (tally->broken >= MOST_BROKEN)
            return;
        beyond += !facts->reached;
    }
}

void sweep(const struct scenario *scenario, const enum fault_kind *kinds)
{
    struct job job = { .scenario = scenario, .run = run_and_go_on };
    uint64_t begun = clock_monotonic_ms();
    struct tally tally = { 0, 0 };
    unsigned calls;

    test_setenv("WINRT_STATE_DIR", test_path("state"));
    test_setenv("WINRT_APP_ID", "faults");
    facts = mmap(NULL, sizeof(*facts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(facts, MAP_FAILED);
    assert_true(run_job(&job));
    expected = facts->balance;
    for (; *kinds; kinds++) {
        job.plan = (struct fault_plan){ .kind = *kinds, .first = UINT_MAX };
        job.killed = false;
        assert_true(run_job(&job));
        calls = facts->calls;
        for (unsigned way = 0; way < 4; way++) {
            job.plan.lasting = way & 1;
            job.killed = way & 2;
            sweep_one(&job, calls, &tally);
        }
    }
    printf("%s: %u runs, %llu s\n", scenario->name, tally.runs,
           (unsigned long long)(clock_monotonic_ms() - begun + 500) / 1000);
    assert_int_equal(tally.broken, 0);
}
