/* SPDX-License-Identifier: MIT */
/* Sets of byte ranges, against a plain array of flags and at their limits. */
#include <string.h>

#include "test_main.h"

#include "src/engine/range_set.h"
#include "src/port/memory.h"

#define LARGEST ((uint64_t)INT64_MAX)

static void add_all(struct range_set *set, const struct byte_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(range_set_add(set, ranges[i].offset, ranges[i].length), PORT_OK);
}

static void assert_ranges(const struct range_set *set, const struct byte_range *ranges,
                          size_t count)
{
    assert_int_equal(set->count, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(set->ranges[i].offset == ranges[i].offset);
        assert_true(set->ranges[i].length == ranges[i].length);
    }
}

static void ranges_merge_where_they_touch(void **state)
{
    static const struct {
        struct byte_range add[6];
        size_t added;
        struct byte_range have[4];
        size_t count;
    } rows[] = {
        { { { 5, 0 } }, 1, { { 0, 0 } }, 0 },
        { { { 5, 5 } }, 1, { { 5, 5 } }, 1 },
        { { { 5, 5 }, { 10, 5 } }, 2, { { 5, 10 } }, 1 },
        { { { 10, 5 }, { 5, 5 } }, 2, { { 5, 10 } }, 1 },
        { { { 5, 5 }, { 11, 5 } }, 2, { { 5, 5 }, { 11, 5 } }, 2 },
        { { { 11, 5 }, { 5, 5 } }, 2, { { 5, 5 }, { 11, 5 } }, 2 },
        { { { 5, 5 }, { 5, 5 } }, 2, { { 5, 5 } }, 1 },
        { { { 5, 9 }, { 6, 2 } }, 2, { { 5, 9 } }, 1 },
        { { { 6, 2 }, { 5, 9 } }, 2, { { 5, 9 } }, 1 },
        { { { 5, 5 }, { 8, 5 } }, 2, { { 5, 8 } }, 1 },
        { { { 0, 1 }, { 2, 1 }, { 4, 1 }, { 6, 1 } },
          4,
          { { 0, 1 }, { 2, 1 }, { 4, 1 }, { 6, 1 } },
          4 },
        { { { 0, 1 }, { 2, 1 }, { 4, 1 }, { 6, 1 }, { 2, 3 } },
          5,
          { { 0, 1 }, { 2, 3 }, { 6, 1 } },
          3 },
        { { { 0, 1 }, { 2, 1 }, { 4, 1 }, { 6, 1 }, { 8, 1 }, { 1, 6 } },
          6,
          { { 0, 7 }, { 8, 1 } },
          2 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct range_set set = { 0 };

        add_all(&set, rows[i].add, rows[i].added);
        assert_ranges(&set, rows[i].have, rows[i].count);
        range_set_destroy(&set);
    }
}

#define SPACE 48

/* A fixed sequence, so that a failure comes again. */
static unsigned next_number(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

static void assert_like_flags(const struct range_set *set, const bool *flags)
{
    uint64_t total = 0;

    for (unsigned i = 0; i < SPACE; i++) {
        unsigned end = i, gap = i, gap_end;
        struct byte_range range;

        total += flags[i];
        while (end < SPACE && flags[end])
            end++;
        assert_int_equal(range_set_end_at(set, i), end);

        while (gap < SPACE && flags[gap])
            gap++;
        for (gap_end = gap; gap_end < SPACE && !flags[gap_end];)
            gap_end++;
        assert_int_equal(range_set_find_gap(set, i, SPACE, &range), gap < SPACE);
        assert_int_equal(range.offset, gap < SPACE ? gap : 0);
        assert_int_equal(range.length, gap_end - gap);
    }
    assert_int_equal(range_set_total(set), total);
    for (size_t i = 1; i < set->count; i++)
        assert_true(set->ranges[i - 1].offset + set->ranges[i - 1].length < set->ranges[i].offset);
}

static void it_is_what_an_array_of_flags_would_be(void **state)
{
    unsigned seed = 4;

    (void)state;
    for (unsigned run = 0; run < 200; run++) {
        struct range_set set = { 0 };
        bool flags[SPACE] = { false };

        for (unsigned i = 0; i < 24; i++) {
            unsigned offset = next_number(&seed) % SPACE;
            unsigned length = next_number(&seed) % 5;

            if (length > SPACE - offset)
                length = SPACE - offset;
            memset(flags + offset, true, length);
            assert_int_equal(range_set_add(&set, offset, length), PORT_OK);
            assert_like_flags(&set, flags);
        }
        range_set_destroy(&set);
    }
}

static void a_gap_ends_at_the_limit(void **state)
{
    static const struct byte_range have[] = { { 10, 10 }, { 30, 10 } };
    static const struct {
        uint64_t from, limit;
        struct byte_range gap;
    } rows[] = {
        { 0, 100, { 0, 10 } },   { 0, 5, { 0, 5 } },     { 5, 10, { 5, 5 } },
        { 10, 15, { 0, 0 } },    { 10, 20, { 0, 0 } },   { 12, 25, { 20, 5 } },
        { 12, 100, { 20, 10 } }, { 20, 30, { 20, 10 } }, { 20, 31, { 20, 10 } },
        { 35, 40, { 0, 0 } },    { 35, 41, { 40, 1 } },  { 50, 50, { 0, 0 } },
        { 60, 50, { 0, 0 } },    { 40, 90, { 40, 50 } },
    };
    struct range_set set = { 0 };

    (void)state;
    add_all(&set, have, 2);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct byte_range gap;
        bool found = range_set_find_gap(&set, rows[i].from, rows[i].limit, &gap);

        assert_int_equal(found, rows[i].gap.length > 0);
        assert_int_equal(gap.offset, rows[i].gap.offset);
        assert_int_equal(gap.length, rows[i].gap.length);
    }
    range_set_destroy(&set);
}

static void beyond_the_largest_file_is_refused(void **state)
{
    static const struct byte_range largest = { LARGEST - 1, 1 };
    struct range_set set = { 0 };

    (void)state;
    assert_int_equal(range_set_add(&set, LARGEST - 1, 2), PORT_INVALID);
    assert_int_equal(range_set_add(&set, LARGEST + 1, 0), PORT_INVALID);
    assert_int_equal(range_set_add(&set, UINT64_MAX, 1), PORT_INVALID);
    assert_int_equal(range_set_add(&set, 1, UINT64_MAX), PORT_INVALID);
    assert_int_equal(set.count, 0);
    assert_int_equal(range_set_add(&set, LARGEST - 1, 1), PORT_OK);
    assert_ranges(&set, &largest, 1);
    range_set_destroy(&set);
}

static void a_copy_is_of_its_own(void **state)
{
    static const struct byte_range have[] = { { 1, 1 }, { 3, 1 }, { 5, 1 }, { 7, 1 }, { 9, 1 } };
    struct range_set set = { 0 }, copy = { 0 };

    (void)state;
    assert_int_equal(range_set_copy(&set, &copy), PORT_OK);
    assert_int_equal(copy.count, 0);
    add_all(&set, have, 5);
    assert_int_equal(range_set_copy(&set, &copy), PORT_OK);
    range_set_clear(&set);
    assert_int_equal(range_set_total(&set), 0);
    assert_int_equal(range_set_end(&set), 0);
    assert_ranges(&copy, have, 5);
    assert_int_equal(range_set_end(&copy), 10);
    assert_int_equal(range_set_copy(&set, &copy), PORT_OK);
    assert_int_equal(copy.count, 0);
    range_set_destroy(&set);
    range_set_destroy(&copy);
    range_set_destroy(&copy);
}

static void what_is_encoded_can_be_decoded(void **state)
{
    static const struct byte_range have[] = { { 0, 2 }, { 0x0102030405060708, 0x1020 } };
    static const uint8_t expected[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 2,    0,    0, 0, 0, 0, 0, 0, /* a pair */
        8, 7, 6, 5, 4, 3, 2, 1, 0x20, 0x10, 0, 0, 0, 0, 0, 0,
    };
    struct range_set set = { 0 }, decoded = { 0 };
    void *bytes = &set;
    size_t size = 1;

    (void)state;
    assert_int_equal(range_set_encode(&set, &bytes, &size), PORT_OK);
    assert_null(bytes);
    assert_int_equal(size, 0);
    add_all(&decoded, have, 1);
    assert_int_equal(range_set_decode(NULL, 0, &decoded), PORT_OK);
    assert_int_equal(decoded.count, 0);

    add_all(&set, have, 2);
    assert_int_equal(range_set_encode(&set, &bytes, &size), PORT_OK);
    assert_int_equal(size, sizeof(expected));
    assert_memory_equal(bytes, expected, size);
    assert_int_equal(range_set_decode(bytes, size, &decoded), PORT_OK);
    assert_ranges(&decoded, have, 2);
    memory_free(bytes);
    range_set_destroy(&set);
    range_set_destroy(&decoded);
}

static void what_is_no_set_is_not_decoded(void **state)
{
    static const struct {
        uint64_t numbers[4]; /* bytes as this machine has them: little-endian */
        size_t size;
    } rows[] = {
        { { 0, 1 }, 1 },
        { { 0, 1 }, 15 },
        { { 0, 1, 2, 3 }, 31 },
        { { 0, 0 }, 16 },            /* empty */
        { { 0, 1, 1, 1 }, 32 },      /* touches */
        { { 0, 5, 3, 9 }, 32 },      /* overlaps */
        { { 9, 1, 0, 1 }, 32 },      /* out of order */
        { { 0, UINT64_MAX }, 16 },   /* beyond any file */
        { { UINT64_MAX, 1 }, 16 },   /* likewise */
        { { 1, LARGEST, 0, 0 }, 16 } /* by one */
    };
    static const struct byte_range before = { 7, 7 };
    struct range_set set = { 0 };

    (void)state;
    add_all(&set, &before, 1);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(range_set_decode(rows[i].numbers, rows[i].size, &set), PORT_INVALID);
        assert_ranges(&set, &before, 1);
    }
    range_set_destroy(&set);
}

