/* SPDX-License-Identifier: MIT */
#include "fake_answers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 48 /* bytes a call */
#define JUNK  0xee

static struct fuzz_input script;
static unsigned latest; /* the version that an honest server has now */
static bool cut_unseen;

struct range {
    uint64_t first, last; /* last: UINT64_MAX to the end */
    bool asked;
};

struct answer {
    unsigned body;
    bool with_tag, with_time, with_date, with_length, chunked, announces, part;
    int status;
    uint64_t first, last, total; /* of what comes; last is behind it */
    size_t cut, excess;          /* bytes that do not come, that are too many */
};

void fake_answers_use(const struct fuzz_input *input)
{
    script = *input;
    latest = 0;
    cut_unseen = false;
}

bool fake_was_cut_unseen(void)
{
    return cut_unseen;
}

static struct range asked_range(const struct fake_easy *easy)
{
    struct range range = { .last = UINT64_MAX };
    char *end;

    if (!*easy->range)
        return range;
    range.asked = true;
    range.first = strtoull(easy->range, &end, 10);
    REQUIRE(*end == '-');
    if (end[1])
        range.last = strtoull(end + 1, &end, 10);
    REQUIRE(range.last >= range.first);
    return range;
}

static bool say(struct fake_easy *easy, const char *format, const char *value)
{
    char line[128];

    return fake_line(easy, line, (size_t)snprintf(line, sizeof(line), format, value));
}

static bool say_number(struct fake_easy *easy, const char *format, uint64_t value)
{
    char text[32];

    snprintf(text, sizeof(text), "%" PRIu64, value);
    return say(easy, format, text);
}

static bool say_head(struct fake_easy *easy, const struct answer *answer)
{
    const struct fake_body *body = &fake_bodies[answer->body];
    char line[128];

    if (!say_number(easy, "HTTP/1.1 %s Word\r\n", (uint64_t)answer->status))
        return false;
    if (answer->with_tag && *body->etag && !say(easy, "ETag: %s\r\n", body->etag))
        return false;
    if (answer->with_time && *body->modified && !say(easy, "Last-Modified: %s\r\n", body->modified))
        return false;
    if (answer->with_date && !say(easy, "%s", "Date: Mon, 30 Nov 2020 08:00:00 GMT\r\n"))
        return false;
    if (answer->announces && !say(easy, "%s", "Accept-Ranges: bytes\r\n"))
        return false;
    if (answer->chunked && !say(easy, "%s", "Transfer-Encoding: chunked\r\n"))
        return false;
    if (fake_is_encoded(answer->body) && !say(easy, "%s", "Content-Encoding: gzip\r\n"))
        return false;
    if (answer->with_length &&
        !say_number(easy, "Content-Length: %s\r\n", answer->last - answer->first))
        return false;
    if (!answer->part)
        return true;
    if (answer->last > answer->first)
        snprintf(line, sizeof(line), "Content-Range: bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64 "\r\n",
                 answer->first, answer->last - 1, answer->total);
    else
        snprintf(line, sizeof(line), "Content-Range: bytes */%" PRIu64 "\r\n", answer->total);
    return fake_line(easy, line, strlen(line));
}

/* Any lines but those whose truth is the server's, and continuations of such. */
static bool say_anything(struct fake_easy *easy)
{
    static const char *const kept[] = { "etag", "last-modified", "content-range", " ", "\t" };
    char line[200];

    for (unsigned left = fuzz_below(&script, 4); left; left--) {
        size_t length = fuzz_line(&script, line, sizeof(line) - 2);
        bool is_kept = false;

        for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
            is_kept = is_kept || curl_strnequal(line, kept[i], strlen(kept[i]));
        if (is_kept || !length)
            continue;
        line[length++] = '\n';
        if (!fake_line(easy, line, length))
            return false;
    }
    return true;
}

static bool send_bytes(struct fake_easy *easy, const struct answer *answer)
{
    uint64_t at = answer->first, end = answer->last;
    uint8_t bytes[PIECE];

    end -= answer->cut < end - at ? answer->cut : end - at;
    while (at < end) {
        size_t size = end - at < PIECE ? (size_t)(end - at) : PIECE;

        for (size_t i = 0; i < size; i++)
            bytes[i] = fake_byte(answer->body, at + i);
        if (!fake_body(easy, bytes, size))
            return false;
        at += size;
    }
    memset(bytes, JUNK, sizeof(bytes));
    return !answer->excess || fake_body(easy, bytes, answer->excess % PIECE);
}

static CURLcode send_answer(struct fake_easy *easy, const struct answer *answer, bool honest)
{
    if (!fake_connect(easy))
        return CURLE_ABORTED_BY_CALLBACK;
    if (!say_head(easy, answer) || (!honest && !say_anything(easy)) ||
        !fake_line(easy, "\r\n", 2) || !send_bytes(easy, answer))
        return CURLE_WRITE_ERROR;
    return CURLE_OK;
}

