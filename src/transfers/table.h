/* SPDX-License-Identifier: MIT */
/* Rows of text in columns that are as wide as their widest cell. */
#ifndef WINRT_TRANSFERS_TABLE_H
#define WINRT_TRANSFERS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#define TABLE_COLUMNS 6

struct table_column {
    const char *title;
    bool right;   /* numbers */
    size_t limit; /* characters, of which the rest becomes "..."; 0: none */
};

struct table_row {
    char *cells[TABLE_COLUMNS];
    char *note; /* below the row; may be NULL */
};

struct table {
    const struct table_column *columns; /* TABLE_COLUMNS */
    struct table_row *rows;
    size_t count, capacity;
};

/* Takes the strings, whose memory is freed with the table. False, and they are freed, without
 * memory: also if a cell is NULL. */
bool table_add(struct table *table, struct table_row *row);

/* Writes it to standard output, and frees what is in it. */
void table_end(struct table *table);

#endif
