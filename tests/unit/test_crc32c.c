/* SPDX-License-Identifier: MIT */
/* The vectors of RFC 3720, B.4, and the one that every catalogue of CRCs has. */
#include <stdint.h>
#include <string.h>

#include "test_main.h"

#include "src/store/crc32c.h"

static void known_vectors(void **state)
{
    uint8_t bytes[32];

    (void)state;
    assert_int_equal(crc32c(0, "", 0), 0);
    assert_int_equal(crc32c(0, "123456789", 9), 0xe3069283);
    memset(bytes, 0, sizeof(bytes));
    assert_int_equal(crc32c(0, bytes, sizeof(bytes)), 0x8a9136aa);
    memset(bytes, 0xff, sizeof(bytes));
    assert_int_equal(crc32c(0, bytes, sizeof(bytes)), 0x62a8ab43);
    for (uint8_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = i;
    assert_int_equal(crc32c(0, bytes, sizeof(bytes)), 0x46dd794e);
    for (uint8_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(31 - i);
    assert_int_equal(crc32c(0, bytes, sizeof(bytes)), 0x113fdb5c);
}

static void parts_give_the_same_as_the_whole(void **state)
{
    uint8_t bytes[100];
    uint32_t whole;

    (void)state;
    for (uint8_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i * 37);
    whole = crc32c(0, bytes, sizeof(bytes));
    for (size_t i = 0; i <= sizeof(bytes); i++)
        assert_int_equal(crc32c(crc32c(0, bytes, i), bytes + i, sizeof(bytes) - i), whole);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(known_vectors),
    cmocka_unit_test(parts_give_the_same_as_the_whole),
};
TEST_MAIN_UNIT(tests)