/* --- As it should be. --- */

static bool names_body(const char *if_range, const struct fake_body *body)
{
    return (body->tag == TAG_STRONG && !strcmp(if_range, body->etag)) ||
           (*body->modified && !strcmp(if_range, body->modified));
}

static CURLcode answer_rightly(struct fake_easy *easy)
{
    const struct fake_body *body = &fake_bodies[latest];
    const char *if_range = fake_request_header(easy, "If-Range");
    struct range range = asked_range(easy);
    struct answer answer = {
        .body = latest,
        .with_tag = true,
        .with_time = true,
        .with_date = true,
        .with_length = true,
        .announces = true,
        .status = 200,
        .last = body->total,
        .total = body->total,
    };

    if (range.asked && body->total && (!if_range || names_body(if_range, body))) {
        answer.part = true;
        answer.status = range.first < body->total ? 206 : 416;
        answer.first = range.first < body->total ? range.first : body->total;
        if (range.last < body->total)
            answer.last = range.last + 1;
    }
    return send_answer(easy, &answer, true);
}

/* --- As the input has it. --- */

static CURLcode any_result(void)
{
    static const CURLcode results[] = {
        CURLE_OK,
        CURLE_COULDNT_CONNECT,
        CURLE_COULDNT_RESOLVE_HOST,
        CURLE_RECV_ERROR,
        CURLE_PARTIAL_FILE,
        CURLE_GOT_NOTHING,
        CURLE_OPERATION_TIMEDOUT,
        CURLE_SSL_CONNECT_ERROR,
        CURLE_HTTP2_STREAM,
        CURLE_OUT_OF_MEMORY,
        CURLE_WEIRD_SERVER_REPLY,
    };
    unsigned which = fuzz_below(&script, 256);

    /* Those that are rare in the table may come, too. */
    return which < 200 ? results[which % (sizeof(results) / sizeof(results[0]))]
                       : (CURLcode)(which - 200 + 40);
}

static void take_version(struct answer *answer)
{
    unsigned flags = fuzz_u8(&script), more = fuzz_u8(&script);

    answer->body = more % BODIES;
    answer->with_tag = flags & 1;
    answer->with_time = flags & 2;
    answer->with_date = flags & 4;
    answer->with_length = flags & 8;
    answer->announces = flags & 16;
    answer->chunked = flags & 32;
    answer->cut = flags & 64 ? fuzz_u8(&script) : 0;
    answer->excess = flags & 128 && !answer->cut ? fuzz_u8(&script) : 0;
    answer->total = fake_bodies[answer->body].total;
    latest = answer->body % VERSIONS;
}

static bool is_judged(const struct answer *answer)
{
    return answer->status == 200 || answer->status == 206;
}

/* How it ends. What has no length in its head and is cut must not end well, or nobody could tell;
 * what has one cannot be too long. */
static CURLcode send_oddly(struct fake_easy *easy, struct answer *answer)
{
    bool counted = answer->part || (answer->with_length && !answer->chunked);
    CURLcode result = fuzz_below(&script, 2) ? CURLE_OK : any_result(), sent;

    /* libcurl itself counts what has a length; that the engine does so too is asked of it for 200
     * and 206 alone. */
    if (!counted || answer->last == answer->first || !is_judged(answer))
        answer->excess = 0;
    if (answer->cut && counted && !is_judged(answer) && !result)
        result = CURLE_PARTIAL_FILE;
    if (answer->cut && !counted && answer->chunked && !result)
        result = CURLE_RECV_ERROR;
    if (answer->cut && !counted && !result)
        cut_unseen = true;
    sent = send_answer(easy, answer, false);
    return sent ? sent : result;
}

static CURLcode answer_whole(struct fake_easy *easy)
{
    struct answer answer = { .status = 200 };
    unsigned status = fuzz_u8(&script);

    take_version(&answer);
    if (status > 240)
        answer.status = 200 + (int)(status % 10); /* 203 and the like */
    if (answer.status == 206)
        answer.status = 200;
    answer.last = answer.total;
    return send_oddly(easy, &answer);
}

static CURLcode answer_part(struct fake_easy *easy)
{
    struct answer answer = { .status = 206, .part = true };
    struct range range = asked_range(easy);
    unsigned where = fuzz_u8(&script);

    take_version(&answer);
    answer.first = where < 160 ? range.first : where - 160;
    if (answer.first > answer.total)
        answer.first = answer.total;
    answer.last = where & 1 || range.last >= answer.total ? answer.total : range.last + 1;
    if (where & 2 && answer.last > answer.first)
        answer.last = answer.first + 1 + fuzz_u8(&script) % (answer.last - answer.first);
    if (answer.last < answer.first)
        answer.last = answer.first;
    return send_oddly(easy, &answer);
}

