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

/* "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}" */
const char *guid_text(IDownloadOperation *operation);

/* Prints the line, as one. Any thread. */
void say(const char *format, ...) __attribute__((format(NATIVE_PRINTF, 1, 2)));

/* Creates one: fields are URL and then key=value, as persistent_program.c says. */
IDownloadOperation *create_from_fields(char **fields, int count);

/* "shown NAME key=value..." with everything that can be asked of it. */
void show(const char *name, IDownloadOperation *operation);

/* Writes what GetResultStreamAt(0) reads to the file; the number of bytes. */
long long save_result(IDownloadOperation *operation, const char *path);

IBackgroundTransferGroup *transfer_group(const char *name);

#endif
