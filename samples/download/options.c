/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: download [--output FILE|FOLDER] [--header 'Name: value']... URL...\n"
    "\n"
    "Downloads every URL, several at a time.\n"
    "\n"
    "  -o, --output PATH    a folder that exists, or ends with /: files get the names that their\n"
    "                       URLs end with, and a number if there is one of that name already.\n"
    "                       Else the file to write, replacing one that exists.\n"
    "                       Without this option: the current folder.\n"
    "  -H, --header HEADER  sends this request header; may be repeated\n"
    "  -h, --help           shows this\n"
    "\n"
    "Exit codes: 0 all downloaded, 1 some failed, 2 wrong usage, 130 cancelled by Ctrl-C.\n";

/* Whether argv[*index] is this option, as --name VALUE, --name=VALUE, -n VALUE or -nVALUE. *value
   is NULL when it has none. */
static bool is_option(int argc, char **argv, int *index, char letter, const char *name,
                      const char **value)
{
    const char *argument = argv[*index];
    size_t length = strlen(name);

    *value = NULL;
    if (argument[1] == letter) {
        if (argument[2] != '\0')
            *value = argument + 2;
    } else if (strncmp(argument, name, length) != 0) {
        return false;
    } else if (argument[length] == '=') {
        *value = argument + length + 1;
    } else if (argument[length] != '\0') {
        return false;
    }
    if (!*value && *index + 1 < argc)
        *value = argv[++*index];
    return true;
}

static bool usage_error(const char *message, const char *argument)
{
    fprintf(stderr, "download: %s%s\nTry 'download --help'.\n", message, argument);
    return false;
}

static bool parse_option(int argc, char **argv, int *index, struct options *options)
{
    const char *argument = argv[*index];
    const char *value;

    if (strcmp(argument, "-h") == 0 || strcmp(argument, "--help") == 0) {
        options->help = true;
    } else if (is_option(argc, argv, index, 'o', "--output", &value)) {
        if (!value || !*value)
            return usage_error("a value is missing after ", argument);
        options->output = value;
    } else if (is_option(argc, argv, index, 'H', "--header", &value)) {
        if (!value || !strchr(value, ':'))
            return usage_error("a header is 'Name: value', not ", value ? value : "nothing");
        options->headers[options->header_count++] = value;
    } else {
        return usage_error("unknown option ", argument);
    }
    return true;
}

bool options_parse(int argc, char **argv, struct options *options)
{
    bool only_urls = false;

    memset(options, 0, sizeof(*options));
    options->headers = calloc((size_t)argc, sizeof(*options->headers));
    options->urls = calloc((size_t)argc, sizeof(*options->urls));
    if (!options->headers || !options->urls)
        return usage_error("out of memory", "");
    for (int i = 1; i < argc && !options->help; i++) {
        if (only_urls || argv[i][0] != '-')
            options->urls[options->url_count++] = argv[i];
        else if (strcmp(argv[i], "--") == 0)
            only_urls = true;
        else if (!parse_option(argc, argv, &i, options))
            return false;
    }
    if (options->url_count == 0 && !options->help)
        return usage_error("which URL?", "");
    return true;
}

void options_free(struct options *options)
{
    free(options->headers);
    free(options->urls);
}

void options_help(void)
{
    fputs(help, stdout);
}
