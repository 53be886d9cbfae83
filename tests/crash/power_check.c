/* SPDX-License-Identifier: MIT */
#include "power_check.h"

#include <stdio.h>
#include <string.h>

#include "power_records.h"
#include "power_run.h"
#include "src/port/memory.h"
#include "src/store/download_values.h"
#include "src/store/store_names.h"

struct check {
    const struct power_model *model;
    struct store *store;
    uint32_t found[POWER_THINGS];
    char named[POWER_THINGS][POWER_NAME_SIZE]; /* private files */
    struct power_why why;
};

static void check_file(struct check *check, unsigned thing, const struct value_set *values)
{
    const char *path = value_set_get_text(values, DOWNLOAD_PRIVATE_FILE);
    uint64_t bytes = value_set_get_qword(values, DOWNLOAD_BYTES, 0);

    if (!path)
        return;
    snprintf(check->named[thing], POWER_NAME_SIZE, "%s", strrchr(path, '/') + 1);
    /* One without bytes may not have come yet, and of one that was about to go the file may have
     * gone first. */
    if (!bytes || power_file_has(path, thing, bytes) ||
        power_model_was_removed(check->model, thing))
        return;
    power_fail(&check->why, "thing %u: its file has not the %llu bytes of the record", thing,
               (unsigned long long)bytes);
}

static bool take(void *context, const struct store_id *id, const struct value_set *values)
{
    unsigned thing = power_record_thing(id);
    struct check *check = context;
    uint32_t version;

    if (thing >= POWER_GROUP) {
        power_fail(&check->why, "a record that was never written");
        return true;
    }
    version = power_record_check(thing, values);
    if (!version)
        power_fail(&check->why, "thing %u: not the record's bytes", thing);
    if (check->found[thing])
        power_fail(&check->why, "thing %u was told twice", thing);
    check->found[thing] = version;
    check_file(check, thing, values);
    return true;
}

static void look_at_groups(struct check *check)
{
    struct value_set *values;
    enum port_status status;

    for (unsigned thing = POWER_GROUP; thing < POWER_THINGS; thing++) {
        if (!check->model->things[thing].count)
            continue;
        status = store_get_group(check->store, power_group_name(thing), &values);
        if (status && status != PORT_NOT_FOUND)
            power_fail(&check->why, "group %u: status %d", thing, status);
        if (!status) {
            check->found[thing] = power_record_check(thing, values);
            value_set_free(values);
        }
    }
}

static void open_and_take(struct check *check)
{
    enum port_status status = store_create(POWER_APP, &check->store);

    memset(check->found, 0, sizeof(check->found));
    memset(check->named, 0, sizeof(check->named));
    if (!status)
        status = store_adopt(check->store, take, check);
    if (status)
        power_fail(&check->why, "the store does not open: status %d", status);
    look_at_groups(check);
}

static void compare(struct check *check)
{
    for (unsigned thing = 0; thing < POWER_THINGS; thing++) {
        const struct power_history *history = &check->model->things[thing];

        if (!power_model_allows(check->model, thing, check->found[thing]))
            power_fail(&check->why,
                       "thing %u: version %u is there, of %u; committed was that at %u", thing,
                       check->found[thing], history->count, history->committed);
    }
}

static bool look_at_private(void *context, const char *name, enum file_kind kind)
{
    struct check *check = context;

    (void)kind;
    for (unsigned thing = 0; thing < POWER_THINGS; thing++) {
        if (!strcmp(check->named[thing], name))
            return true;
    }
    power_fail(&check->why, "left over: private/%s", name);
    return true;
}

static bool look_at_transfers(void *context, const char *name, enum file_kind kind)
{
    const char *ending = strchr(name, '.');
    struct check *check = context;

    (void)kind;
    if (ending && !strcmp(ending, HIVE_ENDING ".new"))
        power_fail(&check->why, "left over: transfers/%s", name);
    return true;
}

static void write_more(struct check *check)
{
    struct value_set *values = power_record_make(0, 1, 100, NULL, 0);
    struct store_id id;

    power_record_id(0, &id);
    if (store_put(check->store, &id, values) || store_flush(check->store) ||
        store_put_group(check->store, power_group_name(POWER_GROUP), values))
        power_fail(&check->why, "nothing more can be written");
    value_set_free(values);
}

/* What one process has found the next one finds, too, and can go on; and what was left over is gone
 * at the latest when a third one comes. */
static void look_again(struct check *check)
{
    uint32_t found[POWER_THINGS];

    memcpy(found, check->found, sizeof(found));
    open_and_take(check);
    if (!check->why.failed && memcmp(found, check->found, sizeof(found)))
        power_fail(&check->why, "the next process finds something else");
    write_more(check);
    store_close(check->store);
    open_and_take(check);
    file_visit(POWER_APP "/private", look_at_private, check);
    file_visit(POWER_APP "/transfers", look_at_transfers, check);
    store_close(check->store);
}

bool power_check_store(const struct power_model *model, bool deep, char why[POWER_WHY_SIZE])
{
    static struct check check;

    memset(&check, 0, sizeof(check));
    check.model = model;
    check.why.text = why;
    open_and_take(&check);
    compare(&check);
    store_close(check.store);
    if (deep && !check.why.failed)
        look_again(&check);
    return !check.why.failed;
}
