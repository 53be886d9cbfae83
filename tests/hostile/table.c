/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_files.h"
#include "test_main.h"

#define COLUMNS 8

/* Cuts the next column off *text. */
static char *take_column(char **text)
{
    char *column = *text, *end = column ? strchr(column, '\t') : NULL;

    *text = end ? end + 1 : NULL;
    if (end)
        *end = '\0';
    return column;
}

static bool take_row(char *line, struct hostile_row *row)
{
    const char *columns[COLUMNS];

    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i] = take_column(&line);
        if (!columns[i])
            return false;
    }
    *row = (struct hostile_row){ columns[0], columns[2], columns[3], columns[4],
                                 columns[5], columns[6], columns[7] };
    return !line;
}

size_t table_load(struct hostile_row rows[TABLE_ROWS_MOST])
{
    char *line = test_file_read(TABLE_FILE, NULL), *next;
    size_t count = 0;

    for (; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        if (*line == '#')
            continue;
        if (count == TABLE_ROWS_MOST || !take_row(line, &rows[count])) {
            fprintf(stderr, "%s: row %zu is none\n", TABLE_FILE, count + 1);
            return 0;
        }
        count++;
    }
    return count;
}

bool row_has(const struct hostile_row *row, const char *word, unsigned *number)
{
    size_t length = strlen(word);
    const char *at = row->client;

    while (*at) {
        const char *end = at + strcspn(at, " ");

        if (!strncmp(at, word, length) && (at + length == end || at[length] == '=')) {
            if (number)
                *number = (unsigned)strtoul(at + length + 1, NULL, 10);
            return true;
        }
        at = *end ? end + 1 : end;
    }
    return false;
}

WebErrorStatus web_status_by_name(const char *name)
{
    static const struct {
        const char *name;
        WebErrorStatus status;
    } names[] = {
#define NAME(status) { #status, WebErrorStatus_##status }
        NAME(Unknown),
        NAME(CertificateCommonNameIsIncorrect),
        NAME(CertificateExpired),
        NAME(CertificateIsInvalid),
        NAME(Timeout),
        NAME(ErrorHttpInvalidServerResponse),
        NAME(ConnectionAborted),
        NAME(ConnectionReset),
        NAME(HttpsToHttpOnRedirection),
        NAME(CannotConnect),
        NAME(RedirectFailed),
        NAME(UnexpectedStatusCode),
        NAME(InsufficientRangeSupport),
        NAME(MissingContentLengthSupport),
        NAME(MultipleChoices),
        NAME(NotModified),
        NAME(UseProxy),
        NAME(Unauthorized),
        NAME(NotFound),
        NAME(ProxyAuthenticationRequired),
        NAME(RequestedRangeNotSatisfiable),
        NAME(ExpectationFailed),
        NAME(ServiceUnavailable),
#undef NAME
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (!strcmp(names[i].name, name))
            return names[i].status;
    }
    fail_msg("%s is no WebErrorStatus of this table", name);
    return WebErrorStatus_Unknown;
}
