/* SPDX-License-Identifier: MIT */
/* Hives that were cut off, have wrong bytes in them, or are none. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "hive_dump.h"
#include "hive_steps.h"
#include "src/port/memory.h"
#include "src/store/bytes.h"
#include "src/store/crc32c.h"
#include "src/store/log_format.h"
#include "src/store/names.h"

#define PATH test_path("app.hive")

static void write_file(const char *path, const void *bytes, size_t size)
{
    file_handle file;

    assert_int_equal(file_open(path,
                               FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_TRUNCATE |
                                   FILE_OPEN_PRIVATE,
                               &file),
                     PORT_OK);
    assert_int_equal(file_write_at(file, 0, bytes, size), PORT_OK);
    file_close(file);
}

static void *load_file(const char *path, size_t *ret_size)
{
    void *bytes;

    assert_int_equal(file_load(path, 1 << 24, &bytes, ret_size), PORT_OK);
    return bytes;
}

static void assert_file(const char *path, const void *bytes, size_t size)
{
    size_t now;
    void *content = load_file(path, &now);

    assert_int_equal(now, size);
    assert_memory_equal(content, bytes, size);
    memory_free(content);
}

/* The hive after each of the steps, and where its log ends then. */
struct history {
    char *dumps[HIVE_STEPS + 1];
    uint64_t ends[HIVE_STEPS + 1];
    uint8_t *bytes; /* the file in the end, without the zeros behind */
};

static void record_history(struct history *history)
{
    struct hive *hive;
    uint64_t live;
    size_t size;

    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    for (int step = 0; step <= HIVE_STEPS; step++) {
        history->dumps[step] = hive_dump(hive);
        hive_get_size(hive, &history->ends[step], &live);
        if (step < HIVE_STEPS)
            assert_int_equal(hive_step(hive, step), PORT_OK);
    }
    hive_close(hive);
    history->bytes = load_file(PATH, &size);
    assert_true(size >= history->ends[HIVE_STEPS]);
}

static void free_history(struct history *history)
{
    for (int step = 0; step <= HIVE_STEPS; step++)
        free(history->dumps[step]);
    memory_free(history->bytes);
}

/* The hive goes on: a write, a reopening, and it is there, after all that was there. */
static void assert_goes_on(const char *expected)
{
    static const char more[] = "After\n";
    size_t size = strlen(expected) + sizeof(more);
    struct hive_damage damage;
    struct hive *hive;
    char *all;

    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    hive_get_damage(hive, &damage);
    assert_int_equal(damage.torn_bytes, 0);
    assert_int_equal(hive_create_key(hive, "After"), PORT_OK);
    hive_close(hive);
    all = malloc(size);
    assert_non_null(all);
    snprintf(all, size, "%s%s", expected, more);
    assert_hive_file(PATH, all);
    free(all);
}

/* Cut off at each byte, it has exactly what was written up to there. */
static void a_hive_that_was_cut_off_has_what_came_before(void **state)
{
    struct history history;
    struct hive *hive;
    int step = 0;

    (void)state;
    record_history(&history);
    for (size_t size = 0; size <= history.ends[HIVE_STEPS]; size++) {
        char *dump;

        while (step < HIVE_STEPS && history.ends[step + 1] <= size)
            step++;
        write_file(PATH, history.bytes, size);
        assert_int_equal(hive_open(PATH, &hive), PORT_OK);
        dump = hive_dump(hive);
        hive_close(hive);
        /* Of the next record only zeros may be missing. */
        if (step < HIVE_STEPS && history.ends[step + 1] < size + LOG_RECORD_ALIGN &&
            !strcmp(dump, history.dumps[step + 1]))
            assert_string_equal(dump, history.dumps[step + 1]);
        else
            assert_string_equal(dump, history.dumps[step]);
        assert_goes_on(dump);
        free(dump);
    }
    assert_int_equal(step, HIVE_STEPS);
    free_history(&history);
}

/* The same for a reader, who must not change it. */
static void a_reader_of_a_cut_off_hive_changes_nothing(void **state)
{
    struct history history;
    struct hive *hive;

    (void)state;
    record_history(&history);
    for (size_t size = 0; size <= history.ends[HIVE_STEPS]; size += 7) {
        write_file(PATH, history.bytes, size);
        assert_int_equal(hive_open_read_only(PATH, &hive), PORT_OK);
        hive_close(hive);
        assert_file(PATH, history.bytes, size);
    }
    free_history(&history);
}

