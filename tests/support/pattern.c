/* SPDX-License-Identifier: MIT */
#include "pattern.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <cmocka.h>

#include "src/port/files.h"
#include "strings_ring.h"

#define PATTERN_PERIOD 65521
#define VERSION_SHIFT  30011 /* tests/servers/fault/steps.py */

unsigned char pattern_byte(uint64_t offset)
{
    unsigned k = (unsigned)(offset % PATTERN_PERIOD);

    return (unsigned char)(k ^ k >> 8);
}

/* The offset of the first byte that is wrong, or where the right part ends; -1 if the file cannot
 * be read. */
static int64_t right_bytes(const char *path, uint64_t shift)
{
    static unsigned char buffer[65536];
    uint64_t offset = 0;
    file_handle file;
    size_t count = 1;
    bool right = true;

    if (file_real_ops.open(path, FILE_OPEN_READ, &file))
        return -1;
    while (right && count > 0) {
        if (file_real_ops.read_at(file, offset, buffer, sizeof(buffer), &count))
            break;
        for (size_t i = 0; right && i < count; i++) {
            right = buffer[i] == pattern_byte(offset + shift);
            offset += right;
        }
    }
    file_real_ops.close(file);
    return (int64_t)offset;
}

void check_pattern_file_at(const char *path, uint64_t size, const char *file, int line)
{
    check_version_file_at(path, 1, size, file, line);
}

void check_version_file_at(const char *path, unsigned version, uint64_t size, const char *file,
                           int line)
{
    int64_t actual = file_size(path);
    int64_t right = right_bytes(path, (uint64_t)(version - 1) * VERSION_SHIFT);

    if (actual == (int64_t)size && right == actual)
        return;
    print_error("%s\n", ring_format("%s: %" PRId64 " bytes, the first %" PRId64
                                    " are right; expected %" PRIu64,
                                    path, actual, right, size));
    _fail(file, line);
}
