/* SPDX-License-Identifier: MIT */
#include "branches.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_SIZE 65536

void limited_create(struct watch *watch, IBackgroundDownloader *downloader, const char *name,
                    const char *options)
{
    watch_create_file(watch, downloader, name,
                      server_url("FAULT_HTTP", "/script/%d?token=%s&rate=%d&%s", LIMITED_SIZE,
                                 test_token(name), LIMITED_RATE, options),
                      name);
}

void limited_start(struct watch *watch, const char *name, const char *options)
{
    limited_create(watch, NULL, name, options);
    watch_start(watch);
}

void limited_to(struct watch *watch, const char *name, UINT64 bytes)
{
    limited_start(watch, name, "");
    script_control(watch, "arrived?count=3");
    watch_for_bytes(watch, bytes);
}

void limited_end(struct watch *watch, unsigned version)
{
    BackgroundDownloadProgress progress;
    HRESULT error;

    if (watch_end(watch, &error) != Completed)
        fail_msg("0x%08X", (unsigned)error);
    progress = progress_of(watch->operation);
    assert_int_equal(progress.BytesReceived, LIMITED_SIZE);
    assert_int_equal(progress.TotalBytesToReceive, LIMITED_SIZE);
    check_version_file(test_path(watch->file), version, LIMITED_SIZE);
    watch_close(watch);
}

static void check_what_came_in_order(struct watch *watch)
{
    UINT64 bytes = progress_of(watch->operation).BytesReceived;

    assert_in_range(bytes, 1, LIMITED_SIZE - 1);
    check_pattern_file(test_path(watch->file), bytes);
}

void limited_cancel(struct watch *watch)
{
    operation_cancel(watch->async);
    assert_int_equal(watch_end(watch, NULL), Canceled);
    check_what_came_in_order(watch);
    watch_close(watch);
}

void limited_fail(struct watch *watch, HRESULT error)
{
    HRESULT actual;

    assert_int_equal(watch_end(watch, &actual), Error);
    check_hresult(error, actual);
    check_what_came_in_order(watch);
    watch_close(watch);
}

/* The lines of that row about the watch's token, in a buffer that is used again. */
static char *ask(const struct watch *watch, const char *row)
{
    static char text[TEXT_SIZE];

    assert_int_equal(http_get(server_url("FAULT_HTTP", "/%s/%s", row, watch->token), text,
                              sizeof(text)),
                     200);
    return text;
}

static void take_line(const char *line, struct asked *ret)
{
    char range[64] = "";
    int fields = sscanf(line, "%15s %63s %63s", ret->method, range, ret->condition);
    char *end;

    assert_int_equal(fields, 3);
    ret->first = 0;
    ret->last = LIMITED_SIZE - 1;
    if (!strcmp(range, "-"))
        return;
    assert_int_equal(strncmp(range, "bytes=", 6), 0);
    ret->first = strtoull(range + 6, &end, 10);
    assert_int_equal(*end, '-');
    if (end[1])
        ret->last = strtoull(end + 1, NULL, 10);
}

size_t asked_all(const struct watch *watch, struct asked *ret)
{
    char *line = ask(watch, "requests");
    size_t count = 0;

    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        assert_true(count < ASKED_MOST);
        *end = '\0';
        take_line(line, &ret[count++]);
    }
    return count;
}

unsigned most_at_once(const struct watch *watch, size_t first)
{
    char *line = ask(watch, "beside");
    unsigned most = 0;
    size_t number = 0;

    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        unsigned count = (unsigned)strtoul(line, NULL, 10) + 1;

        if (number++ >= first && count > most)
            most = count;
    }
    return most;
}

UINT64 sent_in_all(const struct watch *watch)
{
    return strtoull(ask(watch, "total"), NULL, 10);
}

unsigned connection_count(const struct watch *watch)
{
    char *line = ask(watch, "connections");
    unsigned long seen[ASKED_MOST];
    unsigned count = 0;

    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        unsigned long number = strtoul(line, NULL, 10);
        unsigned i = 0;

        while (i < count && seen[i] != number)
            i++;
        assert_true(i < ASKED_MOST);
        seen[i] = number;
        count += i == count;
    }
    return count;
}

void find_places(const struct watch *watch, bool *ret)
{
    size_t size;
    char *content = test_file_read(test_path(watch->file), &size);

    assert_non_null(content);
    assert_in_range(size, 0, LIMITED_SIZE);
    for (size_t place = 0; place < PLACES; place++) {
        size_t offset = place * PLACE_SIZE;

        ret[place] = offset + PLACE_SIZE <= size;
        for (size_t i = 0; ret[place] && i < PLACE_SIZE; i++)
            ret[place] = (unsigned char)content[offset + i] == pattern_byte(offset + i);
    }
    free(content);
}
