/* SPDX-License-Identifier: MIT */
/*
 * Where a body goes: the caller's file, or a private one that has no name and so disappears with
 * its last handle, even if the process is killed.
 */
#ifndef WINRT_ENGINE_RESULT_FILE_H
#define WINRT_ENGINE_RESULT_FILE_H

#include "src/port/files.h"
#include "src/port/threads.h"

struct result_file {
    char *path;         /* NULL: private */
    file_handle writer; /* engine's thread only */
    struct mutex mutex; /* over `reader` */
    file_handle reader; /* of a private file: the writer's */
};

/* Copies the path, which may be NULL. PORT_NO_MEMORY */
enum port_status result_file_init(struct result_file *file, const char *path);
void result_file_destroy(struct result_file *file);

/*
 * Opens it for writing, empty. A caller's file must exist: PORT_NOT_FOUND if somebody has removed
 * it. `size` is what is announced, 0 if unknown: PORT_FILE_TOO_BIG at once if the volume cannot
 * hold so large a file.
 */
enum port_status result_file_open(struct result_file *file, uint64_t size);

/* No more writing; what is there stays readable. Twice is fine. */
void result_file_close(struct result_file *file);

/* Any thread but the engine's. *ret_count is less than `size` only at the end of the file. */
enum port_status result_file_read(struct result_file *file, uint64_t position, void *buffer,
                                  size_t size, size_t *ret_count);

#endif
