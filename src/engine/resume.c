/* SPDX-License-Identifier: MIT */
/*
 * What an answer to a range is worth. Whatever leaves a doubt is asked for again, from zero: that
 * costs bytes, the other way would cost a file. docs/resume.md has the cases.
 */
#include <string.h>

#include "header_list.h"
#include "resume.h"
#include "src/port/memory.h"
#include "token.h"
#include "validators.h"

/* --- Content-Range. RFC 9110, 14.4 --- */

/* Digits; what is beyond counting is none. Moves *text behind them. */
static bool take_number(const char **text, uint64_t *ret)
{
    const char *digit = *text;
    uint64_t value = 0;

    for (; *digit >= '0' && *digit <= '9'; digit++) {
        uint64_t more = (uint64_t)(*digit - '0');

        if (value > (INT64_MAX - more) / 10)
            return false;
        value = value * 10 + more;
    }
    if (digit == *text)
        return false;
    *text = digit;
    *ret = value;
    return true;
}

static bool take(const char **text, const char *what)
{
    if (!token_begins(*text, what))
        return false;
    *text += strlen(what);
    return true;
}

bool content_range_parse(const char *text, uint64_t *ret_first, uint64_t *ret_last,
                         uint64_t *ret_total)
{
    uint64_t first, last, total = 0;

    *ret_first = *ret_last = *ret_total = 0;
    if (!take(&text, "bytes ") || !take_number(&text, &first) || !take(&text, "-") ||
        !take_number(&text, &last) || !take(&text, "/") || last < first)
        return false;
    if (!take(&text, "*") && (!take_number(&text, &total) || last >= total))
        return false;
    if (*text)
        return false;
    *ret_first = first;
    *ret_last = last;
    *ret_total = total;
    return true;
}

bool content_range_parse_unsatisfied(const char *text, uint64_t *ret_total)
{
    *ret_total = 0;
    return take(&text, "bytes */") && take_number(&text, ret_total) && !*text;
}

/* --- Versions of a body. --- */

static const char *field(const struct response *response, const char *name)
{
    return header_list_find(response_get_headers(response), name);
}

static bool announces_ranges(const struct response *response)
{
    const char *units = field(response, "Accept-Ranges");

    return units && token_in_list(units, "bytes");
}

static bool is_encoded(const struct response *response)
{
    const char *encoding = field(response, "Content-Encoding");

    return encoding && *encoding && !token_equal(encoding, "identity");
}

/*
 * A body that came encoded, although nobody asked for that, has nothing to go on with: servers that
 * compress on the way keep tag and date, and the next answer may be the plain one.
 */
enum port_status body_version_take(struct body_version *ret, const struct response *response)
{
    bool plain = !is_encoded(response);
    const char *etag = plain ? field(response, "ETag") : NULL;
    const char *last_modified = plain ? field(response, "Last-Modified") : NULL;
    const char *date = plain ? field(response, "Date") : NULL;
    const char *range = field(response, "Content-Range");
    struct body_version version = {
        .etag = memory_strdup(etag),
        .last_modified = memory_strdup(last_modified),
        .date = memory_strdup(date),
        .total = response_body_size(response),
        .ranges_served = announces_ranges(response),
    };
    uint64_t first, last;

    if ((etag && !version.etag) || (last_modified && !version.last_modified) ||
        (date && !version.date)) {
        body_version_destroy(&version);
        return PORT_NO_MEMORY;
    }
    if (response_get_status(response) == 206 && range)
        version.ranges_served = content_range_parse(range, &first, &last, &version.total);
    body_version_destroy(ret);
    *ret = version;
    return PORT_OK;
}

void body_version_continue(struct body_version *version, const struct response *response)
{
    const char *range = field(response, "Content-Range");
    uint64_t first, last, total;

    if (!range || !content_range_parse(range, &first, &last, &total))
        return;
    version->ranges_served = true;
    if (!version->total)
        version->total = total;
}

void body_version_destroy(struct body_version *version)
{
    memory_free(version->etag);
    memory_free(version->last_modified);
    memory_free(version->date);
    *version = (struct body_version){ 0 };
}

const char *resume_if_range(const struct body_version *version)
{
    if (version->etag && entity_tag_is_strong(version->etag))
        return version->etag;
    if (http_date_is_strong(version->last_modified, version->date))
        return version->last_modified;
    return NULL;
}

enum likeness {
    LIKENESS_SAME,
    LIKENESS_OTHER,
    LIKENESS_UNKNOWN
};

/* Tags before dates: a strong tag proves more, and the servers of one site often have the same
 * bytes with different dates. */
static enum likeness compare(const struct body_version *version, const struct response *response,
                             bool dates_first)
{
    const char *etag = field(response, "ETag"), *date = field(response, "Last-Modified");
    bool dated = version->last_modified && date;

    if (version->etag && etag && !(dates_first && dated)) {
        if (strcmp(version->etag, etag))
            return LIKENESS_OTHER;
        if (entity_tag_is_strong(etag))
            return LIKENESS_SAME;
    }
    if (dated)
        return strcmp(version->last_modified, date) ? LIKENESS_OTHER : LIKENESS_SAME;
    return LIKENESS_UNKNOWN;
}

static bool is_unknown(const struct body_version *version)
{
    return !version->etag && !version->last_modified && !version->total;
}

