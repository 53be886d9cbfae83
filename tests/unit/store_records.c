/* SPDX-License-Identifier: MIT */
#include "store_records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "src/port/clock.h"
#include "src/store/download_values.h"
#include "strings_ring.h"
#include "test_files.h"

void record_id(unsigned number, struct store_id *ret)
{
    memset(ret, 0x5a, sizeof(*ret));
    memcpy(ret->bytes, &number, sizeof(number));
}

unsigned record_number(const struct store_id *id)
{
    unsigned number;

    memcpy(&number, id->bytes, sizeof(number));
    return number;
}

struct value_set *record_values(unsigned number, unsigned version)
{
    int64_t now = clock_universal_time();
    struct value_set *values;

    assert_int_equal(value_set_create(&values), PORT_OK);
    assert_int_equal(value_set_put_qword(values, DOWNLOAD_CREATED, (uint64_t)now), PORT_OK);
    assert_int_equal(value_set_put_qword(values, DOWNLOAD_LAST_ASKED, (uint64_t)now), PORT_OK);
    assert_int_equal(value_set_put_dword(values, DOWNLOAD_ATTEMPTS, number), PORT_OK);
    assert_int_equal(value_set_put_qword(values, DOWNLOAD_BYTES, version), PORT_OK);
    return values;
}

struct store *open_store(const char *folder)
{
    struct store *store;

    assert_int_equal(store_create(folder, &store), PORT_OK);
    return store;
}

void put_record(struct store *store, unsigned number, unsigned version)
{
    struct value_set *values = record_values(number, version);
    struct store_id id;

    record_id(number, &id);
    assert_int_equal(store_put(store, &id, values), PORT_OK);
    value_set_free(values);
}

void put_records(struct store *store, unsigned first, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        put_record(store, first + i, 1);
}

void put_group(struct store *store, const char *name, const char *tag)
{
    struct value_set *values;

    assert_int_equal(value_set_create(&values), PORT_OK);
    assert_int_equal(value_set_put_text(values, DOWNLOAD_TAG, tag), PORT_OK);
    assert_int_equal(store_put_group(store, name, values), PORT_OK);
    value_set_free(values);
}

unsigned stored_version(struct store *store, unsigned number)
{
    struct value_set *values;
    struct store_id id;
    unsigned version;

    record_id(number, &id);
    if (store_get(store, &id, &values))
        return 0;
    version = (unsigned)value_set_get_qword(values, DOWNLOAD_BYTES, 0);
    value_set_free(values);
    return version;
}

bool note_adopted(void *context, const struct store_id *id, const struct value_set *values)
{
    unsigned number = value_set_get_dword(values, DOWNLOAD_ATTEMPTS, RECORDS_MAX);
    struct adopted *adopted = context;

    if (number >= RECORDS_MAX || number != record_number(id))
        return false;
    adopted->times[number]++;
    adopted->versions[number] = (unsigned)value_set_get_qword(values, DOWNLOAD_BYTES, 0);
    adopted->count++;
    return true;
}

void adopt_all(struct store *store, struct adopted *ret)
{
    memset(ret, 0, sizeof(*ret));
    assert_int_equal(store_adopt(store, note_adopted, ret), PORT_OK);
}

void check_adopted(const struct adopted *adopted, unsigned first, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        assert_int_equal(adopted->times[first + i], 1);
}

struct search {
    const char *ending;
    const char *found;
    unsigned count;
};

static bool look_at(void *context, const char *name, enum file_kind kind)
{
    struct search *search = context;
    size_t length = strlen(name), ending = strlen(search->ending);

    if (kind == FILE_KIND_FILE && length >= ending &&
        !strcmp(name + length - ending, search->ending)) {
        search->count++;
        search->found = ring_format("%s", name);
    }
    return true;
}

unsigned count_files(const char *folder, const char *ending)
{
    struct search search = { .ending = ending };

    file_real_ops.visit(folder, look_at, &search);
    return search.count;
}

const char *only_file(const char *folder, const char *ending)
{
    struct search search = { .ending = ending };

    assert_int_equal(file_real_ops.visit(folder, look_at, &search), PORT_OK);
    assert_int_equal(search.count, 1);
    return ring_format("%s/%s", folder, search.found);
}

void leave_records(const char *folder, unsigned first, unsigned count, unsigned version)
{
    struct store *store = open_store(folder);

    for (unsigned i = 0; i < count; i++)
        put_record(store, first + i, version);
    store_close(store);
}

const char *copy_hive(const char *path)
{
    const char *copy =
        ring_format("%.*s/00000000000000aa.hive", (int)(strrchr(path, '/') - path), path);
    char *content;
    file_handle file;
    size_t size;

    content = test_file_read(path, &size);
    assert_non_null(content);
    assert_int_equal(file_open(copy, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_PRIVATE, &file),
                     PORT_OK);
    assert_int_equal(file_write_at(file, 0, content, size), PORT_OK);
    file_close(file);
    free(content);
    return copy;
}
