/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <stdio.h>
#include <string.h>

#include "src/port/memory.h"
#include "src/port/paths.h"
#include "src/store/download_values.h"
#include "src/store/uri_secrets.h"

static const char *const statuses[PORT_STATUS_MAX] = {
    [PORT_OK] = "no error",
    [PORT_NO_MEMORY] = "there is not enough memory",
    [PORT_INVALID] =
        "it is no hive, or one of another version; a newer winrt-transfers may read it",
    [PORT_NOT_FOUND] = "it is not there",
    [PORT_EXISTS] = "it is there already",
    [PORT_DENIED] = "it is not yours, a link, or open to others; chmod -R go-rwx makes it private",
    [PORT_NOT_A_FOLDER] = "a folder on the way to it is none",
    [PORT_IS_A_FOLDER] = "it is a folder",
    [PORT_NOT_EMPTY] = "it is not empty",
    [PORT_NAME_TOO_LONG] = "its name is too long",
    [PORT_DISK_FULL] = "the disk is full; make room and try again",
    [PORT_FILE_TOO_BIG] = "it is too big",
    [PORT_OTHER_VOLUME] = "it is on another volume",
    [PORT_BUSY] = "somebody is working on it; try again",
    [PORT_NO_HANDLES] = "too many files are open",
    [PORT_WRONG_STATE] = "it has ended already",
    [PORT_FILE_CHANGED] = "it has changed",
    [PORT_NOT_SUPPORTED] = "the system cannot do that",
    [PORT_IO] = "it cannot be read or written, or is damaged",
};

const char *words_of_status(enum port_status status)
{
    const char *text = (unsigned)status < PORT_STATUS_MAX ? statuses[status] : NULL;

    return text ? text : "it failed";
}

const char *words_of_state(uint32_t state, bool live)
{
    static const char *const words[] = {
        [DOWNLOAD_ACTIVE] = "interrupted", [DOWNLOAD_PAUSED] = "paused",
        [DOWNLOAD_PARKED] = "parked",      [DOWNLOAD_COMPLETED] = "completed",
        [DOWNLOAD_CANCELED] = "cancelled", [DOWNLOAD_FAILED] = "failed",
    };

    if (state >= sizeof(words) / sizeof(words[0]))
        return "unknown";
    return state == DOWNLOAD_ACTIVE && live ? "active" : words[state];
}

static char *reason_of_active(const struct value_set *values, bool live)
{
    uint32_t retries = value_set_get_dword(values, DOWNLOAD_RETRIES, 0);

    if (!live)
        return memory_strdup(
            "its program has ended; it goes on when the app asks for its downloads");
    return retries
               ? memory_format("tried again %u times without getting further", (unsigned)retries)
               : NULL;
}

static char *reason_of_error(const struct value_set *values, const char *otherwise)
{
    const char *message = value_set_get_text(values, DOWNLOAD_ERROR_MESSAGE);
    uint32_t http = value_set_get_dword(values, DOWNLOAD_ERROR_HTTP, 0);

    if (message && message[0])
        return memory_strdup(message);
    return http ? memory_format("the server answered %u", (unsigned)http)
                : memory_strdup(otherwise);
}

char *words_of_reason(const struct value_set *values, bool live)
{
    char *error, *text;

    switch (value_set_get_dword(values, DOWNLOAD_STATE, DOWNLOAD_ACTIVE)) {
    case DOWNLOAD_ACTIVE:
        return reason_of_active(values, live);
    case DOWNLOAD_PAUSED:
        return memory_strdup("by the app, which is to resume it");
    case DOWNLOAD_PARKED:
        error = reason_of_error(values, "the server refused");
        text = error ? memory_format("%s; the app is to decide how to go on", error) : NULL;
        memory_free(error);
        return text;
    case DOWNLOAD_FAILED:
        return reason_of_error(values, NULL);
    default:
        return NULL;
    }
}

void words_of_size(char text[WORDS_SIZE], uint64_t bytes)
{
    static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    uint64_t tenths;
    size_t unit = 0;

    if (bytes < 1024) {
        snprintf(text, WORDS_SIZE, "%u B", (unsigned)bytes);
        return;
    }
    /* Tenths of the unit, rounded down; the first division cannot overflow what the others could.
     */
    tenths = bytes / 1024 * 10 + bytes % 1024 * 10 / 1024;
    while (tenths >= 10240) {
        tenths /= 1024;
        unit++;
    }
    snprintf(text, WORDS_SIZE, "%u.%u %s", (unsigned)(tenths / 10), (unsigned)(tenths % 10),
             units[unit]);
}

void words_of_part(char text[WORDS_SIZE], const struct value_set *values)
{
    uint64_t total = value_set_get_qword(values, DOWNLOAD_TOTAL, 0);
    uint64_t bytes = value_set_get_qword(values, DOWNLOAD_BYTES, 0);

    text[0] = 0;
    if (total && bytes <= total)
        snprintf(text, WORDS_SIZE, "%u %%", (unsigned)((double)bytes / (double)total * 100));
}

/* Days since 1601-01-01 as a date of the Gregorian calendar, whose 400 years begin there. */
static void date_of_day(uint64_t day, unsigned *year, unsigned *month, unsigned *ret_day)
{
    static const uint8_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    uint64_t centuries, rest = day % 146097;
    unsigned fours, years, at = 0;

    *year = 1601 + (unsigned)(day / 146097) * 400;
    centuries = rest / 36524 < 3 ? rest / 36524 : 3;
    rest -= centuries * 36524;
    fours = (unsigned)(rest / 1461);
    rest %= 1461;
    years = rest / 365 < 3 ? (unsigned)(rest / 365) : 3;
    rest -= years * 365;
    *year += (unsigned)centuries * 100 + fours * 4 + years;
    for (; at < 11; at++) {
        bool leap = years == 3 && (fours != 24 || centuries == 3);
        unsigned length = lengths[at] + (at == 1 && leap ? 1u : 0u);

        if (rest < length)
            break;
        rest -= length;
    }
    *month = at + 1;
    *ret_day = (unsigned)rest + 1;
}

void words_of_time(char text[WORDS_SIZE], uint64_t time, bool iso)
{
    uint64_t seconds = time / 10000000, second = seconds % 86400;
    unsigned year, month, day;

    date_of_day(seconds / 86400, &year, &month, &day);
    snprintf(text, WORDS_SIZE, "%04u-%02u-%02u%c%02u:%02u:%02u%s", year, month, day,
             iso ? 'T' : ' ', (unsigned)(second / 3600), (unsigned)(second / 60 % 60),
             (unsigned)(second % 60), iso ? "Z" : " UTC");
}

char *words_of_uri(const struct value_set *values, const char *name)
{
    const char *uri = value_set_get_text(values, name);

    return uri ? uri_without_secrets(uri) : memory_strdup("");
}

char *words_of_path(const struct value_set *values)
{
    const char *path = value_set_get_text(values, DOWNLOAD_RESULT_FILE);
    const char *platform = value_set_get_text(values, DOWNLOAD_PLATFORM);

    if (!path)
        return NULL;
    return platform && strcmp(platform, path_platform()) ? memory_strdup(path)
                                                         : path_to_native(path);
}
