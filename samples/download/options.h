/* SPDX-License-Identifier: MIT */
/* The command line. */
#ifndef DOWNLOAD_OPTIONS_H
#define DOWNLOAD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "../common/names.h"

/* Exit codes. */
enum {
    EXIT_ALL_DONE = 0,      /* every URL was downloaded */
    EXIT_SOME_FAILED = 1,   /* at least one was not; standard error says why */
    EXIT_BAD_USAGE = 2,     /* nothing was tried */
    EXIT_LEFT = 3,          /* ended by the key q; --resume goes on */
    EXIT_INTERRUPTED = 130, /* cancelled by Ctrl-C */
};

struct options {
    const char *output; /* a file or a folder; NULL is the current folder */
    const char **headers;
    size_t header_count;
    const char **urls;
    size_t url_count;
    const char *group; /* NULL: none */
    bool serialized;
    BackgroundTransferPriority priority;
    bool resume;
    bool help;
};

/* Everything points into argv, but for the two lists, which options_free frees. False, after a
   message, if the command line is wrong. */
bool options_parse(int argc, char **argv, struct options *options);
void options_free(struct options *options);

void options_help(void);

#endif