/* --- Verdicts. --- */

struct judgement {
    const struct body_version *version;
    const struct range_request *request;
    const struct response *response;
    uint64_t length;
    enum transfer_error_code error;
};

static enum range_verdict refuse(struct judgement *j, enum transfer_error_code error)
{
    j->error = error;
    return RANGE_REFUSED;
}

/* The server does not do ranges right. One body can still be had as a whole; not so random access,
 * which would only ask for the next range. */
static enum range_verdict unusable(struct judgement *j)
{
    return j->request->random_access ? refuse(j, TRANSFER_ERROR_INSUFFICIENT_RANGES) : RANGE_AGAIN;
}

/* A 200, or what else says that it is all. */
static enum range_verdict judge_whole(struct judgement *j)
{
    uint64_t size = response_body_size(j->response);

    if (j->request->random_access) {
        if (j->request->offset)
            return refuse(j, TRANSFER_ERROR_INSUFFICIENT_RANGES);
        if (!field(j->response, "Content-Length") || field(j->response, "Transfer-Encoding"))
            return refuse(j, TRANSFER_ERROR_NO_LENGTH);
        if (size && !announces_ranges(j->response))
            return refuse(j, TRANSFER_ERROR_INSUFFICIENT_RANGES);
    }
    j->length = size;
    return RANGE_WHOLE;
}

/* What the head announces, if it does, is the length of the part. */
static bool has_length(const struct response *response, uint64_t length)
{
    uint64_t size = response_body_size(response);

    return !size || size == length;
}

/* A part that nobody has asked for. Taken for the file it would be a silent loss, unless it says
 * that it is all. */
static enum range_verdict judge_unasked(struct judgement *j, const char *range)
{
    uint64_t first, last, total;

    if (!range || !content_range_parse(range, &first, &last, &total) || first ||
        last + 1 != total || !has_length(j->response, total))
        return refuse(j, TRANSFER_ERROR_INVALID_RESPONSE);
    j->length = total;
    return RANGE_WHOLE;
}

static enum range_verdict judge_asked(struct judgement *j, const char *range)
{
    const struct range_request *request = j->request;
    uint64_t first, last, total, length;
    enum likeness likeness;

    if (!range || !content_range_parse(range, &first, &last, &total) || first != request->offset)
        return unusable(j);
    length = last - first + 1;
    if ((request->length && length > request->length) || !has_length(j->response, length) ||
        is_encoded(j->response))
        return unusable(j);
    if (!total)
        return request->random_access ? refuse(j, TRANSFER_ERROR_NO_LENGTH) : RANGE_AGAIN;

    if (!is_unknown(j->version) || (request->offset && !request->random_access)) {
        if (j->version->total && j->version->total != total)
            return RANGE_AGAIN;
        likeness = compare(j->version, j->response, request->other_url);
        if (likeness == LIKENESS_OTHER)
            return RANGE_AGAIN;
        if (likeness == LIKENESS_UNKNOWN)
            return unusable(j);
    }
    j->length = length;
    return RANGE_CONTINUE;
}

static bool asks_range(const struct range_request *request)
{
    return request->offset || request->length || request->random_access;
}

static enum range_verdict judge_part(struct judgement *j)
{
    const char *type = field(j->response, "Content-Type");
    const char *range = field(j->response, "Content-Range");

    if (type && token_begins(type, "multipart/byteranges"))
        return refuse(j, TRANSFER_ERROR_INVALID_RESPONSE);
    return asks_range(j->request) ? judge_asked(j, range) : judge_unasked(j, range);
}

/*
 * Nothing there: perhaps because all is here already. Errors seldom have validators; without them
 * it is enough that the length was known before.
 */
static enum range_verdict judge_unsatisfied(struct judgement *j)
{
    const char *range = field(j->response, "Content-Range");
    enum likeness likeness = compare(j->version, j->response, j->request->other_url);
    uint64_t total;

    if (!asks_range(j->request))
        return refuse(j, TRANSFER_ERROR_HTTP_STATUS);
    if (!range || !content_range_parse_unsatisfied(range, &total))
        return unusable(j);
    if (likeness == LIKENESS_OTHER)
        return RANGE_AGAIN;
    /* From the beginning, with nothing at hand: asking again would be the same question. */
    if (total && !j->request->offset && is_unknown(j->version))
        return refuse(j, TRANSFER_ERROR_HTTP_STATUS);
    if (total != j->request->offset)
        return total == j->version->total ? unusable(j) : RANGE_AGAIN;
    if (likeness == LIKENESS_SAME || total == j->version->total)
        return RANGE_DONE;
    return RANGE_AGAIN;
}

enum range_verdict resume_judge(const struct body_version *version,
                                const struct range_request *request,
                                const struct response *response, uint64_t *ret_length,
                                enum transfer_error_code *ret_error)
{
    struct judgement judgement = { version, request, response, 0, TRANSFER_ERROR_NONE };
    int status = response_get_status(response);
    enum range_verdict verdict = status == 206   ? judge_part(&judgement)
                                 : status == 416 ? judge_unsatisfied(&judgement)
                                                 : judge_whole(&judgement);

    *ret_length = judgement.length;
    *ret_error = judgement.error;
    return verdict;
}
