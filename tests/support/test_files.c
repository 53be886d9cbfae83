/* SPDX-License-Identifier: MIT */
#include "test_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "src/port/files.h"

void test_file_write(const char *path, const void *content, size_t size)
{
    const char *bytes = content;
    file_handle file;

    assert_int_equal(file_real_ops.open(path,
                                        FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_TRUNCATE,
                                        &file),
                     PORT_OK);
    for (size_t at = 0, count; at < size; at += count)
        assert_int_equal(file_real_ops.write_at(file, at, bytes + at, size - at, &count), PORT_OK);
    file_real_ops.close(file);
}

char *test_file_read(const char *path, size_t *size)
{
    int64_t length = file_size(path);
    char *content = length >= 0 ? malloc((size_t)length + 1) : NULL;
    size_t used = 0, count = 1;
    file_handle file;

    if (!content || file_real_ops.open(path, FILE_OPEN_READ, &file)) {
        free(content);
        return NULL;
    }
    while (used < (size_t)length && count > 0) {
        if (file_real_ops.read_at(file, used, content + used, (size_t)length - used, &count))
            break;
        used += count;
    }
    file_real_ops.close(file);
    content[used] = '\0';
    if (size)
        *size = used;
    return content;
}

int64_t file_size(const char *path)
{
    struct file_info info;
    file_handle file;
    int64_t size = -1;

    if (file_real_ops.open(path, FILE_OPEN_READ, &file))
        return -1;
    if (!file_real_ops.info(file, &info))
        size = (int64_t)info.size;
    file_real_ops.close(file);
    return size;
}
