/* SPDX-License-Identifier: MIT */
/*
 * Makes heads of the lines that libcurl hands over, of one exchange: informational ones (100 to
 * 199) and those that libcurl answers itself (authentication) come before the final one. Engine's
 * thread only.
 */
#ifndef WINRT_ENGINE_RESPONSE_PARSER_H
#define WINRT_ENGINE_RESPONSE_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "src/port/status.h"

struct header_list;

struct response_parser {
    int status; /* of the head that is being read or was read last */
    bool in_head;
    bool in_framing;             /* the latest field says where the body ends */
    bool complete;               /* `status` and `headers` are a head that is not informational */
    struct header_list *headers; /* until taken */
    unsigned fields, informational;
    size_t bytes;
};

void response_parser_init(struct response_parser *parser);
void response_parser_destroy(struct response_parser *parser);

/*
 * One line, with its line end if it had one. PORT_INVALID for what is no head of HTTP or more than
 * the limits allow; PORT_NO_MEMORY. A line after the final head (a trailer) is counted and
 * otherwise ignored.
 */
enum port_status response_parser_add(struct response_parser *parser, const char *line,
                                     size_t length);

#endif
