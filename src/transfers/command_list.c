/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "apps.h"
#include "output.h"
#include "problems.h"
#include "record_json.h"
#include "src/port/memory.h"
#include "src/store/download_values.h"
#include "table.h"
#include "words.h"

static const struct table_column columns[TABLE_COLUMNS] = {
    { "ID", false, 0 }, { "STATE", false, 0 }, { "RECEIVED", true, 0 },
    { "%", true, 0 },   { "FILE", false, 32 }, { "FROM", false, 0 },
};

struct listing {
    const struct app *app;
    struct table table;
    struct json json;
    size_t count;
};

/* "1.5 MiB of 3.0 MiB" */
static char *received(const struct value_set *values)
{
    char bytes[WORDS_SIZE], total[WORDS_SIZE];

    words_of_size(bytes, value_set_get_qword(values, DOWNLOAD_BYTES, 0));
    if (!value_set_get_qword(values, DOWNLOAD_TOTAL, 0))
        return memory_strdup(bytes);
    words_of_size(total, value_set_get_qword(values, DOWNLOAD_TOTAL, 0));
    return memory_format("%s of %s", bytes, total);
}

static char *file_name(const struct value_set *values)
{
    const char *path = value_set_get_text(values, DOWNLOAD_RESULT_FILE), *name;

    if (!path)
        return memory_strdup("(private)");
    name = strrchr(path, '/');
    return memory_strdup(name ? name + 1 : path);
}

static bool list_record(void *context, const struct store_tool_record *record)
{
    struct listing *listing = context;
    const struct value_set *values = record->values;
    uint32_t state = value_set_get_dword(values, DOWNLOAD_STATE, DOWNLOAD_ACTIVE);
    char id[STORE_ID_TEXT_SIZE], part[WORDS_SIZE];
    struct table_row row;

    listing->count++;
    store_tool_format_id(&record->id, id);
    words_of_part(part, values);
    row = (struct table_row){
        .cells = { memory_strdup(id), memory_strdup(words_of_state(state, record->hive->live)),
                   received(values), memory_strdup(part), file_name(values),
                   words_of_uri(values, DOWNLOAD_URI) },
        .note = words_of_reason(values, record->hive->live),
    };
    if (!table_add(&listing->table, &row)) {
        out_error("%s", words_of_status(PORT_NO_MEMORY));
        return false;
    }
    return true;
}

static bool list_app(void *context, const struct app *app)
{
    struct listing *listing = context;

    listing->table.columns = columns;
    store_tool_visit(app->folder, list_record, listing); /* problems_tell tells what failed */
    if (listing->table.count) {
        out("%s%s\n", listing->count > listing->table.count ? "\n" : "", app->name);
        table_end(&listing->table);
    }
    problems_tell(app);
    return true;
}

static bool list_record_as_json(void *context, const struct store_tool_record *record)
{
    struct listing *listing = context;

    record_write_json(&listing->json, listing->app->name, record);
    return true;
}

static bool list_app_as_json(void *context, const struct app *app)
{
    struct listing *listing = context;

    listing->app = app;
    store_tool_visit(app->folder, list_record_as_json, listing);
    problems_tell(app);
    return true;
}

void command_list(const struct options *options)
{
    struct listing listing = { .app = NULL };

    if (options->json) {
        json_object(&listing.json, NULL);
        json_array(&listing.json, "downloads");
        apps_visit(options, list_app_as_json, &listing);
        json_end_array(&listing.json);
        json_end_object(&listing.json);
        return;
    }
    apps_visit(options, list_app, &listing);
    if (!listing.count && !out_error_count())
        out("No downloads.\n");
}
