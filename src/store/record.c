/* SPDX-License-Identifier: MIT */
#include "record.h"

#include <string.h>

#include "download_values.h"
#include "names.h"
#include "src/port/memory.h"
#include "src/port/paths.h"
#include "src/port/system.h"

#define DAY        (UINT64_C(86400) * 10000000) /* in 100 ns */
#define STALE_DAYS 90
#define MOST_DAYS  36500

static const char *const path_values[] = {
    DOWNLOAD_RESULT_FILE,
    DOWNLOAD_BODY_FILE,
    DOWNLOAD_PRIVATE_FILE,
    DOWNLOAD_PRIVATE_BODY,
};

static const char *const private_values[] = {
    DOWNLOAD_PRIVATE_FILE,
    DOWNLOAD_PRIVATE_BODY,
};

uint64_t record_stale_days(void)
{
    uint64_t days;

    if (system_environment_number("WINRT_STALE_DAYS", 1, MOST_DAYS, STALE_DAYS, &days))
        days = STALE_DAYS;
    return days;
}

bool record_is_stale(const struct value_set *record, int64_t now, uint64_t days)
{
    uint64_t asked = value_set_get_qword(record, DOWNLOAD_LAST_ASKED, 0);

    if (!asked)
        asked = value_set_get_qword(record, DOWNLOAD_CREATED, 0);
    return asked && asked < (uint64_t)now && (uint64_t)now - asked > days * DAY;
}

/* "https://user:password@host/", and what cannot be told. */
static bool has_user_info(const char *uri)
{
    const char *authority = strstr(uri, "//");

    return !authority || memchr(authority, '@', 2 + strcspn(authority + 2, "/?#"));
}

/* Set-Cookie, Set-Cookie2. */
static bool has_cookie(const struct stored_value *headers)
{
    static const char name[] = "set-cookie";
    const char *header = headers->data, *end = header + headers->size;

    for (; header < end; header += strlen(header) + 1) {
        if (strlen(header) >= sizeof(name) - 1 && name_equal(header, name, sizeof(name) - 1))
            return true;
    }
    return false;
}

bool record_has_secrets(const struct value_set *record)
{
    for (size_t i = 0; i < value_set_count(record); i++) {
        struct stored_value value;

        value_set_at(record, i, &value);
        if (!value.size || !download_value_is_secret(value.name))
            continue;
        if (!strcmp(value.name, DOWNLOAD_URI) && value.type == REGISTRY_SZ &&
            !has_user_info(value.data))
            continue;
        if (!strcmp(value.name, DOWNLOAD_RESPONSE_HEADERS) && value.type == REGISTRY_MULTI_SZ &&
            !has_cookie(&value))
            continue;
        return true;
    }
    return false;
}

static bool is_on_drive_z(const char *path)
{
    return (path[0] == 'Z' || path[0] == 'z') && path[1] == ':' && path[2] == '/';
}

static bool is_below_root(const char *path)
{
    return path[0] == '/' && path[1] != '/';
}

struct conversion {
    const char *from, *to;
    bool (*fits)(const char *path); /* others stay as they are */
    size_t skip;
    const char *prefix;
};

static const struct conversion conversions[] = {
    { "win32", "posix", is_on_drive_z, 2, "" },
    { "posix", "win32", is_below_root, 0, "Z:" },
};

static enum port_status convert_paths(struct value_set *record, const struct conversion *conversion)
{
    enum port_status status = PORT_OK;
    size_t i;

    for (i = 0; !status && i < sizeof(path_values) / sizeof(path_values[0]); i++) {
        const char *path = value_set_get_text(record, path_values[i]);
        char *ours;

        if (!path || !conversion->fits(path))
            continue;
        ours = memory_format("%s%s", conversion->prefix, path + conversion->skip);
        status = ours ? value_set_put_text(record, path_values[i], ours) : PORT_NO_MEMORY;
        memory_free(ours);
    }
    return status;
}

enum port_status record_make_ours(struct value_set *record, bool *ret_changed)
{
    const char *platform = value_set_get_text(record, DOWNLOAD_PLATFORM);
    enum port_status status;
    size_t i;

    *ret_changed = false;
    if (!platform || !strcmp(platform, path_platform()))
        return PORT_OK;
    for (i = 0; i < sizeof(conversions) / sizeof(conversions[0]); i++) {
        if (strcmp(platform, conversions[i].from) || strcmp(path_platform(), conversions[i].to))
            continue;
        status = convert_paths(record, &conversions[i]);
        if (!status)
            status = value_set_put_text(record, DOWNLOAD_PLATFORM, conversions[i].to);
        value_set_remove(record, DOWNLOAD_FILE_IDENTITY);
        *ret_changed = true;
        return status;
    }
    return PORT_OK;
}

void record_visit_private(const struct value_set *record,
                          void (*visitor)(void *context, const char *name), void *context)
{
    size_t i;

    for (i = 0; i < sizeof(private_values) / sizeof(private_values[0]); i++) {
        const char *path = value_set_get_text(record, private_values[i]);
        const char *name = path ? strrchr(path, '/') : NULL;

        if (name && name[1])
            visitor(context, name + 1);
    }
}
