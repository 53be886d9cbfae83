/* SPDX-License-Identifier: MIT */
/* Entity tags and HTTP dates. */
#include <stddef.h>
#include <string.h>

#include <curl/curl.h>

#include "validators.h"

/* RFC 9110, 8.8.3: etagc. Bytes above 0x7f are obs-text. */
static bool is_tag_character(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 0x21 && byte != '"' && byte != 0x7f;
}

bool entity_tag_is_strong(const char *tag)
{
    size_t length = strlen(tag);

    if (length < 3 || tag[0] != '"' || tag[length - 1] != '"')
        return false;
    for (size_t i = 1; i < length - 1; i++) {
        if (!is_tag_character(tag[i]))
            return false;
    }
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* a: a letter, 0: a digit, _: a digit or a blank; anything else is itself. */
static bool fits(const char *text, const char *pattern)
{
    for (; *text && *pattern; text++, pattern++) {
        bool fit = *pattern == 'a'   ? is_letter(*text)
                   : *pattern == '0' ? is_digit(*text)
                   : *pattern == '_' ? is_digit(*text) || *text == ' '
                                     : *text == *pattern;

        if (!fit)
            return false;
    }
    return *text == *pattern;
}

bool http_date_parse(const char *text, int64_t *ret_seconds)
{
    /* What follows the name of the day. libcurl's parser takes much more than these, such as
     * dates without a time, with which nothing can be proved. */
    static const char *const forms[] = {
        ", 00 aaa 0000 00:00:00 GMT",
        ", 00-aaa-00 00:00:00 GMT",
        " aaa _0 00:00:00 0000",
    };
    const char *rest = text;
    time_t seconds;

    *ret_seconds = 0;
    while (is_letter(*rest))
        rest++;
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        if (!fits(rest, forms[i]))
            continue;
        seconds = curl_getdate(text, NULL);
        *ret_seconds = seconds == -1 ? 0 : (int64_t)seconds;
        return seconds != -1;
    }
    return false;
}

bool http_date_is_strong(const char *last_modified, const char *date)
{
    int64_t modified, sent;

    return last_modified && date && http_date_parse(last_modified, &modified) &&
           http_date_parse(date, &sent) && modified < sent;
}
