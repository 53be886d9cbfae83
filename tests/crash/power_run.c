/* SPDX-License-Identifier: MIT */
#include "power_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "power_records.h"
#include "src/port/memory.h"
#include "src/store/value_set.h"

void power_run_begin(struct power_run *run, uint64_t random)
{
    memset(run, 0, sizeof(*run));
    run->random = random;
    run->payload = 100;
    mutex_init(&run->mutex);
    condition_init(&run->changed);
    for (unsigned i = 0; i < POWER_THINGS; i++)
        run->files[i] = FILE_HANDLE_NONE;
    /* Where apps keep their state is there before they are. */
    assert_int_equal(file_make_folder(POWER_ROOT "/home", false), PORT_OK);
    assert_int_equal(file_sync_folder(POWER_ROOT), PORT_OK);
    power_run_open(run);
}

void power_run_open(struct power_run *run)
{
    assert_int_equal(store_create(POWER_APP, &run->store), PORT_OK);
}

static void close_files(struct power_run *run)
{
    for (unsigned i = 0; i < POWER_THINGS; i++) {
        file_close(run->files[i]);
        run->files[i] = FILE_HANDLE_NONE;
    }
}

void power_run_end(struct power_run *run)
{
    power_run_wait(run);
    store_close(run->store);
    close_files(run);
    for (unsigned i = 0; i < POWER_THINGS; i++)
        memory_free(run->paths[i]);
    condition_destroy(&run->changed);
    mutex_destroy(&run->mutex);
}

static bool is_newest(void *context, const struct store_id *id, const struct value_set *values)
{
    struct power_run *run = context;
    unsigned thing = power_record_thing(id);

    assert_int_equal(power_record_check(thing, values), run->versions[thing]);
    return true;
}

void power_run_adopt(struct power_run *run)
{
    assert_int_equal(store_adopt(run->store, is_newest, run), PORT_OK);
}

static void put(struct power_run *run, unsigned thing, uint64_t bytes)
{
    struct value_set *values;
    struct store_id id;

    power_record_id(thing, &id);
    values =
        power_record_make(thing, ++run->versions[thing], run->payload, run->paths[thing], bytes);
    power_mark(MARK_ISSUED, thing, run->versions[thing]);
    assert_int_equal(store_put(run->store, &id, values), PORT_OK);
    value_set_free(values);
}

void power_run_put(struct power_run *run, unsigned thing)
{
    put(run, thing, 0);
}

void power_run_remove(struct power_run *run, unsigned thing)
{
    struct store_id id;

    power_record_id(thing, &id);
    power_mark(MARK_ISSUED, thing, POWER_GONE);
    assert_int_equal(store_remove(run->store, &id), PORT_OK);
    file_close(run->files[thing]);
    run->files[thing] = FILE_HANDLE_NONE;
    if (run->paths[thing])
        file_remove(run->paths[thing]);
    memory_free(run->paths[thing]);
    run->paths[thing] = NULL;
    run->bytes[thing] = 0;
}

const char *power_group_name(unsigned thing)
{
    static _Thread_local char name[32];

    snprintf(name, sizeof(name), "Group %u", thing);
    return name;
}

void power_run_put_group(struct power_run *run, unsigned thing)
{
    struct value_set *values =
        power_record_make(thing, ++run->versions[thing], run->payload, NULL, 0);

    power_mark(MARK_ISSUED, thing, run->versions[thing]);
    assert_int_equal(store_put_group(run->store, power_group_name(thing), values), PORT_OK);
    value_set_free(values);
}

void power_run_flush(struct power_run *run)
{
    power_mark(MARK_FLUSH, 0, 0);
    assert_int_equal(store_flush(run->store), PORT_OK);
    power_mark(MARK_FLUSHED, 0, 0);
}

struct received {
    struct store_job job;
    struct power_run *run;
    unsigned thing;
    uint64_t bytes;
    uint32_t version;
    char *folder;
};

static void on_durable(struct store_job *job, enum port_status status)
{
    struct received *received = (struct received *)job;

    assert_int_equal(status, PORT_OK);
    put(received->run, received->thing, received->bytes);
    received->version = received->run->versions[received->thing];
}

static void on_committed(struct store_job *job, enum port_status status)
{
    struct received *received = (struct received *)job;
    struct power_run *run = received->run;

    assert_int_equal(status, PORT_OK);
    power_mark(MARK_COMMITTED, received->thing, received->version);
    memory_free(received->folder);
    free(received);
    mutex_lock(&run->mutex);
    run->jobs--;
    condition_broadcast(&run->changed);
    mutex_unlock(&run->mutex);
}

/* As the engine does it: the file is in the record before it has a byte. */
static void need_file(struct power_run *run, unsigned thing)
{
    if (run->paths[thing]) {
        if (run->files[thing] == FILE_HANDLE_NONE)
            assert_int_equal(file_open(run->paths[thing], FILE_OPEN_WRITE, &run->files[thing]),
                             PORT_OK);
        return;
    }
    assert_int_equal(store_private_file(run->store, "result", &run->paths[thing],
                                        &run->files[thing]),
                     PORT_OK);
    put(run, thing, 0);
}

void power_run_receive(struct power_run *run, unsigned thing, size_t bytes)
{
    struct received *received = power_alloc(sizeof(*received));
    uint8_t *block = power_alloc(bytes);

    memset(received, 0, sizeof(*received));
    need_file(run, thing);
    power_file_fill(thing, run->bytes[thing], block, bytes);
    assert_int_equal(file_write_at(run->files[thing], run->bytes[thing], block, bytes), PORT_OK);
    free(block);
    received->job.file = run->files[thing];
    if (!run->bytes[thing]) {
        received->folder = memory_strdup(run->paths[thing]);
        *strrchr(received->folder, '/') = 0;
    }
    received->job.folder = received->folder;
    received->job.durable = on_durable;
    received->job.committed = on_committed;
    received->run = run;
    received->thing = thing;
    received->bytes = run->bytes[thing] += bytes;
    mutex_lock(&run->mutex);
    run->jobs++;
    mutex_unlock(&run->mutex);
    store_submit(run->store, &received->job);
}

void power_run_wait(struct power_run *run)
{
    mutex_lock(&run->mutex);
    while (run->jobs)
        condition_wait(&run->changed, &run->mutex);
    mutex_unlock(&run->mutex);
}

void power_run_die(struct power_run *run, unsigned thing)
{
    power_run_wait(run);
    power_freeze();
    power_run_put(run, thing);
    power_kill();
    close_files(run);
    run->store = NULL;
}
