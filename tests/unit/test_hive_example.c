/* SPDX-License-Identifier: MIT */
/* The example in docs/store.md: its bytes are those that this code writes, and a hive. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "test_main.h"

#include "hive_dump.h"
#include "src/port/memory.h"
#include "src/store/download_values.h"
#include "src/store/log_format.h"

#define KEY    "Downloads\\{6f9619ff-8b86-d011-b42d-00c04fc964ff}"
#define MARKER 0x0123456789abcdefu

static uint8_t example[512];

static size_t add_record(size_t offset, enum log_kind kind, const void *values, size_t size)
{
    struct log_record record = {
        .kind = kind, .path = KEY, .path_length = strlen(KEY), .values = values, .values_size = size
    };

    assert_true(offset + log_record_size(strlen(KEY), size) <= sizeof(example));
    log_record_put(example + offset, MARKER, offset, &record);
    return offset + log_record_size(strlen(KEY), size);
}

static size_t make_example(bool with_end)
{
    size_t offset = LOG_HEADER_SIZE, size;
    struct value_set *values;
    const void *bytes;

    log_header_put(example, MARKER);
    assert_int_equal(value_set_create(&values), PORT_OK);
    assert_int_equal(value_set_put_text(values, DOWNLOAD_URI, "http://example.com/a"), PORT_OK);
    assert_int_equal(value_set_put_dword(values, DOWNLOAD_STATE, DOWNLOAD_PAUSED), PORT_OK);
    assert_int_equal(value_set_put_qword(values, DOWNLOAD_BYTES, 4096), PORT_OK);
    assert_int_equal(value_set_encode(values, &bytes, &size), PORT_OK);
    offset = add_record(offset, LOG_VALUES, bytes, size);
    value_set_free(values);
    return with_end ? add_record(offset, LOG_GONE, NULL, 0) : offset;
}

/* A line as `hexdump -C` writes it. */
static void format_line(char *line, size_t room, size_t offset, size_t end)
{
    int used = snprintf(line, room, "%08zx ", offset);

    for (size_t i = offset; i < offset + 16; i++) {
        used += snprintf(line + used, room - (size_t)used, i % 8 ? "" : " ");
        used += snprintf(line + used, room - (size_t)used, i < end ? "%02x " : "   ", example[i]);
    }
    used += snprintf(line + used, room - (size_t)used, " |");
    for (size_t i = offset; i < offset + 16 && i < end; i++)
        used += snprintf(line + used, room - (size_t)used, "%c",
                         example[i] >= ' ' && example[i] < 127 ? example[i] : '.');
    snprintf(line + used, room - (size_t)used, "|\n");
}

static void its_bytes_are_in_the_documentation(void **state)
{
    size_t end = make_example(true), size;
    bool all = true;
    char line[128];
    void *page;

    (void)state;
    assert_int_equal(file_load(STORE_PAGE, 1 << 20, &page, &size), PORT_OK);
    for (size_t offset = 0; offset < end; offset += 16) {
        format_line(line, sizeof(line), offset, end);
        all = all && strstr(page, line);
        print_message("%s", line);
    }
    memory_free(page);
    assert_true(all);
}

static void all_values_are_in_the_documentation(void **state)
{
    static const struct {
        enum registry_type type;
        const char *name;
    } types[] = { { REGISTRY_SZ, "SZ" },
                  { REGISTRY_BINARY, "BINARY" },
                  { REGISTRY_DWORD, "DWORD" },
                  { REGISTRY_MULTI_SZ, "MULTI_SZ" },
                  { REGISTRY_QWORD, "QWORD" } };
    char line[128];
    size_t size;
    void *page;

    (void)state;
    assert_int_equal(file_load(STORE_PAGE, 1 << 20, &page, &size), PORT_OK);
    for (size_t i = 0; i < download_value_count; i++) {
        const struct download_value *value = &download_values[i];
        size_t type = 0;

        while (types[type].type != value->type)
            type++;
        snprintf(line, sizeof(line), "\n| %s | %s | %s | ", value->name, types[type].name,
                 value->secret ? "yes" : "");
        if (!strstr(page, line))
            fail_msg("not on the page, or otherwise: %s", value->name);
    }
    memory_free(page);
}

static void write_example(size_t size)
{
    file_handle file;

    assert_int_equal(file_open(test_path("example.hive"),
                               FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_PRIVATE, &file),
                     PORT_OK);
    assert_int_equal(file_write_at(file, 0, example, size), PORT_OK);
    file_close(file);
}

static void it_is_a_hive(void **state)
{
    (void)state;
    write_example(make_example(false));
    assert_hive_file(test_path("example.hive"),
                     "Downloads\n" KEY "\n"
                     "  RequestedUri (1) http://example.com/a\n"
                     "  State (4) <01><00><00><00>\n"
                     "  BytesReceived (11) <00><10><00><00><00><00><00><00>\n");
    write_example(make_example(true));
    assert_hive_file(test_path("example.hive"), "Downloads\n");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(its_bytes_are_in_the_documentation),
    cmocka_unit_test(it_is_a_hive),
    cmocka_unit_test(all_values_are_in_the_documentation),
};
TEST_MAIN_UNIT(tests)
