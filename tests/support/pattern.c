/* SPDX-License-Identifier: MIT */
#include "pattern.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define PATTERN_PERIOD 65521

unsigned char pattern_byte(uint64_t offset)
{
    unsigned k = (unsigned)(offset % PATTERN_PERIOD);

    return (unsigned char)(k ^ k >> 8);
}

/* The offset of the first byte that is wrong, or where the right part ends; -1 if the file cannot
 * be read. */
static int64_t right_bytes(const char *path)
{
    unsigned char buffer[65536];
    FILE *file = fopen(path, "rb");
    uint64_t offset = 0;
    size_t count;

    if (!file)
        return -1;
    while ((count = fread(buffer, 1, sizeof(buffer), file)) > 0) {
        for (size_t i = 0; i < count; i++, offset++) {
            if (buffer[i] != pattern_byte(offset)) {
                fclose(file);
                return (int64_t)offset;
            }
        }
    }
    fclose(file);
    return (int64_t)offset;
}

void check_pattern_file_at(const char *path, uint64_t size, const char *file, int line)
{
    int64_t actual = file_size(path);
    int64_t right = right_bytes(path);

    if (actual == (int64_t)size && right == actual)
        return;
    print_error("%s: %" PRId64 " bytes, the first %" PRId64 " are right; expected %" PRIu64 "\n",
                path, actual, right, size);
    _fail(file, line);
}

int64_t file_size(const char *path)
{
    FILE *file = fopen(path, "rb");
    int64_t size = -1;

    if (!file)
        return -1;
    if (fseeko(file, 0, SEEK_END) == 0)
        size = (int64_t)ftello(file);
    fclose(file);
    return size;
}
