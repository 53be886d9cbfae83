/* SPDX-License-Identifier: MIT */
/* The rows of table.tsv. README.md tells what stands in its columns. */
#ifndef WINRT_TEST_HOSTILE_TABLE_H
#define WINRT_TEST_HOSTILE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

#define TABLE_ROWS_MOST 400

struct hostile_row {
    const char *name; /* of the test, and of the trace */
    const char *client;
    const char *results; /* "S_OK", "canceled", or HRESULTs, of which any will do */
    const char *status;  /* what GetStatus makes of them */
    const char *file;
    const char *requests;
    const char *wine; /* results under Wine, "skip: REASON", or "-" if they are the same */
};

/* Reads the table, which then lives for the rest of the process. How many rows; 0 if it is broken,
   which is told. */
size_t table_load(struct hostile_row rows[TABLE_ROWS_MOST]);

/* Whether the client is to do that: one of the words of the column, "word" or "word=NUMBER". The
   number, if there is one, in *number. */
bool row_has(const struct hostile_row *row, const char *word, unsigned *number);

/* A name as in the table. Fails the test if it is none. */
WebErrorStatus web_status_by_name(const char *name);

#endif
