/* SPDX-License-Identifier: MIT */
/* Which beginnings of a file are those of a hive that never came to the disk: docs/store.md. */
#include <string.h>

#include "test_main.h"

#include "src/store/log_format.h"

#define MARKER UINT64_C(0x0123456789abcdef)
#define SECTOR 8 /* less than any disk's, so that there are several */

/* Those that any header may have: its marker and its checksum, in both copies. */
static bool is_of_one_header(size_t at)
{
    at %= LOG_HEADER_SIZE / 2;
    return (at >= 16 && at < 24) || at >= 28;
}

static void what_is_whole_or_missing_may_be_torn(void **state)
{
    uint8_t whole[LOG_HEADER_SIZE], bytes[LOG_HEADER_SIZE] = { 0 };

    (void)state;
    assert_true(log_header_is_torn(bytes));
    log_header_put(whole, MARKER);
    for (size_t end = 0; end <= LOG_HEADER_SIZE; end += SECTOR) {
        memset(bytes, 0, sizeof(bytes));
        memcpy(bytes, whole, end);
        assert_true(log_header_is_torn(bytes));
        memcpy(bytes, whole, sizeof(bytes));
        memset(bytes, 0, end);
        assert_true(log_header_is_torn(bytes));
    }
}

static void what_no_header_has_is_something_else(void **state)
{
    uint8_t bytes[LOG_HEADER_SIZE];

    (void)state;
    for (size_t at = 0; at < LOG_HEADER_SIZE; at++) {
        log_header_put(bytes, MARKER);
        bytes[at] ^= 0x20;
        if (!bytes[at])
            bytes[at] = 0xff;
        assert_int_equal(log_header_is_torn(bytes), is_of_one_header(at));
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_whole_or_missing_may_be_torn),
    cmocka_unit_test(what_no_header_has_is_something_else),
};

TEST_MAIN_UNIT(tests)
