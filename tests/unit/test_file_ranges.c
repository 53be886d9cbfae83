/* SPDX-License-Identifier: MIT */
/* What RangesDownloaded tells: the bytes that are there now and were not before. */
#include "src/winrt/file_ranges.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "src/port/memory.h"
#include "strings_ring.h"
#include "test_main.h"

#define RANGES_MAX 16

/* "0+10 20+5" */
static size_t parse(const char *text, struct byte_range *ranges)
{
    unsigned long long offset, length;
    size_t count = 0;
    int used;

    while (sscanf(text, " %llu+%llu%n", &offset, &length, &used) == 2) {
        assert_true(count < RANGES_MAX);
        ranges[count++] = (struct byte_range){ offset, length };
        text += used;
    }
    return count;
}

static void check_added(const char *expected, const char *before, const char *now)
{
    struct byte_range old[RANGES_MAX], new[RANGES_MAX], *added = (void *)1;
    size_t old_count = parse(before, old), new_count = parse(now, new), count = 7;
    const char *text = "";

    check_ok(file_ranges_added(old, old_count, new, new_count, &added, &count));
    for (size_t i = 0; i < count; i++)
        text = ring_format("%s%s%llu+%llu", text, i ? " " : "", (unsigned long long)added[i].offset,
                           (unsigned long long)added[i].length);
    assert_string_equal(text, expected);
    memory_free(added);
}

static void what_was_added(void **state)
{
    (void)state;
    check_added("", "", "");
    check_added("0+10", "", "0+10");
    check_added("", "0+10", "0+10");
    check_added("10+5", "0+10", "0+15");
    check_added("0+5 15+5", "5+10", "0+20");
    check_added("90+10", "0+10", "0+10 90+10");
    check_added("10+80", "0+10 90+10", "0+100");
    check_added("0+1 3+2 6+1", "1+2 5+1", "0+7");
    check_added("0+2 50+10 70+1", "2+8 60+10 90+5", "0+10 50+21 90+5");
}

/* Where the old one is no part of the new, which is not so without a restart. */
static void whatever_was_before(void **state)
{
    (void)state;
    check_added("", "0+100", "10+5 20+5");
    check_added("100+1", "0+100", "10+5 90+11");
    check_added("", "0+10", "");
}

static void at_the_end_of_all_numbers(void **state)
{
    (void)state;
    check_added("9223372036854775800+7", "", "9223372036854775800+7");
    check_added("9223372036854775806+1", "9223372036854775800+6", "9223372036854775800+7");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_was_added),
    cmocka_unit_test(whatever_was_before),
    cmocka_unit_test(at_the_end_of_all_numbers),
};

TEST_MAIN_UNIT(tests)
