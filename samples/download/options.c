/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: download [OPTION]... URL...\n"
    "       download [OPTION]... --resume [URL...]\n"
    "\n"
    "Downloads every URL, several at a time. On a terminal the key p pauses and resumes, q ends "
    "the\n"
    "program and leaves what is not finished for --resume, and Ctrl-C cancels.\n"
    "\n"
    "  -o, --output PATH    a folder that exists, or ends with /: files get the names that their\n"
    "                       URLs end with, and a number if there is one of that name already.\n"
    "                       Else the file to write, replacing one that exists.\n"
    "                       Without this option: the current folder.\n"
    "  -H, --header HEADER  sends this request header; may be repeated\n"
    "  -r, --resume         also goes on with what an earlier run has left, because it was ended "
    "or\n"
    "                       killed; with --group only with what is in that group\n"
    "  -g, --group NAME     puts the downloads into this group\n"
    "  -s, --serialized     one at a time of the group (\"download\", if there is no --group)\n"
    "  -p, --priority low|default|high\n"
    "                       whose turn it is when several wait\n"
    "  -h, --help           shows this\n"
    "\n"
    "Exit codes: 0 all downloaded, 1 some failed, 2 wrong usage, 3 left for --resume,\n"
    "130 cancelled by Ctrl-C.\n";

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

static bool is_flag(const char *argument, const char *letter, const char *name)
{
    return strcmp(argument, letter) == 0 || strcmp(argument, name) == 0;
}

static bool parse_priority(const char *text, BackgroundTransferPriority *priority)
{
    static const struct {
        const char *text;
        BackgroundTransferPriority priority;
    } priorities[] = {
        { "low", BackgroundTransferPriority_Low },
        { "default", BackgroundTransferPriority_Default },
        { "high", BackgroundTransferPriority_High },
    };

    for (size_t i = 0; text && i < sizeof(priorities) / sizeof(priorities[0]); i++) {
        if (strcmp(text, priorities[i].text) == 0) {
            *priority = priorities[i].priority;
            return true;
        }
    }
    return usage_error("a priority is low, default or high, not ", text ? text : "nothing");
}

static bool parse_option(int argc, char **argv, int *index, struct options *options)
{
    const char *argument = argv[*index];
    const char *value;

    if (is_flag(argument, "-h", "--help")) {
        options->help = true;
    } else if (is_flag(argument, "-r", "--resume")) {
        options->resume = true;
    } else if (is_flag(argument, "-s", "--serialized")) {
        options->serialized = true;
    } else if (is_option(argc, argv, index, 'g', "--group", &value)) {
        if (!value || !*value)
            return usage_error("a value is missing after ", argument);
        options->group = value;
    } else if (is_option(argc, argv, index, 'p', "--priority", &value)) {
        return parse_priority(value, &options->priority);
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
    if (options->serialized && !options->group)
        options->group = "download";
    if (options->url_count == 0 && !options->resume && !options->help)
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
