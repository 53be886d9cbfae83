/* SPDX-License-Identifier: MIT */
/* A hive as a .reg file: its text, and that no secret is in it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "src/port/memory.h"
#include "src/port/text.h"
#include "src/store/download_values.h"
#include "src/store/reg_export.h"
#include "src/store/uri_secrets.h"

#define PATH test_path("app.hive")
#define ROOT "HKEY_CURRENT_USER\\Software\\Test"

struct output {
    uint8_t bytes[1 << 16];
    size_t size;
    size_t limit; /* fails beyond */
};

static struct output output;

static enum port_status write_output(void *context, const void *bytes, size_t size)
{
    struct output *out = context;

    assert_true(out->size + size <= sizeof(out->bytes));
    if (out->size + size > out->limit)
        return PORT_DISK_FULL;
    memcpy(out->bytes + out->size, bytes, size);
    out->size += size;
    return PORT_OK;
}

/* The key as a .reg file, in UTF-8. */
static char *export_text(struct hive *hive, const char *path)
{
    struct reg_export *export;
    char16_t *units;
    size_t length;
    char *text;

    memset(&output, 0, sizeof(output));
    output.limit = sizeof(output.bytes);
    assert_int_equal(reg_export_begin(REG_UTF16, write_output, &output, &export), PORT_OK);
    assert_int_equal(reg_export_key(export, hive, path, ROOT), PORT_OK);
    reg_export_end(export);
    units = memory_alloc(output.size);
    assert_non_null(units);
    for (size_t i = 0; i < output.size / 2; i++)
        units[i] = (char16_t)(output.bytes[2 * i] | output.bytes[2 * i + 1] << 8);
    assert_int_equal(text_utf8_from_utf16(units, output.size / 2, &text, &length), PORT_OK);
    memory_free(units);
    return text;
}

static void put(struct value_set *set, const char *name, const char *text)
{
    assert_int_equal(value_set_put_text(set, name, text), PORT_OK);
}

static struct hive *sample(void)
{
    static const uint8_t ranges[40] = { 1, 2, 3, [39] = 0xff };
    struct value_set *set;
    struct hive *hive;

    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    assert_int_equal(value_set_create(&set), PORT_OK);
    put(set, DOWNLOAD_URI, "http://me:secret-1@example.com/a?b");
    put(set, DOWNLOAD_METHOD, "GET");
    put(set, DOWNLOAD_RESULT_FILE, "C:\\a \"b\"\\\xc3\xa4\xf0\x9f\x98\x80");
    put(set, DOWNLOAD_SERVER_PASSWORD, "secret-2");
    put(set, DOWNLOAD_TAG, "two\nlines");
    put(set, "SomethingNew", "secret-3");
    assert_int_equal(value_set_put(set, DOWNLOAD_HEADERS, REGISTRY_MULTI_SZ,
                                   "Cookie: secret-4\0X: secret-5", 29),
                     PORT_OK);
    assert_int_equal(value_set_put_dword(set, DOWNLOAD_STATE, 0x1a), PORT_OK);
    assert_int_equal(value_set_put_qword(set, DOWNLOAD_TOTAL, 0x123456789a), PORT_OK);
    assert_int_equal(value_set_put(set, DOWNLOAD_RANGES, REGISTRY_BINARY, ranges, sizeof(ranges)),
                     PORT_OK);
    assert_int_equal(value_set_put(set, DOWNLOAD_RECOVERABLE, REGISTRY_BINARY, "", 0), PORT_OK);
    assert_int_equal(hive_set_values(hive, "Downloads\\{1}", set), PORT_OK);
    value_set_free(set);
    return hive;
}

static void the_text_is_regedit_s(void **state)
{
    static const char expected[] =
        "\xef\xbb\xbfWindows Registry Editor Version 5.00\r\n"
        "\r\n"
        "[" ROOT "]\r\n"
        "\r\n"
        "[" ROOT "\\Downloads]\r\n"
        "\r\n"
        "[" ROOT "\\Downloads\\{1}]\r\n"
        "\"RequestedUri\"=\"http://example.com/a?b\"\r\n"
        "\"Method\"=\"GET\"\r\n"
        "\"ResultFile\"=\"C:\\\\a \\\"b\\\"\\\\\xc3\xa4\xf0\x9f\x98\x80\"\r\n"
        "\"ServerPassword\"=\"<redacted>\"\r\n"
        "\"Tag\"=hex(1):74,00,77,00,6f,00,0a,00,6c,00,69,00,6e,00,65,00,73,00,00,00\r\n"
        "\"SomethingNew\"=\"<redacted>\"\r\n"
        "\"RequestHeaders\"=\"<redacted>\"\r\n"
        "\"State\"=dword:0000001a\r\n"
        "\"TotalBytes\"=hex(b):9a,78,56,34,12,00,00,00\r\n"
        "\"Ranges\"=hex:01,02,03,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,\\\r\n"
        "  00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,ff\r\n"
        "\"RecoverableWebErrorStatuses\"=hex:\r\n"
        "\r\n";
    struct hive *hive = sample();
    char *text = export_text(hive, "");

    (void)state;
    assert_string_equal(text, expected);
    memory_free(text);
    hive_close(hive);
}

