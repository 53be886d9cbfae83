/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TRANSFERS_OPTIONS_H
#define WINRT_TRANSFERS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "src/store/store.h"

struct options {
    const struct command *command;
    bool json, all;
    const char *app;  /* as it was given; NULL: all */
    const char *file; /* of export; NULL: standard output */
    char *root;       /* the folder that apps' folders are in */
    const struct store_id *ids;
    size_t id_count;
};

enum {
    EXIT_DONE = 0,
    EXIT_FAILED = 1, /* something was not done, as standard error says */
    EXIT_MISUSED = 2,
};

enum {
    TAKES_IDS = 1 << 0,
    NEEDS_IDS = 1 << 1,
    TAKES_FILE = 1 << 2,
    TAKES_JSON = 1 << 3,
    TAKES_ALL = 1 << 4,
};

struct command {
    const char *name;
    unsigned takes;
    void (*run)(const struct options *options); /* what goes wrong it tells by out_error */
};

void command_list(const struct options *options);
void command_show(const struct options *options);
void command_export(const struct options *options);
void command_cancel(const struct options *options);
void command_purge(const struct options *options);

/*
 * Reads the arguments. True: there is a command to be run, and options_free is to be called. False:
 * all is said, and *ret_code the exit code.
 */
bool options_parse(int count, char **arguments, struct options *ret, int *ret_code);
void options_free(struct options *options);

/* The number of the id in options->ids, or id_count. */
size_t options_find_id(const struct options *options, const struct store_id *id);

#endif