static int step_at(const struct history *history, size_t at)
{
    int step = 0;

    while (step < HIVE_STEPS && history->ends[step + 1] <= at)
        step++;
    return step;
}

static void assert_with_wrong_byte(const struct history *history, size_t at, const char *skipped)
{
    struct hive_damage damage;
    struct hive *hive;
    char *dump;

    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    hive_get_damage(hive, &damage);
    dump = hive_dump(hive);
    hive_close(hive);
    if (!damage.bad_records && !damage.torn_bytes) {
        /* In the header, of which there are two; or in zeros that no record means. */
        assert_string_equal(dump, history->dumps[HIVE_STEPS]);
    } else {
        assert_true(at >= LOG_HEADER_SIZE);
        assert_string_equal(dump, skipped);
        assert_int_equal(damage.bad_records, at < history->ends[HIVE_STEPS - 1]);
        assert_int_equal(damage.torn_bytes > 0, at >= history->ends[HIVE_STEPS - 1]);
    }
    free(dump);
}

/* A wrong byte costs the record it is in, and nothing else. */
static void a_wrong_byte_harms_one_record_only(void **state)
{
    static const uint8_t flips[] = { 0x01, 0x80, 0xff };
    struct history history;
    size_t size;
    int last = -1;
    char *skipped = NULL;

    (void)state;
    record_history(&history);
    size = (size_t)history.ends[HIVE_STEPS];
    for (size_t at = 0; at < size; at++) {
        int step = step_at(&history, at);

        if (at >= LOG_HEADER_SIZE && step != last) {
            struct hive *hive = hive_with_steps(test_path("without.hive"), step);

            free(skipped);
            skipped = hive_dump(hive);
            hive_close(hive);
            assert_int_equal(file_remove(test_path("without.hive")), PORT_OK);
            last = step;
        }
        for (size_t i = 0; i < sizeof(flips); i++) {
            history.bytes[at] ^= flips[i];
            write_file(PATH, history.bytes, size);
            history.bytes[at] ^= flips[i];
            assert_with_wrong_byte(&history, at, skipped);
        }
    }
    free(skipped);
    free_history(&history);
}

static uint32_t random_state = 20240229;

/* The same in every run. */
static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)random_state * limit >> 32);
}

/* Changes, doubles, moves or drops some bytes; the size after that. */
static size_t damage_somehow(uint8_t *bytes, size_t size)
{
    size_t at = random_below((uint32_t)size), count = 1 + random_below(200);
    size_t other = random_below((uint32_t)size);

    count = at + count > size ? size - at : count;
    count = other + count > size ? size - other : count;
    switch (random_below(5)) {
    case 0:
        for (size_t i = 0; i < count; i++)
            bytes[at + i] = (uint8_t)random_below(256);
        return size;
    case 1:
        memmove(bytes + other, bytes + at, count);
        return size;
    case 2: /* 8 at a time, so that what follows is where records may be */
        count = (count + 7) / 8 * 8;
        if (at + count > size)
            return size;
        memmove(bytes + at, bytes + at + count, size - at - count);
        return size - count;
    case 3:
        bytes[at] ^= (uint8_t)(1u << random_below(8));
        return size;
    default:
        return at;
    }
}

/* A key that is lost may come back in other capitals. */
static void fold(char *text)
{
    for (; *text; text++)
        *text = (char)name_fold(*text);
}

/* Whether each of these keys and values, a line each, was there after some step. All are folded. */
static bool was_ever_there(const struct history *history, const char *dump)
{
    while (*dump) {
        size_t length = strcspn(dump, "\n") + 1;
        bool found = false;
        char line[256];

        assert_true(length < sizeof(line));
        memcpy(line, dump, length);
        line[length] = 0;
        for (int step = 0; !found && step <= HIVE_STEPS; step++)
            found = strstr(history->dumps[step], line) != NULL;
        if (!found)
            return false;
        dump += length;
    }
    return true;
}

/* Whatever happens to the bytes: it opens or is refused, shows nothing that was not written, and if
 * it opens it goes on. */
