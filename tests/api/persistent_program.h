/* SPDX-License-Identifier: MIT */
/* The parts of persistent_program: slots with downloads, and what is said of them. */
#ifndef WINRT_TEST_PERSISTENT_PROGRAM_H
#define WINRT_TEST_PERSISTENT_PROGRAM_H

#include "fixture.h"

#define FIELDS_MAX 32

/* A download that commands speak of by a name: the one it was created with, or its GUID. */
struct slot {
    struct slot *next;
    char name[64];
    IDownloadOperation *operation;
    download_async *async;
};

struct slot *slot_new(const char *name, IDownloadOperation *operation);

/* Prints the line, as one. Any thread. */
void say(const char *format, ...) __attribute__((format(NATIVE_PRINTF, 1, 2)));

/* Creates one: fields are URL and then key=value, as persistent_program.c says. */
IDownloadOperation *create_from_fields(char **fields, int count);

/* "shown NAME key=value..." with everything that can be asked of it. */
void show(const char *name, IDownloadOperation *operation);

/* "text NAME WHAT ..." for everything that is said in words: how it has ended, if `async` is not
 * NULL, its own words, and those of calls that are refused with `secret` in them, if that is not
 * NULL. */
void say_texts(const char *name, IDownloadOperation *operation, download_async *async,
               const char *secret);

/* Writes what GetResultStreamAt(0) reads to the file; the number of bytes. */
long long save_result(IDownloadOperation *operation, const char *path);

HRESULT set_priority(IDownloadOperation *operation, unsigned priority);
HRESULT make_current(IDownloadOperation *operation);

/* Of the transfer group that it has. */
void set_group_limit(IDownloadOperation *operation, UINT64 limit);

/* Sets it, unless `number` is NULL, and says what it is. */
HRESULT group_behavior(const char *name, const char *number);

/* Reads at an offset of a download for random access; says `read` when that has ended. `name` lives
 * for ever. */
void random_read_start(IDownloadOperation *operation, const char *name, UINT32 offset,
                       UINT32 count);

#endif
