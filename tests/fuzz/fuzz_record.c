/* SPDX-License-Identifier: MIT */
/*
 * The record of a download with any values, as another version or somebody with an editor might
 * leave it: it makes a transfer or none, and the record of that one makes the same again. The
 * export (reg_reader.h) is a .reg file whatever the values are, and shows no secret.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "memory_files.h"
#include "reg_reader.h"
#include "src/engine/engine_store.h"
#include "src/engine/transfer_internal.h"
#include "src/port/memory.h"
#include "src/store/record.h"
#include "src/store/reg_export.h"

#define KEY KEY_DOWNLOADS "\\{00000000-0000-0000-0000-000000000001}"

static char hive_path[512];
static const struct transfer_id id = { { 1 } };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    file_handle file;

    (void)argc, (void)argv;
    snprintf(hive_path, sizeof(hive_path), "%s/hive", fuzz_folder());
    REQUIRE(!file_open(hive_path, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_PRIVATE, &file));
    file_close(file);
    memory_files_use(hive_path);
    memory_files_refuse_filling(true);
    return 0;
}

static struct value_set *take_values(struct fuzz_input *input)
{
    struct value_set *values;

    REQUIRE(!value_set_create(&values));
    while (fuzz_left(input)) {
        unsigned which = fuzz_u8(input);
        const struct download_value *known = &download_values[which % download_value_count];
        char name[64];
        uint8_t data[256] = { 0 };
        const uint8_t *bytes;
        size_t size, room = 255;

        snprintf(name, sizeof(name), "%s", known->name);
        if (which >= 5 * download_value_count) {
            size = fuzz_bytes(input, sizeof(name) - 1, &bytes);
            memcpy(name, bytes, size);
            name[size] = 0;
        }
        size = fuzz_bytes(input, room, &bytes);
        memcpy(data, bytes, size);
        if (known->type == REGISTRY_DWORD || known->type == REGISTRY_QWORD)
            size = known->type == REGISTRY_DWORD ? 4 : 8;
        if (known->type == REGISTRY_MULTI_SZ && size)
            data[size - 1] = 0;
        /* What is no such data is refused. */
        value_set_put(values, name, known->type, data, size);
    }
    return values;
}

static void check_name(void *context, const char *name)
{
    (void)context;
    REQUIRE(*name && !strchr(name, '/'));
}

static void require_same(const struct value_set *one, const struct value_set *other)
{
    struct stored_value value, same;

    REQUIRE(value_set_count(one) == value_set_count(other));
    for (size_t i = 0; i < value_set_count(one); i++) {
        value_set_at(one, i, &value);
        if (!strcmp(value.name, DOWNLOAD_GENERATION))
            continue;
        REQUIRE(value_set_get(other, value.name, value.type, &same));
        REQUIRE(value.size == same.size && !memcmp(value.data, same.data, value.size));
    }
}

static void check_transfer(struct transfer *transfer)
{
    struct transfer_progress progress;
    struct transfer_error error;
    struct byte_range *ranges;
    size_t count;

    transfer_get_progress(transfer, &progress);
    transfer_get_error(transfer, &error);
    REQUIRE(progress.status < TRANSFER_STATUS_MAX && progress.started);
    REQUIRE(error.code < TRANSFER_ERROR_MAX && error.file_status < PORT_STATUS_MAX);
    REQUIRE(transfer_get_priority(transfer) <= TRANSFER_PRIORITY_LOW);
    REQUIRE(transfer_get_cost_policy(transfer) <= TRANSFER_COST_ALWAYS);
    REQUIRE(!transfer_get_ranges(transfer, &ranges, &count));
    for (size_t i = 0; i < count; i++)
        REQUIRE(ranges[i].length &&
                (!i || ranges[i - 1].offset + ranges[i - 1].length < ranges[i].offset));
    memory_free(ranges);
    response_release(transfer_get_response(transfer));
}

/* The transfer of a record, NULL if there is none; and in *ret the record of that transfer. */
static struct transfer *restore(const struct value_set *values, struct value_set **ret)
{
    struct store *store = engine_store(NULL);
    struct store_id store_id;
    struct transfer *transfer;
    enum port_status status = transfer_restore(&id, values, &transfer);

    memcpy(store_id.bytes, id.bytes, sizeof(store_id.bytes));
    REQUIRE(status == PORT_OK || status == PORT_INVALID);
    if (status)
        return NULL;
    check_transfer(transfer);
    REQUIRE(!transfer_save(transfer));
    REQUIRE(!store_get(store, &store_id, ret));
    return transfer;
}

static void check_record(struct value_set *values)
{
    struct store *store = engine_store(NULL);
    struct value_set *first = NULL, *second = NULL;
    struct transfer *transfer, *again;
    struct store_id store_id;
    bool changed;

    memcpy(store_id.bytes, id.bytes, sizeof(store_id.bytes));
    record_visit_private(values, check_name, NULL);
    REQUIRE(!store_put(store, &store_id, values));
    REQUIRE(!record_make_ours(values, &changed));
    transfer = restore(values, &first);
    if (transfer) {
        again = restore(first, &second);
        REQUIRE(again);
        require_same(first, second);
        transfer_release(again);
        transfer_release(transfer);
    }
    value_set_free(first);
    value_set_free(second);
    REQUIRE(!store_remove(store, &store_id));
}

static enum port_status collect(void *context, const void *bytes, size_t size)
{
    struct reg_text *text = context;

    text->bytes = realloc(text->bytes, text->size + size + 1);
    REQUIRE(text->bytes);
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = 0;
    return PORT_OK;
}

static void check_export(struct value_set *values, enum reg_encoding encoding)
{
    struct reg_text text = { 0 };
    struct reg_export *export;
    struct hive *hive;

    memory_files_clear();
    REQUIRE(!hive_open(hive_path, &hive));
    REQUIRE(!hive_set_values(hive, KEY, values));
    REQUIRE(!reg_export_begin(encoding, collect, &text, &export));
    REQUIRE(!reg_export_key(export, hive, KEY, "HKEY_CURRENT_USER\\Software\\App"));
    reg_export_end(export);
    hive_close(hive);
    reg_read(&text, encoding, values);
    free(text.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    struct value_set *values = take_values(&input);

    check_export(values, REG_UTF8);
    check_export(values, REG_UTF16);
    check_record(values);
    value_set_free(values);
    return 0;
}
