/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "apps.h"
#include "output.h"
#include "problems.h"
#include "record_json.h"
#include "src/port/memory.h"
#include "src/store/bytes.h"
#include "src/store/download_values.h"
#include "src/store/uri_secrets.h"
#include "words.h"

struct showing {
    const struct options *options;
    const struct app *app;
    struct json json;
    size_t count;
    bool *found; /* of each id */
};

static void show(const char *title, const char *text)
{
    if (text)
        out("%-16s%s\n", title, text);
}

enum row_kind {
    TEXT,
    URI,
    NUMBER,
    SPEED,
    TIME,
    COUNT, /* of strings, which are secret */
    HIDDEN,
};

static const struct {
    const char *title, *value;
    enum row_kind kind;
} rows[] = {
    { "Method", DOWNLOAD_METHOD, TEXT },
    { "Request headers", DOWNLOAD_HEADERS, COUNT },
    { "Request body", DOWNLOAD_BODY_FILE, TEXT },
    { "Server account", DOWNLOAD_SERVER_USER, HIDDEN },
    { "Proxy account", DOWNLOAD_PROXY_USER, HIDDEN },
    { "Group", DOWNLOAD_GROUP, TEXT },
    { "Transfer group", DOWNLOAD_TRANSFER_GROUP, TEXT },
    { "Tag", DOWNLOAD_TAG, TEXT },
    { "Speed limit", DOWNLOAD_MAX_SPEED, SPEED },
    { "Max connections", DOWNLOAD_MAX_CONNECTIONS, NUMBER },
    { "Created", DOWNLOAD_CREATED, TIME },
    { "Last asked for", DOWNLOAD_LAST_ASKED, TIME },
    { "Requests sent", DOWNLOAD_ATTEMPTS, NUMBER },
    { "Retries", DOWNLOAD_RETRIES, NUMBER },
    { "Restarts", DOWNLOAD_RESTARTS, NUMBER },
    { "Answer", DOWNLOAD_RESPONSE_STATUS, NUMBER },
    { "Answered by", DOWNLOAD_RESPONSE_URI, URI },
    { "ETag", DOWNLOAD_ETAG, TEXT },
    { "Last-Modified", DOWNLOAD_LAST_MODIFIED, TEXT },
};

static enum registry_type type_of(enum row_kind kind)
{
    static const enum registry_type types[] = {
        [TEXT] = REGISTRY_SZ,     [URI] = REGISTRY_SZ,         [NUMBER] = REGISTRY_DWORD,
        [TIME] = REGISTRY_QWORD,  [COUNT] = REGISTRY_MULTI_SZ, [HIDDEN] = REGISTRY_SZ,
        [SPEED] = REGISTRY_QWORD,
    };

    return types[kind];
}

static unsigned count_strings(const struct stored_value *value)
{
    unsigned count = 0;

    for (size_t i = 0; i < value->size; i++)
        count += !((const char *)value->data)[i];
    return count;
}

static void show_row(const char *title, enum row_kind kind, const struct stored_value *value)
{
    char text[WORDS_SIZE], *uri = NULL;
    const char *shown = text;

    switch (kind) {
    case TEXT:
        shown = value->data;
        break;
    case URI:
        shown = uri = uri_without_secrets(value->data);
        break;
    case NUMBER:
        snprintf(text, sizeof(text), "%u", (unsigned)get_u32(value->data));
        break;
    case SPEED:
        snprintf(text, sizeof(text), "%llu bytes a second",
                 (unsigned long long)get_u64(value->data));
        break;
    case TIME:
        words_of_time(text, get_u64(value->data), false);
        break;
    case COUNT:
        snprintf(text, sizeof(text), "%u, not shown", count_strings(value));
        break;
    case HIDDEN:
        shown = "given, not shown";
        break;
    }
    show(title, shown);
    memory_free(uri);
}

/* "1536 of 3072 bytes (50 %)" */
static void show_received(const struct value_set *values)
{
    uint64_t total = value_set_get_qword(values, DOWNLOAD_TOTAL, 0);
    char text[2 * WORDS_SIZE], part[WORDS_SIZE];

    words_of_part(part, values);
    if (total)
        snprintf(text, sizeof(text), "%llu of %llu bytes (%s)",
                 (unsigned long long)value_set_get_qword(values, DOWNLOAD_BYTES, 0),
                 (unsigned long long)total, part[0] ? part : "?");
    else
        snprintf(text, sizeof(text), "%llu bytes; how many there are is not known",
                 (unsigned long long)value_set_get_qword(values, DOWNLOAD_BYTES, 0));
    show("Received", text);
}

static void show_record(struct showing *showing, const struct store_tool_record *record)
{
    const struct value_set *values = record->values;
    char *reason = words_of_reason(values, record->hive->live), *path = words_of_path(values);
    char *uri = words_of_uri(values, DOWNLOAD_URI), id[STORE_ID_TEXT_SIZE];
    struct stored_value value;

    out("%s", showing->count ? "\n" : "");
    store_tool_format_id(&record->id, id);
    show("ID", id);
    show("App", showing->app->name);
    show("Program", record->hive->live ? "runs" : "has ended");
    show("State", words_of_state(value_set_get_dword(values, DOWNLOAD_STATE, DOWNLOAD_ACTIVE),
                                 record->hive->live));
    show("", reason);
    show("From", uri);
    show("To", path ? path : "a private file");
    show_received(values);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (value_set_get(values, rows[i].value, type_of(rows[i].kind), &value))
            show_row(rows[i].title, rows[i].kind, &value);
    }
    memory_free(uri);
    memory_free(path);
    memory_free(reason);
}

static bool visit_record(void *context, const struct store_tool_record *record)
{
    struct showing *showing = context;
    size_t index = options_find_id(showing->options, &record->id);

    if (index == showing->options->id_count)
        return true;
    if (showing->options->json)
        record_write_json(&showing->json, showing->app->name, record);
    else
        show_record(showing, record);
    showing->found[index] = true;
    showing->count++;
    return true;
}

static bool visit_app(void *context, const struct app *app)
{
    struct showing *showing = context;

    showing->app = app;
    store_tool_visit(app->folder, visit_record, showing);
    problems_tell(app);
    return true;
}

void command_show(const struct options *options)
{
    struct showing showing = { .options = options };
    char id[STORE_ID_TEXT_SIZE];

    showing.found = memory_zalloc_array(options->id_count, sizeof(*showing.found));
    if (!showing.found) {
        out_error("%s", words_of_status(PORT_NO_MEMORY));
        return;
    }
    if (options->json) {
        json_object(&showing.json, NULL);
        json_array(&showing.json, "downloads");
    }
    apps_visit(options, visit_app, &showing);
    if (options->json) {
        json_end_array(&showing.json);
        json_end_object(&showing.json);
    }
    for (size_t i = 0; i < options->id_count; i++) {
        store_tool_format_id(&options->ids[i], id);
        if (!showing.found[i])
            out_error("%s: no such download; winrt-transfers list shows those that are there", id);
    }
    memory_free(showing.found);
}