static void one_key_alone(void **state)
{
    struct hive *hive = sample();
    struct reg_export *export;
    char *text;

    (void)state;
    assert_int_equal(hive_create_key(hive, "a\\b\nc"), PORT_OK);
    text = export_text(hive, "a");
    assert_string_equal(text, "\xef\xbb\xbfWindows Registry Editor Version 5.00\r\n\r\n"
                              "[" ROOT "\\a]\r\n\r\n[" ROOT "\\a\\b\xef\xbf\xbd"
                              "c]\r\n\r\n");
    memory_free(text);
    assert_int_equal(reg_export_begin(REG_UTF16, write_output, &output, &export), PORT_OK);
    assert_int_equal(reg_export_key(export, hive, "none", ROOT), PORT_NOT_FOUND);
    reg_export_end(export);
    reg_export_end(NULL);
    hive_close(hive);
}

static void as_utf8_for_a_terminal(void **state)
{
    struct reg_export *export;
    struct hive *hive;

    (void)state;
    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    assert_int_equal(hive_create_key(hive, "\xc3\xa4\xf0\x9f\x98\x80\xff\\b"), PORT_OK);
    memset(&output, 0, sizeof(output));
    output.limit = sizeof(output.bytes) - 1;
    assert_int_equal(reg_export_begin(REG_UTF8, write_output, &output, &export), PORT_OK);
    assert_int_equal(reg_export_key(export, hive, "", ROOT), PORT_OK);
    reg_export_end(export);
    assert_string_equal((char *)output.bytes,
                        "Windows Registry Editor Version 5.00\n\n[" ROOT "]\n\n"
                        "[" ROOT "\\\xc3\xa4\xf0\x9f\x98\x80\xef\xbf\xbd]\n\n"
                        "[" ROOT "\\\xc3\xa4\xf0\x9f\x98\x80\xef\xbf\xbd\\b]\n\n");
    hive_close(hive);
}

static void no_secret_is_in_it(void **state)
{
    struct hive *hive = sample();
    struct value_set *set;
    char *text;

    (void)state;
    assert_int_equal(value_set_create(&set), PORT_OK);
    for (size_t i = 0; i < download_value_count; i++) {
        if (!download_values[i].secret)
            continue;
        if (download_values[i].type == REGISTRY_MULTI_SZ)
            assert_int_equal(value_set_put(set, download_values[i].name, REGISTRY_MULTI_SZ,
                                           "secret-6", 9),
                             PORT_OK);
        else
            put(set, download_values[i].name, "secret-7");
    }
    assert_int_equal(hive_set_values(hive, "Downloads\\{2}", set), PORT_OK);
    value_set_free(set);
    text = export_text(hive, "");
    assert_null(strstr(text, "secret"));
    assert_null(strstr(text, "73,00,65,00,63,00"));
    assert_non_null(strstr(text, "{2}"));
    memory_free(text);
    hive_close(hive);
}

static void a_sink_that_fails_ends_it(void **state)
{
    struct hive *hive = sample();
    struct reg_export *export;

    (void)state;
    memset(&output, 0, sizeof(output));
    assert_int_equal(reg_export_begin(REG_UTF16, write_output, &output, &export), PORT_DISK_FULL);
    assert_null(export);
    output.limit = 100;
    assert_int_equal(reg_export_begin(REG_UTF16, write_output, &output, &export), PORT_OK);
    assert_int_equal(reg_export_key(export, hive, "", ROOT), PORT_DISK_FULL);
    reg_export_end(export);
    hive_close(hive);
}

static void user_info_is_cut_out_of_a_uri(void **state)
{
    static const struct {
        const char *uri, *shown;
    } table[] = {
        { "http://example.com/", "http://example.com/" },
        { "http://user@example.com/", "http://example.com/" },
        { "http://user:password@example.com:8080/a@b", "http://example.com:8080/a@b" },
        { "ftp://a:b@c@example.com", "ftp://example.com" },
        { "http://user:password@[::1]:80/", "http://[::1]:80/" },
        { "http://@example.com?a", "http://example.com?a" },
        { "http://user:pass/word@example.com/", REDACTED },
        { "http://user:pass?word@example.com/", REDACTED },
        { "http://user:pass\\word@example.com/", REDACTED },
        { "http://user:12 34@example.com/", REDACTED },
        { "http://[::1:80/", REDACTED },
        { "http://[::1]secret/", REDACTED },
        { "user:password@example.com", REDACTED },
        { "mailto:user@example.com", REDACTED },
        { "://user:password@example.com", REDACTED },
        { "", REDACTED },
        { "http://", "http://" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        char *shown = uri_without_secrets(table[i].uri);

        assert_non_null(shown);
        assert_string_equal(shown, table[i].shown);
        memory_free(shown);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_text_is_regedit_s),     cmocka_unit_test(one_key_alone),
    cmocka_unit_test(as_utf8_for_a_terminal),    cmocka_unit_test(no_secret_is_in_it),
    cmocka_unit_test(a_sink_that_fails_ends_it), cmocka_unit_test(user_info_is_cut_out_of_a_uri),
};
TEST_MAIN_UNIT(tests)
