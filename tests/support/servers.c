/* SPDX-License-Identifier: MIT */
#include "servers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "paths.h"
#include "src/port/clock.h"
#include "src/port/threads.h"
#include "strings_ring.h"
#include "test_files.h"

static char *text, *text_end; /* for the rest of the process */
static struct once text_once = ONCE_INITIALIZER;

/* Lines become strings: NAME=value NUL NAME=value NUL … NUL. */
static void load(void)
{
    const char *path = getenv("WINRT_TEST_SERVERS");
    size_t size = 0;

    text = path ? test_file_read(path, &size) : NULL;
    text_end = text + size;
    for (char *c = text; c < text_end; c++) {
        if (*c == '\n')
            *c = '\0';
    }
}

const char *server_value(const char *name)
{
    size_t length = strlen(name);

    once_run(&text_once, load);
    for (const char *line = text; line < text_end; line += strlen(line) + 1) {
        if (strncmp(line, name, length) == 0 && line[length] == '=')
            return line + length + 1;
    }
    fail_msg("no %s: are the test servers running, and WINRT_TEST_SERVERS set?", name);
    return "";
}

const char *server_path(const char *name)
{
    return host_path(server_value(name));
}

const char *server_url(const char *name, const char *format, ...)
{
    char path[RING_SIZE];
    va_list arguments;

    va_start(arguments, format);
    assert_in_range(vsnprintf(path, sizeof(path), format, arguments), 0, sizeof(path) - 1);
    va_end(arguments);
    return ring_format("%s%s", server_value(name), path);
}

const char *test_token(const char *name)
{
    static char tokens[64][64];
    static int64_t first;
    char token[sizeof(tokens[0])];
    size_t i = 0;

    if (!first)
        first = clock_universal_time();
    /* The process's number alone is soon used again under Wine. */
    snprintf(token, sizeof(token), "%s-%d-%llx", name, (int)getpid(), (unsigned long long)first);
    while (tokens[i][0] && strcmp(tokens[i], token)) {
        i++;
        assert_true(i < sizeof(tokens) / sizeof(tokens[0]));
    }
    memcpy(tokens[i], token, sizeof(token));
    return tokens[i];
}
