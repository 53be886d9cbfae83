/* SPDX-License-Identifier: MIT */
#include "record_json.h"

#include "src/port/memory.h"
#include "src/store/bytes.h"
#include "src/store/download_values.h"
#include "src/store/uri_secrets.h"
#include "words.h"

enum member_kind {
    TEXT,
    URI, /* without secrets */
    DWORD_NUMBER,
    QWORD_NUMBER,
    TIME,
};

/* What is shown as it is stored; null where it is not. */
static const struct {
    const char *member, *value;
    enum member_kind kind;
} members[] = {
    { "uri", DOWNLOAD_URI, URI },
    { "method", DOWNLOAD_METHOD, TEXT },
    { "bytesReceived", DOWNLOAD_BYTES, QWORD_NUMBER },
    { "totalBytes", DOWNLOAD_TOTAL, QWORD_NUMBER },
    { "created", DOWNLOAD_CREATED, TIME },
    { "lastAsked", DOWNLOAD_LAST_ASKED, TIME },
    { "group", DOWNLOAD_GROUP, TEXT },
    { "transferGroup", DOWNLOAD_TRANSFER_GROUP, TEXT },
    { "tag", DOWNLOAD_TAG, TEXT },
    { "maxBytesPerSecond", DOWNLOAD_MAX_SPEED, QWORD_NUMBER },
    { "maxConnections", DOWNLOAD_MAX_CONNECTIONS, DWORD_NUMBER },
    { "priority", DOWNLOAD_PRIORITY, DWORD_NUMBER },
    { "costPolicy", DOWNLOAD_COST_POLICY, DWORD_NUMBER },
    { "attempts", DOWNLOAD_ATTEMPTS, DWORD_NUMBER },
    { "retries", DOWNLOAD_RETRIES, DWORD_NUMBER },
    { "restarts", DOWNLOAD_RESTARTS, DWORD_NUMBER },
    { "responseStatus", DOWNLOAD_RESPONSE_STATUS, DWORD_NUMBER },
    { "responseUri", DOWNLOAD_RESPONSE_URI, URI },
    { "etag", DOWNLOAD_ETAG, TEXT },
    { "lastModified", DOWNLOAD_LAST_MODIFIED, TEXT },
    { "error", DOWNLOAD_ERROR_MESSAGE, TEXT },
    { "errorHttpStatus", DOWNLOAD_ERROR_HTTP, DWORD_NUMBER },
};

static void write_time(struct json *json, const char *member, uint64_t time)
{
    char text[WORDS_SIZE];

    words_of_time(text, time, true);
    json_text(json, member, text);
}

static void write_member(struct json *json, const char *member, enum member_kind kind,
                         const struct stored_value *value)
{
    char *uri;

    switch (kind) {
    case TEXT:
        json_text(json, member, value->data);
        break;
    case URI:
        uri = uri_without_secrets(value->data);
        json_text(json, member, uri);
        memory_free(uri);
        break;
    case DWORD_NUMBER:
        json_number(json, member, get_u32(value->data));
        break;
    case QWORD_NUMBER:
        json_number(json, member, get_u64(value->data));
        break;
    case TIME:
        write_time(json, member, get_u64(value->data));
        break;
    }
}

static enum registry_type type_of(enum member_kind kind)
{
    return kind == DWORD_NUMBER                   ? REGISTRY_DWORD
           : kind == QWORD_NUMBER || kind == TIME ? REGISTRY_QWORD
                                                  : REGISTRY_SZ;
}

void record_write_json(struct json *json, const char *app, const struct store_tool_record *record)
{
    const struct value_set *values = record->values;
    char id[STORE_ID_TEXT_SIZE], *path = words_of_path(values);
    char *reason = words_of_reason(values, record->hive->live);
    struct stored_value value;

    store_tool_format_id(&record->id, id);
    json_object(json, NULL);
    json_text(json, "app", app);
    json_text(json, "id", id);
    json_text(json, "hive", record->hive->name);
    json_bool(json, "live", record->hive->live);
    json_text(json, "state",
              words_of_state(value_set_get_dword(values, DOWNLOAD_STATE, DOWNLOAD_ACTIVE),
                             record->hive->live));
    json_text(json, "reason", reason);
    json_text(json, "resultFile", path);
    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        if (value_set_get(values, members[i].value, type_of(members[i].kind), &value))
            write_member(json, members[i].member, members[i].kind, &value);
        else
            json_null(json, members[i].member);
    }
    json_end_object(json);
    memory_free(reason);
    memory_free(path);
}
