/* SPDX-License-Identifier: MIT */
/*
 * What a server writes into a head, field by field. The first byte says which parser the rest is
 * for: Content-Range, dates, entity tags, Retry-After, Location, and what ftp servers say. What a
 * parser takes has to mean the same when it is written down again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "fuzz.h"
#include "src/engine/ftp_talk.h"
#include "src/engine/header_list.h"
#include "src/engine/redirect.h"
#include "src/engine/response.h"
#include "src/engine/resume.h"
#include "src/engine/retry.h"
#include "src/engine/token.h"
#include "src/engine/validators.h"

#define TEXT_MOST 512

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    return 0;
}

static void check_range(struct fuzz_input *input)
{
    uint64_t first, last, total, first2, last2, total2;
    char text[TEXT_MOST], again[128];

    fuzz_line(input, text, sizeof(text));
    if (content_range_parse(text, &first, &last, &total)) {
        REQUIRE(first <= last && (!total || last < total) && last <= INT64_MAX);
        if (total)
            snprintf(again, sizeof(again), "BYTES %" PRIu64 "-%" PRIu64 "/%" PRIu64, first, last,
                     total);
        else
            snprintf(again, sizeof(again), "Bytes %" PRIu64 "-%" PRIu64 "/*", first, last);
        REQUIRE(content_range_parse(again, &first2, &last2, &total2));
        REQUIRE(first == first2 && last == last2 && total == total2);
        REQUIRE(!content_range_parse_unsatisfied(text, &total2));
    } else {
        REQUIRE(!first && !last && !total);
    }
    if (content_range_parse_unsatisfied(text, &total)) {
        snprintf(again, sizeof(again), "bytes */%" PRIu64, total);
        REQUIRE(content_range_parse_unsatisfied(again, &total2) && total == total2);
    }
}

/* Days since 1970 (Howard Hinnant's civil_from_days), so that no function of the system's with its
 * own idea of time zones is in the way. */
static void format_date(int64_t seconds, char *text, size_t room)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    static const char days[] = "ThuFriSatSunMonTueWed";
    int64_t day = seconds / 86400, rest = seconds % 86400, era, of_era, year, of_year, month;

    if (rest < 0) {
        rest += 86400;
        day--;
    }
    era = (day + 719468 >= 0 ? day + 719468 : day + 719468 - 146096) / 146097;
    of_era = day + 719468 - era * 146097;
    year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    of_year = of_era - (365 * year + year / 4 - year / 100);
    month = (5 * of_year + 2) / 153;
    year += era * 400 + (month >= 10);
    snprintf(text, room, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
             days + 3 * (((day % 7) + 7) % 7), (int)(of_year - (153 * month + 2) / 5 + 1),
             months + 3 * ((month + 2) % 12), (int)year, (int)(rest / 3600), (int)(rest / 60 % 60),
             (int)(rest % 60));
}

static void check_dates(struct fuzz_input *input)
{
    char one[TEXT_MOST], other[TEXT_MOST], again[64];
    bool one_good, other_good;
    int64_t a, b, same;

    fuzz_line(input, one, sizeof(one));
    fuzz_line(input, other, sizeof(other));
    one_good = http_date_parse(one, &a);
    other_good = http_date_parse(other, &b);
    REQUIRE(http_date_is_strong(one, other) == (one_good && other_good && a < b));
    REQUIRE(!http_date_is_strong(one, NULL) && !http_date_is_strong(NULL, one));
    if (one_good) {
        format_date(a, again, sizeof(again));
        REQUIRE(http_date_parse(again, &same) && same == a);
    }
}

/* RFC 9110, 8.8.3, and not the empty one. */
static bool is_strong(const char *tag)
{
    size_t length = strlen(tag);

    if (length < 3 || tag[0] != '"' || tag[length - 1] != '"' || memchr(tag + 1, '"', length - 2))
        return false;
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)tag[i] <= ' ' || tag[i] == 0x7f)
            return false;
    }
    return true;
}

static void check_tag(struct fuzz_input *input)
{
    char text[TEXT_MOST];

    fuzz_line(input, text, sizeof(text));
    REQUIRE(entity_tag_is_strong(text) == is_strong(text));
}

/* Retry-After: whatever it says, the next attempt is in a minute or the usual wait. */
static void check_retry(struct fuzz_input *input)
{
    struct transfer_error error = { .code = TRANSFER_ERROR_HTTP_STATUS, .http_status = 503 };
    struct retry_state state = { 0 };
    struct retry_question question = {
        .error = &error, .method = "GET", .now_ms = 1000, .base_ms = 1000
    };
    struct header_list *headers;
    struct response *response;
    char text[TEXT_MOST];
    uint64_t due;
    bool asked;

    state.retries = fuzz_below(input, RETRY_LIMIT + 2);
    question.random = fuzz_u32(input);
    question.universal_now = (int64_t)((uint64_t)fuzz_u32(input) << 26);
    fuzz_line(input, text, sizeof(text));
    REQUIRE(!header_list_create(&headers));
    REQUIRE(!header_list_append(headers, "retry-after", text));
    REQUIRE(!response_create(503, "http://a/", "GET", headers, &response));
    question.response = response;
    if (retry_decide(&state, &question, &due, &asked)) {
        REQUIRE(due > question.now_ms && due <= question.now_ms + RETRY_AFTER_MOST_MS);
        REQUIRE(state.retries <= RETRY_LIMIT);
        REQUIRE(asked || due <= question.now_ms + 5000);
    } else {
        REQUIRE(state.retries >= RETRY_LIMIT);
    }
    response_release(response);
}

