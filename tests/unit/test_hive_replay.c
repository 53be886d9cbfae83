/* SPDX-License-Identifier: MIT */
/* Replaying logs that no hive of ours has written, or that are larger than what is read at once. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "hive_dump.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/store/bytes.h"
#include "src/store/crc32c.h"
#include "src/store/log_format.h"

#define PATH     test_path("app.hive")
#define MARKER   0x0123456789abcdefull
#define LARGE    (3u << 20) /* more than the replay has in memory */
#define LOG_SIZE (LARGE + (1u << 20))

/* A log, made record by record. */
struct made_log {
    uint8_t *bytes;
    uint64_t size;
};

static void begin_log(struct made_log *log)
{
    log->bytes = calloc(1, LOG_SIZE);
    assert_non_null(log->bytes);
    log_header_put(log->bytes, MARKER);
    log->size = LOG_HEADER_SIZE;
}

/* Where the record is. */
static uint8_t *add_record(struct made_log *log, unsigned kind, const char *path, size_t length)
{
    struct log_record record = { .kind = (enum log_kind)kind, .path = path, .path_length = length };
    uint8_t *at = log->bytes + log->size;

    log_record_put(at, MARKER, log->size, &record);
    log->size += log_record_size(length, 0);
    return at;
}

static void add_key(struct made_log *log, const char *path)
{
    add_record(log, LOG_VALUES, path, strlen(path));
}

/* The CRC of a record that was changed, as in log_format.c. */
static void sign_again(const struct made_log *log, uint8_t *record)
{
    uint8_t place[8];

    put_u64(place, (uint64_t)(record - log->bytes));
    put_u32(record + 8, crc32c(crc32c(0, place, sizeof(place)), record + 12,
                               LOG_RECORD_SIZE - 12 + get_u32(record + 12)));
}

static void save_log(struct made_log *log)
{
    unsigned flags = FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_TRUNCATE | FILE_OPEN_PRIVATE;
    file_handle file;

    assert_int_equal(file_open(PATH, flags, &file), PORT_OK);
    assert_int_equal(file_write_at(file, 0, log->bytes, (size_t)log->size), PORT_OK);
    file_close(file);
    free(log->bytes);
}

static void assert_replayed(const char *expected, uint64_t bad, uint64_t torn)
{
    struct hive_damage damage;
    struct hive *hive;

    assert_int_equal(hive_open_read_only(PATH, &hive), PORT_OK);
    hive_get_damage(hive, &damage);
    assert_hive(hive, expected);
    hive_close(hive);
    assert_int_equal(damage.bad_records, bad);
    assert_int_equal(damage.torn_bytes, torn);
}

/* Their CRC is right: another program, or a later version, has written them. */
static void records_that_mean_nothing_are_skipped(void **state)
{
    char long_path[LOG_PATH_MAX + 1];
    struct made_log log;
    uint8_t *record;

    (void)state;
    memset(long_path, 'a', sizeof(long_path));
    for (size_t i = 100; i < sizeof(long_path); i += 100)
        long_path[i] = '\\';
    begin_log(&log);
    add_key(&log, "A");
    add_record(&log, 77, "A", 1); /* of a kind that is not known */
    add_record(&log, LOG_GONE, "", 0);
    add_record(&log, LOG_GONE, "A\\\\B", 4);
    add_record(&log, LOG_GONE, "A\0B", 3);
    add_record(&log, LOG_VALUES, "A\0B", 3);
    add_record(&log, LOG_GONE, "B", 1); /* well said of what is not there */
    add_key(&log, "B");
    save_log(&log);
    assert_replayed("A\nB\n", 5, 0);

    begin_log(&log);
    add_key(&log, "A");
    record = add_record(&log, LOG_VALUES, long_path, sizeof(long_path));
    assert_int_equal(get_u32(record + 12), sizeof(long_path));
    add_key(&log, "B");
    record = add_record(&log, LOG_VALUES, "C", 1);
    put_u16(record + 18, 2); /* a path longer than the record */
    sign_again(&log, record);
    add_key(&log, "D");
    save_log(&log);
    assert_replayed("A\nB\nD\n", 2, 0);
}

/* These two pairs have one hash each: of one length, and of two. */
static void names_of_one_hash_are_two_keys(void **state)
{
    struct made_log log;

    (void)state;
    begin_log(&log);
    add_key(&log, "glbvs");
    add_key(&log, "yacxa");
    add_key(&log, "glbvs\\x"); /* and so have what is below them */
    add_key(&log, "yacxa\\x");
    add_key(&log, "ehelhg");
    add_key(&log, "myhfoxhr");
    add_record(&log, LOG_GONE, "glbvs", 5);
    add_record(&log, LOG_GONE, "ehelhg", 6);
    save_log(&log);
    assert_replayed("yacxa\nyacxa\\x\nmyhfoxhr\n", 0, 0);
}