static void *no_memory(size_t size)
{
    (void)size;
    return NULL;
}

static void *no_resize(void *block, size_t size)
{
    (void)block;
    return no_memory(size);
}

static void release_nothing(void *block)
{
    assert_null(block);
}

static void without_memory_it_stays_as_it_was(void **state)
{
    static const struct memory_ops none = { no_memory, no_resize, release_nothing };
    static const struct byte_range have[] = { { 1, 1 }, { 3, 1 }, { 5, 1 }, { 7, 1 } };
    static const uint64_t pair[] = { 1, 2 };
    struct range_set set = { 0 }, copy = { 0 };
    void *bytes;
    size_t size;

    (void)state;
    add_all(&set, have, 4);
    memory_set_ops(&none);
    assert_int_equal(range_set_add(&set, 9, 1), PORT_NO_MEMORY);
    assert_int_equal(range_set_add(&set, 7, 1), PORT_OK); /* needs none */
    assert_ranges(&set, have, 4);
    assert_int_equal(range_set_copy(&set, &copy), PORT_NO_MEMORY);
    assert_int_equal(copy.count, 0);
    assert_int_equal(range_set_encode(&set, &bytes, &size), PORT_NO_MEMORY);
    assert_null(bytes);
    assert_int_equal(size, 0);
    assert_int_equal(range_set_decode(pair, sizeof(pair), &set), PORT_NO_MEMORY);
    assert_ranges(&set, have, 4);
    memory_set_ops(NULL);
    range_set_destroy(&set);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(ranges_merge_where_they_touch),
    cmocka_unit_test(it_is_what_an_array_of_flags_would_be),
    cmocka_unit_test(a_gap_ends_at_the_limit),
    cmocka_unit_test(beyond_the_largest_file_is_refused),
    cmocka_unit_test(a_copy_is_of_its_own),
    cmocka_unit_test(what_is_encoded_can_be_decoded),
    cmocka_unit_test(what_is_no_set_is_not_decoded),
    cmocka_unit_test(without_memory_it_stays_as_it_was),
};

TEST_MAIN_UNIT(tests)
