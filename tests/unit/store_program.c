/* SPDX-License-Identifier: MIT */
/*
 * Another process with a store, for tests: store_program COMMAND ...
 *
 *   put FOLDER FIRST COUNT          puts records, and dies without closing the store
 *   hold FOLDER FIRST COUNT SIGNAL  puts records, makes SIGNAL and lives until SIGNAL.end is there
 *   lock PATH SIGNAL                takes the lock, makes SIGNAL and holds it until SIGNAL.end
 *   write FOLDER SIGNAL             makes SIGNAL, and puts records 0 to 9 with ever higher versions
 *                                   until it is killed; each version is in the file SIGNAL.n before
 *                                   the next record is put
 *   adopt FOLDER NAME START         waits for START, adopts, writes what to the file NAME, makes
 *                                   NAME.done and lives until NAME.end is there
 *   crash FOLDER N                  adopts, and dies at the N-th call that changes files; 0: there
 *                                   were not as many
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "programs.h"
#include "running.h"
#include "src/port/file_lock.h"
#include "store_program.h"
#include "store_records.h"
#include "strings_ring.h"
#include "test_files.h"

static unsigned number(const char *text)
{
    return (unsigned)strtoul(text, NULL, 10);
}

static int put(char **arguments)
{
    struct store *store = open_store(arguments[0]);

    put_records(store, number(arguments[1]), number(arguments[2]));
    program_die(0);
}

static int wait_for_end(const char *signal)
{
    return signal_wait(ring_format("%s.end", signal)) ? 0 : 1;
}

static int hold(char **arguments)
{
    struct store *store = open_store(arguments[0]);

    put_records(store, number(arguments[1]), number(arguments[2]));
    store_flush(store);
    signal_make(arguments[3]);
    program_die(wait_for_end(arguments[3]));
}

static int lock(char **arguments)
{
    struct file_lock *taken;
    enum port_status status = file_lock_take(arguments[0], true, &taken);

    if (status)
        return status == PORT_BUSY ? LOCK_WAS_BUSY : 1;
    signal_make(arguments[1]);
    return wait_for_end(arguments[1]);
}

static int write_on(char **arguments)
{
    struct store *store = open_store(arguments[0]);
    file_handle files[WRITTEN];

    for (unsigned i = 0; i < WRITTEN; i++) {
        if (file_open(ring_format("%s.%u", arguments[1], i), FILE_OPEN_WRITE | FILE_OPEN_CREATE,
                      &files[i]))
            return 1;
    }
    signal_make(arguments[1]);
    for (unsigned version = 1; version; version++) {
        for (unsigned i = 0; i < WRITTEN; i++) {
            put_record(store, i, version);
            if (file_write_at(files[i], 0, &version, sizeof(version)))
                return 1;
        }
    }
    return 0;
}

/* Must not allocate much: the numbers and versions, each on a line. */
static void write_adopted(const char *path, const struct adopted *adopted)
{
    size_t size = 0, room = adopted->count * 32 + 1;
    char *text = malloc(room);

    for (unsigned i = 0; text && i < RECORDS_MAX; i++) {
        for (unsigned times = 0; times < adopted->times[i]; times++)
            size += (size_t)snprintf(text + size, room - size, "%u %u\n", i, adopted->versions[i]);
    }
    test_file_write(path, text, size);
    free(text);
}

static int adopt(char **arguments)
{
    struct store *store = open_store(arguments[0]);
    static struct adopted adopted;

    signal_make(ring_format("%s.ready", arguments[1]));
    if (!signal_wait(arguments[2]))
        return 1;
    if (store_adopt(store, note_adopted, &adopted))
        return 2;
    write_adopted(arguments[1], &adopted);
    signal_make(ring_format("%s.done", arguments[1]));
    program_die(wait_for_end(arguments[1]));
}

static atomic_int calls_left;

static void count_call(void)
{
    if (atomic_fetch_sub(&calls_left, 1) == 1)
        program_die(CRASHED_HERE);
}

static enum port_status counted_write(file_handle file, uint64_t offset, const void *buffer,
                                      size_t size, size_t *ret)
{
    count_call();
    return file_real_ops.write_at(file, offset, buffer, size, ret);
}

static enum port_status counted_open(const char *path, unsigned flags, file_handle *ret)
{
    if (flags & FILE_OPEN_CREATE)
        count_call();
    return file_real_ops.open(path, flags, ret);
}

static enum port_status counted_resize(file_handle file, uint64_t size)
{
    count_call();
    return file_real_ops.resize(file, size);
}

static enum port_status counted_rename(const char *from, const char *to, bool replace)
{
    count_call();
    return file_real_ops.rename(from, to, replace);
}

static enum port_status counted_remove(const char *path)
{
    count_call();
    return file_real_ops.remove(path);
}

static enum port_status counted_sync(file_handle file)
{
    count_call();
    return file_real_ops.sync(file);
}

static enum port_status counted_sync_folder(const char *path)
{
    count_call();
    return file_real_ops.sync_folder(path);
}

static int crash(char **arguments)
{
    struct store *store = open_store(arguments[0]);
    static struct adopted adopted;
    static struct file_ops ops;

    ops = file_real_ops;
    ops.open = counted_open;
    ops.write_at = counted_write;
    ops.resize = counted_resize;
    ops.rename = counted_rename;
    ops.remove = counted_remove;
    ops.sync = counted_sync;
    ops.sync_folder = counted_sync_folder;
    calls_left = (int)number(arguments[1]);
    file_set_ops(&ops);
    /* One of its own first, so that the dead ones are merged and not taken as they are. */
    put_record(store, OWN_RECORD, 1);
    if (store_adopt(store, note_adopted, &adopted))
        program_die(2);
    program_die(0);
}

static const struct {
    const char *name;
    int arguments;
    int (*run)(char **arguments);
} commands[] = {
    { "put", 3, put },        { "hold", 4, hold },   { "lock", 2, lock },
    { "write", 2, write_on }, { "adopt", 3, adopt }, { "crash", 2, crash },
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (!strcmp(argv[1], commands[i].name) && argc == 2 + commands[i].arguments)
            return commands[i].run(argv + 2);
    }
    return 3;
}