static void a_tail_of_any_length_is_torn_to_the_byte(void **state)
{
    struct made_log log;
    uint64_t end;

    (void)state;
    begin_log(&log);
    add_key(&log, "A");
    end = log.size;
    memset(log.bytes + end, 0xaa, LARGE);
    log.size += LARGE + 512; /* zeros at the end are no remains */
    save_log(&log);
    assert_replayed("A\n", 0, LARGE);
}

/* A hive with keys by the hundred and then a value that is larger than the window. */
static void make_large_hive(void)
{
    uint8_t *value = calloc(1, LARGE);
    struct hive *hive;
    char name[32];

    assert_non_null(value);
    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    for (int i = 0; i < 400; i++) {
        snprintf(name, sizeof(name), "Keys\\%d", i);
        assert_int_equal(hive_create_key(hive, name), PORT_OK);
    }
    assert_int_equal(hive_set_value(hive, "Large", "Empty", REGISTRY_SZ, "", 0), PORT_OK);
    assert_int_equal(hive_set_value(hive, "Large", "Value", REGISTRY_BINARY, value, LARGE),
                     PORT_OK);
    hive_close(hive);
    free(value);
}

static void assert_large_hive(struct hive *hive)
{
    size_t size = 0, empty = 1;
    char byte;

    assert_int_equal(hive_count_keys(hive, "Keys"), 400);
    assert_int_equal(hive_query_value(hive, "Large", "Value", REGISTRY_BINARY, NULL, &size),
                     PORT_OK);
    assert_int_equal(size, LARGE);
    assert_int_equal(hive_query_value(hive, "Large", "Empty", REGISTRY_SZ, &byte, &empty), PORT_OK);
    assert_int_equal(empty, 0);
}

/* Memory of which one allocation fails: how many come before it. */
static int allowed = -1;

static bool may_allocate(void)
{
    return allowed < 0 || allowed-- > 0;
}

static void *allocate(size_t size)
{
    return may_allocate() ? malloc(size) : NULL;
}

static void *resize(void *block, size_t size)
{
    return may_allocate() ? realloc(block, size) : NULL;
}

static const struct memory_ops scarce_memory = { allocate, resize, free };

/* All of it or nothing: what memory is missing for is not taken for damage. */
static void without_memory_nothing_is_replayed(void **state)
{
    bool failed = true;
    int count;

    (void)state;
    make_large_hive();
    memory_set_ops(&scarce_memory);
    for (count = 0; failed; count++) {
        enum port_status status;
        struct hive *hive;

        allowed = count;
        status = hive_open_read_only(PATH, &hive);
        failed = allowed < 0;
        allowed = -1;
        assert_true(status == PORT_OK || (failed && status == PORT_NO_MEMORY && !hive));
        if (!status)
            assert_large_hive(hive);
        hive_close(hive);
        assert_true(count < 2000);
    }
    assert_true(count > 400);
    memory_set_ops(NULL);
}

/* How many bytes of the file there are left to read. */
static uint64_t shrunk_to;

static enum port_status read_shrunk(file_handle file, uint64_t offset, void *buffer, size_t size,
                                    size_t *ret)
{
    if (offset >= shrunk_to)
        size = 0;
    else if (size > shrunk_to - offset)
        size = (size_t)(shrunk_to - offset);
    return file_real_ops.read_at(file, offset, buffer, size, ret);
}

/* A file that becomes shorter while it is read is as one that was cut off. */
static void a_file_that_shrinks_is_cut_off_there(void **state)
{
    struct file_ops ops = file_real_ops;
    struct made_log log;
    uint64_t end;

    (void)state;
    begin_log(&log);
    add_key(&log, "A");
    end = log.size;
    add_key(&log, "B");
    save_log(&log);
    ops.read_at = read_shrunk;
    file_set_ops(&ops);
    for (shrunk_to = end; shrunk_to < end + LOG_RECORD_SIZE + 1; shrunk_to++)
        assert_replayed("A\n", 0, 0);
    file_set_ops(NULL);
    assert_replayed("A\nB\n", 0, 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(records_that_mean_nothing_are_skipped),
    cmocka_unit_test(names_of_one_hash_are_two_keys),
    cmocka_unit_test(a_tail_of_any_length_is_torn_to_the_byte),
    cmocka_unit_test(without_memory_nothing_is_replayed),
    cmocka_unit_test(a_file_that_shrinks_is_cut_off_there),
};
TEST_MAIN_UNIT(tests)