static void check_url(const struct url *url)
{
    struct url same;

    REQUIRE(*url->host);
    REQUIRE(!strncmp(url->text,
                     url->secure ? "https://"
                     : url->ftp  ? "ftp://"
                                 : "http://",
                     url->secure ? 8
                     : url->ftp  ? 6
                                 : 7));
    /* What is requested names nobody, and means the same to whoever takes it apart again. */
    REQUIRE(!url_parse(NULL, url->text, &same));
    REQUIRE(!same.user && !same.password);
    REQUIRE(!strcmp(same.text, url->text));
    REQUIRE(origin_equal(url, &same) && same.secure == url->secure && same.ftp == url->ftp);
    for (const char *c = url->text; *c; c++)
        REQUIRE((unsigned char)*c > ' ' && *c != 0x7f);
    url_free(&same);
}

/* A chain of Locations, one a line, the first of which is the address that the app asked for. */
static void check_locations(struct fuzz_input *input)
{
    static const int statuses[] = { 301, 302, 303, 307, 308 };
    static const char *const methods[] = { "GET", "HEAD", "POST", "PUT" };
    const char *method = methods[fuzz_below(input, 4)];
    bool with_body = fuzz_below(input, 2), crossed = false;
    char text[TEXT_MOST];
    struct url url;
    struct hop hop;

    fuzz_line(input, text, sizeof(text));
    if (url_parse(NULL, text, &url))
        return;
    check_url(&url);
    REQUIRE(!hop_init(&hop, &url, method, with_body));
    while (fuzz_left(input)) {
        int status = statuses[fuzz_below(input, 5)];
        bool was_secure = hop.url.secure, had_body = hop.with_body;
        unsigned count = hop.count;
        struct url before;

        fuzz_line(input, text, sizeof(text));
        REQUIRE(!url_copy(&hop.url, &before));
        if (redirect_follow(&hop, status, text)) {
            REQUIRE(hop.count == count && !strcmp(hop.url.text, before.text));
            url_free(&before);
            continue;
        }
        crossed = crossed || !origin_equal(&before, &hop.url);
        REQUIRE(hop.count == count + 1 && hop.count <= LIMIT_REDIRECTS);
        REQUIRE(!hop.url.ftp && (!was_secure || hop.url.secure));
        REQUIRE(!hop.with_body || (had_body && origin_equal(&before, &hop.url)));
        REQUIRE(hop.left_origin == crossed);
        check_url(&hop.url);
        url_free(&before);
    }
    hop_free(&hop);
    url_free(&url);
}

static void check_ftp(struct fuzz_input *input)
{
    char line[TEXT_MOST];
    struct ftp_talk talk;
    size_t length;

    ftp_talk_begin(&talk);
    while (fuzz_left(input)) {
        bool sent = fuzz_below(input, 2);

        length = fuzz_line(input, line, sizeof(line));
        if (sent)
            ftp_talk_sent(&talk, line, length);
        else
            ftp_talk_received(&talk, line, length);
        REQUIRE(talk.code >= 0 && talk.code <= 999);
        REQUIRE(!talk.has_size || talk.size <= INT64_MAX);
        REQUIRE(strlen(talk.time) < sizeof(talk.time));
        REQUIRE(strspn(talk.time, "0123456789.") == strlen(talk.time));
    }
}

/* Request headers of an app's: what is taken can go into a request. */
static void check_headers(struct fuzz_input *input)
{
    char name[TEXT_MOST], value[TEXT_MOST];
    struct header_list *list, *copy;

    REQUIRE(!header_list_create(&list));
    while (fuzz_left(input)) {
        size_t name_length = fuzz_line(input, name, sizeof(name));
        size_t value_length = fuzz_line(input, value, sizeof(value));
        enum port_status status;

        if (name_length && name[0] == '-') {
            header_list_remove(list, name + 1);
            REQUIRE(!header_list_find(list, name + 1));
            continue;
        }
        (void)value_length;
        status = header_list_set(list, name, value);
        REQUIRE(status == PORT_OK || status == PORT_INVALID);
        if (!status)
            REQUIRE(token_is_valid(name) && !request_header_is_reserved(name) &&
                    header_list_find(list, name));
    }
    for (size_t i = 0; i < header_list_count(list); i++) {
        const char *text = header_list_value(list, i);

        REQUIRE(!strpbrk(text, "\r\n"));
        REQUIRE(header_list_find(list, header_list_name(list, i)) == text);
    }
    REQUIRE(!header_list_copy(list, &copy));
    REQUIRE(header_list_count(copy) == header_list_count(list));
    header_list_free(copy);
    header_list_free(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const checks[])(struct fuzz_input *) = {
        check_range, check_dates, check_tag, check_retry, check_locations, check_ftp, check_headers,
    };
    struct fuzz_input input = fuzz_input(data, size);

    checks[fuzz_below(&input, sizeof(checks) / sizeof(checks[0]))](&input);
    return 0;
}
