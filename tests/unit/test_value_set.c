/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "test_main.h"

#include "src/port/memory.h"
#include "src/store/download_values.h"
#include "src/store/value_set.h"

static struct value_set *new_set(void)
{
    struct value_set *set;

    assert_int_equal(value_set_create(&set), PORT_OK);
    return set;
}

static void assert_value(const struct value_set *set, const char *name, enum registry_type type,
                         const void *data, size_t size)
{
    struct stored_value value;

    assert_true(value_set_get(set, name, type, &value));
    assert_int_equal(value.type, type);
    assert_int_equal(value.size, size);
    assert_memory_equal(value.data, data, size);
}

static void what_is_put_is_got(void **state)
{
    struct value_set *set = new_set();
    struct stored_value value;

    (void)state;
    assert_int_equal(value_set_put_text(set, "Text", "one"), PORT_OK);
    assert_int_equal(value_set_put_dword(set, "Dword", 0x12345678), PORT_OK);
    assert_int_equal(value_set_put_qword(set, "Qword", 0x123456789abcdef0), PORT_OK);
    assert_int_equal(value_set_put(set, "Bytes", REGISTRY_BINARY, "a\0b", 3), PORT_OK);
    assert_int_equal(value_set_put(set, "Strings", REGISTRY_MULTI_SZ, "a\0b", 4), PORT_OK);
    assert_int_equal(value_set_count(set), 5);
    assert_string_equal(value_set_get_text(set, "Text"), "one");
    assert_int_equal(value_set_get_dword(set, "Dword", 1), 0x12345678);
    assert_true(value_set_get_qword(set, "Qword", 1) == 0x123456789abcdef0);
    assert_value(set, "Dword", REGISTRY_DWORD, "\x78\x56\x34\x12", 4);
    assert_value(set, "Qword", REGISTRY_QWORD, "\xf0\xde\xbc\x9a\x78\x56\x34\x12", 8);
    assert_value(set, "Bytes", REGISTRY_BINARY, "a\0b", 3);
    assert_value(set, "Strings", REGISTRY_MULTI_SZ, "a\0b", 4);
    value_set_at(set, 1, &value);
    assert_string_equal(value.name, "Dword");
    value_set_free(set);
}

static void what_is_not_there_is_the_other_value(void **state)
{
    struct value_set *set = new_set();
    struct stored_value value;

    (void)state;
    assert_int_equal(value_set_put_dword(set, "Dword", 5), PORT_OK);
    assert_null(value_set_get_text(set, "None"));
    assert_null(value_set_get_text(set, "Dword"));
    assert_int_equal(value_set_get_dword(set, "None", 7), 7);
    assert_int_equal(value_set_get_qword(set, "Dword", 7), 7);
    assert_false(value_set_get(set, "Dword", REGISTRY_BINARY, &value));
    value_set_remove(set, "None");
    value_set_free(set);
    value_set_free(NULL);
}

static void names_are_the_same_in_any_case_of_a_to_z(void **state)
{
    struct value_set *set = new_set();

    (void)state;
    assert_int_equal(value_set_put_dword(set, "ETag", 1), PORT_OK);
    assert_int_equal(value_set_put_dword(set, "etaG", 2), PORT_OK);
    assert_int_equal(value_set_count(set), 1);
    assert_int_equal(value_set_get_dword(set, "ETAG", 0), 2);
    assert_int_equal(value_set_put_dword(set, "\xc3\x84", 3), PORT_OK);
    assert_int_equal(value_set_get_dword(set, "\xc3\xa4", 0), 0);
    assert_int_equal(value_set_put_dword(set, "a@", 4), PORT_OK);
    assert_int_equal(value_set_get_dword(set, "a`", 0), 0);
    value_set_free(set);
}