static CURLcode answer_unsatisfied(struct fake_easy *easy)
{
    struct answer answer = { .status = 416, .part = true };

    take_version(&answer);
    answer.first = answer.last = answer.total;
    return send_oddly(easy, &answer);
}

/* Any status with any head, and a body that belongs to no version. */
static CURLcode answer_anything(struct fake_easy *easy)
{
    struct answer answer = { .status = 100 + fuzz_u8(&script) * 2 };
    uint8_t junk[PIECE];

    if (answer.status >= 200 && answer.status < 300)
        answer.status += 300;
    memset(junk, JUNK, sizeof(junk));
    if (!fake_connect(easy))
        return CURLE_ABORTED_BY_CALLBACK;
    if (!say_number(easy, "HTTP/1.1 %s Word\r\n", (uint64_t)answer.status) || !say_anything(easy))
        return CURLE_WRITE_ERROR;
    if (fuzz_below(&script, 4) && !fake_line(easy, "\r\n", 2))
        return CURLE_WRITE_ERROR;
    if (fuzz_below(&script, 2) && !fake_body(easy, junk, sizeof(junk)))
        return CURLE_WRITE_ERROR;
    return any_result();
}

static CURLcode answer_redirect(struct fake_easy *easy)
{
    static const int statuses[] = { 301, 302, 303, 307, 308 };
    char place[100];

    say_number(easy, "HTTP/1.1 %s Word\r\n", (uint64_t)statuses[fuzz_below(&script, 5)]);
    fuzz_line(&script, place, sizeof(place));
    if (!say(easy, "Location: %s\r\n", place) || !say_anything(easy) || !fake_line(easy, "\r\n", 2))
        return CURLE_WRITE_ERROR;
    return CURLE_OK;
}

/* Informational heads, or ones that libcurl may answer itself, and then the next answer. */
static CURLcode answer_later(struct fake_easy *easy)
{
    static const char *const lines[] = { "HTTP/1.1 100 Continue\r\n", "HTTP/1.1 103 Hints\r\n",
                                         "HTTP/1.1 401 Who\r\n", "HTTP/1.1 407 Who\r\n" };
    const char *line = lines[fuzz_below(&script, 4)];

    if (!fake_line(easy, line, strlen(line)) || !say_anything(easy) || !fake_line(easy, "\r\n", 2))
        return CURLE_WRITE_ERROR;
    return answer_rightly(easy);
}

static CURLcode answer_ftp(struct fake_easy *easy)
{
    struct range range = asked_range(easy);
    struct answer answer = { 0 };
    const struct fake_body *body;
    char line[64];

    take_version(&answer);
    answer.body %= VERSIONS;
    body = &fake_bodies[answer.body];
    if (!fake_connect(easy))
        return CURLE_ABORTED_BY_CALLBACK;
    if (answer.with_length) {
        fake_talk(easy, true, "SIZE file\r\n");
        snprintf(line, sizeof(line), "213 %" PRIu64 "\r\n", body->total);
        fake_talk(easy, false, line);
    }
    if (answer.with_time && *body->modified) {
        fake_talk(easy, true, "MDTM file\r\n");
        snprintf(line, sizeof(line), "213 202011%02u080000\r\n", 1 + answer.body * 7);
        fake_talk(easy, false, line);
    }
    fake_talk(easy, true, "RETR file\r\n");
    if (range.first && fuzz_below(&script, 4) == 1)
        return CURLE_FTP_COULDNT_USE_REST;
    if (range.first > body->total)
        return CURLE_BAD_DOWNLOAD_RESUME;
    answer.first = range.first;
    answer.last = range.last < body->total ? range.last + 1 : body->total;
    if (!answer.with_length && answer.cut)
        cut_unseen = true;
    answer.excess = 0;
    return send_bytes(easy, &answer) ? any_result() : CURLE_WRITE_ERROR;
}

bool fake_answer(struct fake_easy *easy, CURLcode *ret_result)
{
    static CURLcode (*const answers[])(struct fake_easy *) = {
        answer_whole,    answer_part,     answer_part,  answer_unsatisfied,
        answer_anything, answer_redirect, answer_later, answer_rightly,
    };
    unsigned kind;

    if (!strncmp(easy->url, "ftp:", 4)) {
        *ret_result = answer_ftp(easy);
        return true;
    }
    if (!fuzz_left(&script)) {
        *ret_result = answer_rightly(easy);
        return true;
    }
    kind = fuzz_u8(&script);
    if (kind == 255) {
        *ret_result = CURLE_ABORTED_BY_CALLBACK;
        return !fake_connect(
            easy); /* connected, and not a word; not to connect is libcurl's to end */
    }
    *ret_result = kind % 16 == 15 ? any_result() : answers[kind % 8](easy);
    return true;
}
