/* SPDX-License-Identifier: MIT */
/*
 * The parts of model_program: numbered operations and async objects, and what is said of them.
 *
 * Numbers are given in order and never used again within a process, so a late event says whose it
 * is.
 */
#ifndef WINRT_TEST_MODEL_PROGRAM_H
#define WINRT_TEST_MODEL_PROGRAM_H

#include "fixture.h"

#define FIELDS_MAX 32

struct entry {
    unsigned number;
    struct entry *next;
    void *object; /* IDownloadOperation or download_async; with a reference */
};

/* NULL if there is none of that number. */
void *entry_find(struct entry *list, unsigned number);
unsigned entry_add(struct entry **list, unsigned *last, void *object);
void entry_remove(struct entry **list, unsigned number);

extern struct entry *operations;

/* The number of the operation: of the same pointer if it is known, whose reference is given up
 * then; else a new one. */
unsigned operation_number(IDownloadOperation *operation);

/* Prints the line, as one. Any thread. */
void say(const char *format, ...) __attribute__((format(NATIVE_PRINTF, 1, 2)));

/* The answer to a command: "= HRESULT", and what follows. */
void answer(HRESULT hr, const char *format, ...) __attribute__((format(NATIVE_PRINTF, 2, 3)));

/* The commands; fields[0] is the command's own name. `count` fields at least are there (dispatch
 * table), the others are NULL. */
void command_create(char **fields);
void command_group(char **fields);
void command_list(char **fields);
void command_show(char **fields);
void command_ranges(char **fields);
void command_read(char **fields);
void command_body(char **fields);
void command_change(char **fields);

unsigned number_of(const char *text);

#endif