static void a_value_is_replaced_by_any_other(void **state)
{
    static const size_t sizes[] = { 3, 300, 0, 5, 2000, 1999, 1 };
    struct value_set *set = new_set();
    char text[2001];

    (void)state;
    assert_int_equal(value_set_put_text(set, "Before", "before"), PORT_OK);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        memset(text, 'a' + (int)i, sizeof(text));
        text[sizes[i]] = 0;
        assert_int_equal(value_set_put_text(set, "Text", text), PORT_OK);
        assert_int_equal(value_set_put_text(set, "After", "after"), PORT_OK);
        assert_string_equal(value_set_get_text(set, "Text"), text);
        assert_string_equal(value_set_get_text(set, "Before"), "before");
        assert_string_equal(value_set_get_text(set, "After"), "after");
        assert_int_equal(value_set_count(set), 3);
    }
    assert_int_equal(value_set_put_dword(set, "Text", 9), PORT_OK);
    assert_int_equal(value_set_get_dword(set, "Text", 0), 9);
    value_set_remove(set, "TEXT");
    assert_int_equal(value_set_count(set), 2);
    assert_null(value_set_get_text(set, "Text"));
    assert_string_equal(value_set_get_text(set, "After"), "after");
    value_set_free(set);
}

static void a_value_of_the_set_can_be_put_again(void **state)
{
    struct value_set *set = new_set();
    struct stored_value value;
    char name[16];

    (void)state;
    assert_int_equal(value_set_put_text(set, "0", "0123456789"), PORT_OK);
    for (int i = 1; i < 300; i++) {
        snprintf(name, sizeof(name), "%d", i - 1);
        assert_true(value_set_get(set, name, REGISTRY_SZ, &value));
        snprintf(name, sizeof(name), "%d", i);
        assert_int_equal(value_set_put(set, name, REGISTRY_SZ, value.data, value.size), PORT_OK);
    }
    assert_true(value_set_get(set, "299", REGISTRY_SZ, &value));
    assert_int_equal(value_set_put(set, "299", REGISTRY_SZ, (const char *)value.data + 4, 6),
                     PORT_OK);
    assert_string_equal(value_set_get_text(set, "299"), "456789");
    assert_string_equal(value_set_get_text(set, "298"), "0123456789");
    value_set_free(set);
}

static void what_no_registry_has_is_refused(void **state)
{
    static const struct {
        const char *name;
        enum registry_type type;
        const char *data;
        size_t size;
    } bad[] = {
        { "", REGISTRY_SZ, "a", 1 },
        { "a", REGISTRY_SZ, "a\0b", 3 },
        { "a", REGISTRY_DWORD, "abc", 3 },
        { "a", REGISTRY_QWORD, "abcd", 4 },
        { "a", REGISTRY_MULTI_SZ, "a\0b", 3 },
        { "a", (enum registry_type)2, "a", 1 },
        { "a", (enum registry_type)0, "a", 1 },
        { "a", REGISTRY_BINARY, "a", SIZE_MAX },
    };
    struct value_set *set = new_set();
    char name[257];

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(value_set_put(set, bad[i].name, bad[i].type, bad[i].data, bad[i].size),
                         PORT_INVALID);
    memset(name, 'n', sizeof(name));
    name[256] = 0;
    assert_int_equal(value_set_put_dword(set, name, 1), PORT_INVALID);
    name[255] = 0;
    assert_int_equal(value_set_put_dword(set, name, 1), PORT_OK);
    assert_int_equal(value_set_count(set), 1);
    value_set_free(set);
}

static struct value_set *sample(void)
{
    struct value_set *set = new_set();

    assert_int_equal(value_set_put_text(set, "Text", "one"), PORT_OK);
    assert_int_equal(value_set_put_text(set, "Empty", ""), PORT_OK);
    assert_int_equal(value_set_put_dword(set, "Dword", 0x12345678), PORT_OK);
    assert_int_equal(value_set_put(set, "Strings", REGISTRY_MULTI_SZ, "a\0b", 4), PORT_OK);
    return set;
}

