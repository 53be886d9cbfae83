/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <string.h>

#include "output.h"
#include "src/port/memory.h"

#define CUT "..."

static void free_row(struct table_row *row)
{
    for (size_t i = 0; i < TABLE_COLUMNS; i++)
        memory_free(row->cells[i]);
    memory_free(row->note);
}

static bool grow(struct table *table)
{
    size_t capacity = table->capacity ? table->capacity * 2 : 16;
    struct table_row *rows;

    if (table->count < table->capacity)
        return true;
    rows = memory_resize(table->rows, capacity * sizeof(*rows));
    if (!rows)
        return false;
    table->rows = rows;
    table->capacity = capacity;
    return true;
}

/* Characters, but for the bytes that only continue one. */
static size_t width_of(const char *text)
{
    size_t width = 0;

    for (; *text; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

static void cut(char *text, size_t limit)
{
    size_t width = 0;
    char *c;

    if (!limit || width_of(text) <= limit)
        return;
    for (c = text; *c; c++) {
        width += ((unsigned char)*c & 0xc0) != 0x80;
        if (width > limit - strlen(CUT))
            break;
    }
    memcpy(c, CUT, sizeof(CUT)); /* the rest has as many bytes at least */
}

bool table_add(struct table *table, struct table_row *row)
{
    bool whole = grow(table);

    for (size_t i = 0; i < TABLE_COLUMNS; i++) {
        if (row->cells[i])
            cut(row->cells[i], table->columns[i].limit);
        else
            whole = false;
    }
    if (whole)
        table->rows[table->count++] = *row;
    else
        free_row(row);
    return whole;
}

static void write_cell(const char *text, size_t width, bool right, bool last)
{
    int blanks = (int)(width - width_of(text));

    if (right)
        out("%*s%s", blanks, "", text);
    else
        out("%s%*s", text, last ? 0 : blanks, "");
    out("%s", last ? "\n" : "  ");
}

void table_end(struct table *table)
{
    size_t widths[TABLE_COLUMNS];

    for (size_t i = 0; i < TABLE_COLUMNS; i++) {
        widths[i] = width_of(table->columns[i].title);
        for (size_t row = 0; row < table->count; row++) {
            size_t width = width_of(table->rows[row].cells[i]);

            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
    for (size_t i = 0; i < TABLE_COLUMNS; i++)
        write_cell(table->columns[i].title, widths[i], table->columns[i].right,
                   i + 1 == TABLE_COLUMNS);
    for (size_t row = 0; row < table->count; row++) {
        for (size_t i = 0; i < TABLE_COLUMNS; i++)
            write_cell(table->rows[row].cells[i], widths[i], table->columns[i].right,
                       i + 1 == TABLE_COLUMNS);
        if (table->rows[row].note)
            out("    %s\n", table->rows[row].note);
        free_row(&table->rows[row]);
    }
    memory_free(table->rows);
    table->rows = NULL;
    table->count = table->capacity = 0;
}
