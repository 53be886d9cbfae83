/* SPDX-License-Identifier: MIT */
#include "servers.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "strings_ring.h"

static char text[16384];
static pthread_once_t text_once = PTHREAD_ONCE_INIT;

/* Lines become strings: NAME=value NUL NAME=value NUL … NUL. */
static void load(void)
{
    const char *path = getenv("WINRT_TEST_SERVERS");
    FILE *file = path ? fopen(path, "rb") : NULL;

    if (!file)
        return;
    if (fread(text, 1, sizeof(text) - 2, file) == sizeof(text) - 2)
        fprintf(stderr, "%s is longer than expected\n", path);
    fclose(file);
    for (char *c = text; c < text + sizeof(text); c++) {
        if (*c == '\n')
            *c = '\0';
    }
}

const char *server_value(const char *name)
{
    size_t length = strlen(name);

    pthread_once(&text_once, load);
    for (const char *line = text; *line; line += strlen(line) + 1) {
        if (strncmp(line, name, length) == 0 && line[length] == '=')
            return line + length + 1;
    }
    fail_msg("no %s: are the test servers running, and WINRT_TEST_SERVERS set?", name);
    return "";
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
