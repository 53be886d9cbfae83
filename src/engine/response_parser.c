/* SPDX-License-Identifier: MIT */
/* Heads from lines, strictly and within limits. */
#include <string.h>

#include "framing.h"
#include "header_list.h"
#include "limits.h"
#include "response_parser.h"
#include "src/port/memory.h"
#include "token.h"

void response_parser_init(struct response_parser *parser)
{
    *parser = (struct response_parser){ 0 };
}

void response_parser_destroy(struct response_parser *parser)
{
    header_list_free(parser->headers);
    response_parser_init(parser);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "HTTP/1.1 200 OK", "HTTP/2 200": a version, one blank, three digits. 0 if it is none. */
static int parse_status_line(const char *line)
{
    const char *digits = strchr(line, ' ');

    if (!digits)
        return 0;
    digits += strspn(digits, " ");
    if (!is_digit(digits[0]) || !is_digit(digits[1]) || !is_digit(digits[2]) || is_digit(digits[3]))
        return 0;
    return (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
}

static enum port_status begin_head(struct response_parser *parser, const char *line)
{
    parser->status = parse_status_line(line);
    if (parser->status < 100)
        return PORT_INVALID;
    parser->in_head = true;
    parser->complete = false;
    header_list_free(parser->headers);
    return header_list_create(&parser->headers);
}

static enum port_status end_head(struct response_parser *parser)
{
    parser->in_head = false;
    if (parser->status < 200) {
        parser->informational++;
        return parser->informational > LIMIT_INFORMATIONAL ? PORT_INVALID : PORT_OK;
    }
    if (!framing_is_sound(parser->headers))
        return PORT_INVALID;
    parser->complete = true;
    return PORT_OK;
}

/* Two lengths of one body, or two places to go: whichever we took, somebody else takes the other.
 */
static bool contradicts(const struct header_list *headers, const char *name, const char *value)
{
    const char *known;

    if (!token_equal(name, "Content-Length") && !token_equal(name, "Location"))
        return false;
    known = header_list_find(headers, name);
    return known && strcmp(known, value);
}

static enum port_status add_field(struct response_parser *parser, char *line)
{
    char *colon = strchr(line, ':'), *value;
    bool blank = colon && colon > line && strchr(" \t", colon[-1]);

    if (++parser->fields > LIMIT_HEADER_FIELDS)
        return PORT_INVALID;
    if ((line[0] == ' ' || line[0] == '\t') && !parser->in_framing)
        return header_list_continue(parser->headers, line + strspn(line, " \t"));
    if (!colon)
        return PORT_INVALID;
    value = colon + 1 + strspn(colon + 1, " \t");
    while (colon > line && (colon[-1] == ' ' || colon[-1] == '\t'))
        colon--;
    *colon = 0;
    parser->in_framing = framing_is_field(line);
    if (!token_is_valid(line) || (blank && parser->in_framing) ||
        contradicts(parser->headers, line, value))
        return PORT_INVALID;
    if (token_equal(line, "Location") && header_list_find(parser->headers, line))
        return PORT_OK;
    return header_list_append(parser->headers, line, value);
}

static enum port_status add_line(struct response_parser *parser, char *line)
{
    if (parser->in_head)
        return *line ? add_field(parser, line) : end_head(parser);
    if (!strncmp(line, "HTTP/", 5))
        return begin_head(parser, line);
    return parser->complete ? PORT_OK : PORT_INVALID;
}

enum port_status response_parser_add(struct response_parser *parser, const char *line,
                                     size_t length)
{
    enum port_status status;
    char *text;

    parser->bytes += length;
    if (parser->bytes > LIMIT_HEADER_BYTES || memchr(line, 0, length))
        return PORT_INVALID;
    while (length && strchr("\r\n \t", line[length - 1]))
        length--;

    if (memchr(line, '\r', length)) /* what others take for the end of the line: RFC 9112, 2.2 */
        return PORT_INVALID;

    text = memory_strndup(line, length);
    if (!text)
        return PORT_NO_MEMORY;
    status = add_line(parser, text);
    memory_free(text);
    return status;
}