static void bytes_give_the_set_again(void **state)
{
    static const char expected[] = "\x01\x04\x03\0\0\0Textone"
                                   "\x01\x05\0\0\0\0Empty"
                                   "\x04\x05\x04\0\0\0Dword\x78\x56\x34\x12"
                                   "\x07\x07\x04\0\0\0Stringsa\0b";
    struct value_set *set = sample(), *copy;
    const void *bytes, *again;
    size_t size, size_again;

    (void)state;
    assert_int_equal(value_set_encode(set, &bytes, &size), PORT_OK);
    assert_int_equal(size, sizeof(expected));
    assert_memory_equal(bytes, expected, sizeof(expected));
    assert_int_equal(value_set_decode(bytes, size, &copy), PORT_OK);
    assert_string_equal(value_set_get_text(copy, "Text"), "one");
    assert_string_equal(value_set_get_text(copy, "Empty"), "");
    assert_int_equal(value_set_encode(copy, &again, &size_again), PORT_OK);
    assert_int_equal(size_again, size);
    assert_memory_equal(again, bytes, size);
    /* And it can be changed. */
    assert_int_equal(value_set_put_text(copy, "Text", "three"), PORT_OK);
    assert_int_equal(value_set_put_text(copy, "More", "more"), PORT_OK);
    assert_string_equal(value_set_get_text(copy, "Text"), "three");
    assert_int_equal(value_set_get_dword(copy, "Dword", 0), 0x12345678);
    assert_int_equal(value_set_encode(copy, &again, &size_again), PORT_OK);
    assert_int_equal(size_again, size + 2 + 6 + 4 + 4);
    value_set_free(copy);
    value_set_free(set);
}

static void no_values_are_no_bytes(void **state)
{
    struct value_set *set = new_set(), *copy;
    const void *bytes;
    size_t size;

    (void)state;
    assert_int_equal(value_set_encode(set, &bytes, &size), PORT_OK);
    assert_int_equal(size, 0);
    assert_int_equal(value_set_decode(bytes, size, &copy), PORT_OK);
    assert_int_equal(value_set_count(copy), 0);
    assert_int_equal(value_set_put_dword(copy, "a", 1), PORT_OK);
    value_set_free(copy);
    value_set_free(set);
}

/* Any bytes: the address sanitizer watches. */
static void bytes_that_are_no_set_are_refused(void **state)
{
    struct value_set *set = sample(), *copy;
    const void *bytes;
    uint8_t *broken;
    size_t size;

    (void)state;
    assert_int_equal(value_set_encode(set, &bytes, &size), PORT_OK);
    for (size_t length = 0; length < size; length++) {
        broken = memory_dup(bytes, length);
        assert_non_null(broken);
        if (value_set_decode(broken, length, &copy) == PORT_OK)
            value_set_free(copy);
        else
            assert_null(copy);
        memory_free(broken);
    }
    for (size_t at = 0; at < size; at++) {
        for (int value = 0; value < 256; value += 15) {
            broken = memory_dup(bytes, size);
            assert_non_null(broken);
            broken[at] = (uint8_t)value;
            if (value_set_decode(broken, size, &copy) == PORT_OK)
                value_set_free(copy);
            memory_free(broken);
        }
    }
    assert_int_equal(value_set_decode("\x01\x01\x04\0\0\0aabc", 10, &copy), PORT_INVALID);
    assert_int_equal(value_set_decode("\x01\x00\x01\0\0\0a", 7, &copy), PORT_INVALID);
    assert_int_equal(value_set_decode("\x02\x01\x01\0\0\0aa", 8, &copy), PORT_INVALID);
    assert_int_equal(value_set_decode("\x01\x01\xff\xff\xff\xff"
                                      "aa",
                                      8, &copy),
                     PORT_INVALID);
    value_set_free(set);
}

static void every_value_of_a_download_is_in_the_table(void **state)
{
    (void)state;
    assert_true(download_value_is_secret(DOWNLOAD_HEADERS));
    assert_true(download_value_is_secret("serverPassword"));
    assert_true(download_value_is_secret("AnythingElse"));
    assert_false(download_value_is_secret(DOWNLOAD_STATE));
    for (size_t i = 0; i < download_value_count; i++) {
        assert_true(strlen(download_values[i].name) > 0);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(download_values[i].name, download_values[j].name);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_put_is_got),
    cmocka_unit_test(what_is_not_there_is_the_other_value),
    cmocka_unit_test(names_are_the_same_in_any_case_of_a_to_z),
    cmocka_unit_test(a_value_is_replaced_by_any_other),
    cmocka_unit_test(a_value_of_the_set_can_be_put_again),
    cmocka_unit_test(what_no_registry_has_is_refused),
    cmocka_unit_test(bytes_give_the_set_again),
    cmocka_unit_test(no_values_are_no_bytes),
    cmocka_unit_test(bytes_that_are_no_set_are_refused),
    cmocka_unit_test(every_value_of_a_download_is_in_the_table),
};
TEST_MAIN_UNIT(tests)