static void any_damage_shows_nothing_that_was_not_written(void **state)
{
    struct history history;
    unsigned opened = 0;

    (void)state;
    record_history(&history);
    for (int step = 0; step <= HIVE_STEPS; step++)
        fold(history.dumps[step]);
    for (int run = 0; run < 1000; run++) {
        size_t size = (size_t)history.ends[HIVE_STEPS];
        uint8_t *bytes = memory_dup(history.bytes, size);
        enum port_status status;
        struct hive *hive;
        char *dump;

        assert_non_null(bytes);
        for (uint32_t left = 1 + random_below(4); left && size; left--)
            size = damage_somehow(bytes, size);
        write_file(PATH, bytes, size);
        memory_free(bytes);
        status = hive_open(PATH, &hive);
        assert_true(status == PORT_OK || status == PORT_INVALID);
        if (status)
            continue;
        opened++;
        dump = hive_dump(hive);
        hive_close(hive);
        assert_goes_on(dump);
        fold(dump);
        if (!was_ever_there(&history, dump))
            fail_msg("run %d: %s", run, dump);
        free(dump);
    }
    assert_true(opened > 500);
    free_history(&history);
}

static void a_page_of_zeros_or_garbage_harms_only_what_it_covers(void **state)
{
    struct history history;
    struct hive_damage damage;
    size_t from, to, size;
    struct hive *hive;
    uint8_t *bytes;

    (void)state;
    record_history(&history);
    size = (size_t)history.ends[HIVE_STEPS];
    from = (size_t)history.ends[10] + 5;
    to = (size_t)history.ends[14] - 5;
    for (int fill = 0; fill < 256; fill += 85) {
        bytes = memory_dup(history.bytes, size);
        assert_non_null(bytes);
        memset(bytes + from, fill, to - from);
        write_file(PATH, bytes, size);
        assert_int_equal(hive_open(PATH, &hive), PORT_OK);
        hive_get_damage(hive, &damage);
        assert_int_equal(damage.bad_records, 1);
        assert_false(hive_has_key(hive, "Downloads\\{1}"));
        assert_true(hive_has_key(hive, "Downloads\\{4}"));
        assert_true(hive_has_key(hive, "Downloads\\{2}"));
        hive_close(hive);
        memory_free(bytes);
    }
    free_history(&history);
}

static void a_record_that_was_copied_elsewhere_is_none(void **state)
{
    struct history history;
    struct hive_damage damage;
    size_t first, length, size;
    struct hive *hive;
    uint8_t *bytes;
    char *dump;

    (void)state;
    record_history(&history);
    size = (size_t)history.ends[HIVE_STEPS];
    first = (size_t)history.ends[0];
    length = (size_t)(history.ends[1] - history.ends[0]);
    /* The first record again behind the last one, as a value could have it in itself. */
    bytes = memory_alloc(size + length);
    assert_non_null(bytes);
    memcpy(bytes, history.bytes, size);
    memcpy(bytes + size, history.bytes + first, length);
    write_file(PATH, bytes, size + length);
    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    hive_get_damage(hive, &damage);
    assert_true(damage.torn_bytes > 0 && damage.torn_bytes <= length);
    dump = hive_dump(hive);
    assert_string_equal(dump, history.dumps[HIVE_STEPS]);
    hive_close(hive);
    free(dump);
    memory_free(bytes);
    free_history(&history);
}

/* Bytes of the hive's own records in a value, behind a record that is damaged. */
static void a_value_is_never_taken_for_records(void **state)
{
    struct value_set *values;
    struct hive *hive;
    uint64_t end, live;
    uint8_t *bytes;
    size_t size;

    (void)state;
    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    assert_int_equal(set_text(hive, "Evil", "never deleted", 1), PORT_OK);
    assert_int_equal(hive_delete_tree(hive, "Evil"), PORT_OK);
    hive_get_size(hive, &end, &live);
    bytes = load_file(PATH, &size);
    assert_int_equal(value_set_create(&values), PORT_OK);
    for (int shift = 0; shift < 8; shift++) {
        char name[2] = { (char)('a' + shift), 0 };

        assert_int_equal(value_set_put(values, name, REGISTRY_BINARY, bytes, (size_t)end), PORT_OK);
    }
    assert_int_equal(hive_set_values(hive, "Values", values), PORT_OK);
    assert_int_equal(hive_create_key(hive, "Last"), PORT_OK);
    value_set_free(values);
    hive_close(hive);
    memory_free(bytes);
    bytes = load_file(PATH, &size);
    bytes[end + 12] ^= 1; /* its length */
    write_file(PATH, bytes, size);
    memory_free(bytes);
    assert_hive_file(PATH, "Last\n");
}

static void a_file_that_is_no_hive_is_refused_and_left_alone(void **state)
{
    static const char *const others[] = {
        "x",
        "no hive, but a text that somebody has written into a file of such a name, at some length",
        "\x89HIVE\r\n\x1b",
        "\x89HIVE\n\x1a, whose line ends somebody has changed, and so no hive any more",
    };
    struct hive *hive;

    (void)state;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        write_file(PATH, others[i], strlen(others[i]));
        assert_int_equal(hive_open(PATH, &hive), PORT_INVALID);
        assert_null(hive);
        assert_int_equal(hive_open_read_only(PATH, &hive), PORT_INVALID);
        assert_file(PATH, others[i], strlen(others[i]));
    }
}

