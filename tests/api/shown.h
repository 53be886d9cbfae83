/* SPDX-License-Identifier: MIT */
/* For programs that are told by lines what to do: a line's fields, and a download's properties as
 * text, which lives as string_text's. Every function fails the test when it cannot. */
#ifndef WINRT_TEST_API_SHOWN_H
#define WINRT_TEST_API_SHOWN_H

#include "fixture.h"

/* The fields between tabs, into the line, at most `most` less one; those behind them are NULL.
 * Their number. */
int line_split(char *line, char **fields, int most);

/* The text, and the string is given up. */
const char *text_taken(HSTRING string);

const char *guid_text(IDownloadOperation *operation);

/* Of the result file: "" if there is none, an HRESULT if it is of an earlier process, and gone
 * since. */
const char *path_text(IDownloadOperation *operation);

const char *transfer_group_text(IDownloadOperation *operation);
const char *tag_text(IDownloadOperation *operation);

/* 0 as long as there is no response. */
unsigned response_status(IDownloadOperation *operation);

/* CurrentWebErrorStatus, -1 if there is none. */
int current_error(IDownloadOperation *operation);

#endif
