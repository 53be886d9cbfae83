/* SPDX-License-Identifier: MIT */
/*
 * Where a body goes: the caller's file, or a private one of the app's. A resume has to find the
 * very file that was left: so what it was then is remembered with each checkpoint (struct
 * file_mark). docs/resume.md
 */
#ifndef WINRT_ENGINE_RESULT_FILE_H
#define WINRT_ENGINE_RESULT_FILE_H

#include <stdatomic.h>

#include "src/port/files.h"

/* An open file that the engine writes while the syncer may be syncing it, or that several read:
 * closed with the last reference. */
struct open_file {
    atomic_uint references;
    file_handle handle;
};

/* As file_open, of a link's target if the link is the user's own; PORT_NO_MEMORY. */
enum port_status open_file_open(const char *path, unsigned flags, struct open_file **ret);
void open_file_addref(struct open_file *file);
void open_file_release(struct open_file *file); /* NULL is fine */

/* Which file it was, and how it was left. As stored. */
struct file_mark {
    uint64_t device, inode, size; /* all 0: nothing is known */
    int64_t modified, created;
    bool settled; /* nothing was written after this */
};

enum port_status file_mark_take(file_handle file, bool settled, struct file_mark *ret);

/* As stored: little-endian. */
#define FILE_MARK_SIZE 41
void file_mark_encode(const struct file_mark *mark, uint8_t ret[FILE_MARK_SIZE]);
bool file_mark_decode(const void *bytes, size_t size, struct file_mark *ret);

/*
 * Opens it for writing, empty. The file must exist: PORT_NOT_FOUND if somebody has removed it.
 * `size` is what is announced, 0 if unknown: PORT_FILE_TOO_BIG at once if the volume cannot hold so
 * large a file. `keep_size`: the file is made that long.
 */
enum port_status result_file_open(const char *path, uint64_t size, bool keep_size,
                                  struct open_file **ret);

/* Opens it to go on. PORT_NOT_FOUND; PORT_FILE_CHANGED if it is not the file of `mark`, or is
 * shorter than `least`, or was changed since it was left: then it is not touched. */
enum port_status result_file_reopen(const char *path, const struct file_mark *mark, uint64_t least,
                                    struct open_file **ret);

/* Empties an open one for another beginning; otherwise as result_file_open. */
enum port_status result_file_restart(struct open_file *file, uint64_t size, bool keep_size);

#endif