static void another_version_is_refused_and_left_alone(void **state)
{
    struct hive *hive = hive_with_steps(PATH, -1);
    size_t size;
    uint8_t *bytes;

    (void)state;
    hive_close(hive);
    bytes = load_file(PATH, &size);
    for (int copy = 0; copy < 2; copy++) {
        uint8_t *header = bytes + copy * LOG_COPY_SIZE;

        put_u32(header + 8, LOG_VERSION + 1);
        put_u32(header + 28, crc32c(0, header, 28));
    }
    write_file(PATH, bytes, size);
    assert_int_equal(hive_open(PATH, &hive), PORT_INVALID);
    assert_int_equal(hive_open_read_only(PATH, &hive), PORT_INVALID);
    assert_file(PATH, bytes, size);
    memory_free(bytes);
}

static void a_file_of_nothing_or_zeros_becomes_a_hive(void **state)
{
    static const size_t sizes[] = { 0, 1, 31, 32, 63, 64, 65, 4096, 65536 };
    uint8_t *zeros = memory_zalloc(65537);
    struct hive *hive;

    (void)state;
    assert_non_null(zeros);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        write_file(PATH, zeros, sizes[i]);
        assert_int_equal(hive_open_read_only(PATH, &hive), PORT_OK);
        assert_int_equal(hive_count_keys(hive, ""), 0);
        hive_close(hive);
        assert_file(PATH, zeros, sizes[i]);
        assert_hive_file(PATH, "");
        assert_goes_on("");
    }
    zeros[65536] = 1;
    write_file(PATH, zeros, 65537);
    assert_int_equal(hive_open(PATH, &hive), PORT_INVALID);
    zeros[4095] = 1;
    write_file(PATH, zeros, 4096);
    assert_int_equal(hive_open(PATH, &hive), PORT_INVALID);
    memory_free(zeros);
}

/* While the hive is open, too: a value is never wrong, and a new log goes without what is lost. */
static void a_record_that_is_damaged_later_is_not_read(void **state)
{
    struct history history;
    struct value_set *values;
    struct hive_damage damage;
    struct hive *hive;
    file_handle file;

    (void)state;
    record_history(&history);
    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    assert_int_equal(file_open(PATH, FILE_OPEN_WRITE, &file), PORT_OK);
    assert_int_equal(file_write_at(file, history.ends[HIVE_STEPS - 2] - 9, "x", 1), PORT_OK);
    file_close(file);
    assert_int_equal(hive_query_values(hive, "Downloads\\{2}", &values), PORT_IO);
    assert_null(values);
    assert_int_equal(hive_query_values(hive, "Downloads\\{1}", &values), PORT_OK);
    value_set_free(values);
    assert_int_equal(hive_compact(hive), PORT_OK);
    hive_get_damage(hive, &damage);
    assert_int_equal(damage.bad_records, 1);
    assert_false(hive_has_key(hive, "Downloads\\{2}"));
    assert_true(hive_has_key(hive, "Downloads\\{1}"));
    hive_close(hive);
    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    hive_get_damage(hive, &damage);
    assert_int_equal(damage.bad_records, 0);
    assert_false(hive_has_key(hive, "Downloads\\{2}"));
    assert_true(hive_has_key(hive, "Downloads\\{A}"));
    hive_close(hive);
    free_history(&history);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_hive_that_was_cut_off_has_what_came_before),
    cmocka_unit_test(a_reader_of_a_cut_off_hive_changes_nothing),
    cmocka_unit_test(a_wrong_byte_harms_one_record_only),
    cmocka_unit_test(any_damage_shows_nothing_that_was_not_written),
    cmocka_unit_test(a_page_of_zeros_or_garbage_harms_only_what_it_covers),
    cmocka_unit_test(a_record_that_was_copied_elsewhere_is_none),
    cmocka_unit_test(a_value_is_never_taken_for_records),
    cmocka_unit_test(a_file_that_is_no_hive_is_refused_and_left_alone),
    cmocka_unit_test(another_version_is_refused_and_left_alone),
    cmocka_unit_test(a_file_of_nothing_or_zeros_becomes_a_hive),
    cmocka_unit_test(a_record_that_is_damaged_later_is_not_read),
};
TEST_MAIN_UNIT(tests)
