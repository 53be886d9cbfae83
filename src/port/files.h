/* SPDX-License-Identifier: MIT */
/*
 * The files seam: everything the project does to a file system goes through these calls, so that a
 * test can record, fail or cut short each of them. Paths are in the form of paths.h.
 * Any thread. Short reads and writes and interruptions are handled behind the seam's wrappers.
 */
#ifndef WINRT_PORT_FILES_H
#define WINRT_PORT_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "status.h"

/* A descriptor, or a HANDLE on Windows. */
typedef intptr_t file_handle;
#define FILE_HANDLE_NONE ((file_handle)-1)

enum file_open_flags {
    FILE_OPEN_READ = 1 << 0,
    FILE_OPEN_WRITE = 1 << 1,
    FILE_OPEN_CREATE = 1 << 2,    /* make it if it is not there */
    FILE_OPEN_EXCLUSIVE = 1 << 3, /* with CREATE: PORT_EXISTS if it is there */
    FILE_OPEN_TRUNCATE = 1 << 4,
    FILE_OPEN_PRIVATE = 1 << 5,   /* created with mode 0600 whatever the umask */
    FILE_OPEN_NO_FOLLOW = 1 << 6, /* PORT_DENIED if the last part is a symbolic link */
    /* The same, unless the link is the user's own or root's. On Windows, where only those make
     * links whom the system trusts with it, no effect. */
    FILE_OPEN_OWN_LINKS = 1 << 7,
};

enum file_kind {
    FILE_KIND_FILE,
    FILE_KIND_FOLDER,
    FILE_KIND_OTHER, /* device, socket, pipe */
};

struct file_info {
    enum file_kind kind;
    bool read_only; /* no write permission for anybody */
    uint64_t size;  /* bytes */
    uint64_t device, inode;
    int64_t modified; /* universal time, see clock.h */
    int64_t created;  /* universal time; the oldest the file system knows */
};

/* One entry of a folder; return false to stop. `name` lives during the call. */
typedef bool (*file_visitor)(void *context, const char *name, enum file_kind kind);

/* The primitives, in the system's terms: reads and writes may be short (count in *ret). */
struct file_ops {
    enum port_status (*open)(const char *path, unsigned flags, file_handle *ret);
    void (*close)(file_handle file);
    enum port_status (*read_at)(file_handle file, uint64_t offset, void *buffer, size_t size,
                                size_t *ret);
    enum port_status (*write_at)(file_handle file, uint64_t offset, const void *buffer, size_t size,
                                 size_t *ret);
    enum port_status (*info)(file_handle file, struct file_info *ret);
    enum port_status (*resize)(file_handle file, uint64_t size);
    enum port_status (*sync)(file_handle file);       /* data and what is needed to read it back */
    enum port_status (*sync_times)(file_handle file); /* after that: when it was changed, too */
    enum port_status (*sync_volume)(file_handle file);
    enum port_status (*check_synced)(file_handle file);
    /* `to` gets the permissions of `from`, and its owner if the system lets us. */
    enum port_status (*copy_access)(file_handle from, file_handle to);
    enum port_status (*path_info)(const char *path, struct file_info *ret); /* follows links */
    enum port_status (*rename)(const char *from, const char *to, bool replace);
    enum port_status (*remove)(const char *path);                    /* a file or link */
    enum port_status (*make_folder)(const char *path, bool private); /* private: mode 0700 */
    enum port_status (*remove_folder)(const char *path); /* PORT_NOT_EMPTY if it has entries */
    enum port_status (*visit)(const char *path, file_visitor visitor, void *context);
    enum port_status (*sync_folder)(const char *path);
    /* A new string, of an item that is there. */
    enum port_status (*real_path)(const char *path, char **ret);
    bool open_is_in_the_way; /* what file_open_is_in_the_way answers */
};

/* For tests; NULL restores the real ones. Returns those before. */
const struct file_ops *file_set_ops(const struct file_ops *ops);
extern const struct file_ops file_real_ops;

enum port_status file_open(const char *path, unsigned flags, file_handle *ret);

/*
 * Whether a file that we have open is in other programs' way: they cannot have it alone (on Windows
 * many ask for that), under Wine 8 they can neither replace it nor be rid of it at once. On POSIX
 * systems no open file is in anybody's way.
 */
bool file_open_is_in_the_way(void);

/* FILE_HANDLE_NONE is fine. */
void file_close(file_handle file);

/* Reads until `size` bytes or the end; *ret is the count, 0 at the end. */
enum port_status file_read_at(file_handle file, uint64_t offset, void *buffer, size_t size,
                              size_t *ret);

/* Writes all of it, or fails; on failure part of it may be there. */
enum port_status file_write_at(file_handle file, uint64_t offset, const void *buffer, size_t size);

enum port_status file_get_info(file_handle file, struct file_info *ret);
enum port_status file_resize(file_handle file, uint64_t size);
enum port_status file_sync(file_handle file);

/* After file_sync: makes also durable what that may leave out since it is not needed to read the
 * data, the file's times. */
enum port_status file_sync_times(file_handle file);

/*
 * For many files at once: makes everything durable that was written on the volume of this one, by
 * anybody. PORT_NOT_SUPPORTED where there is no such call. Whether a file's own data was among what
 * could not be written, file_check_synced says of each afterwards; that costs no disk access.
 */
enum port_status file_sync_volume(file_handle file);
enum port_status file_check_synced(file_handle file);

/* Gives `to` the permissions of `from`, and its owner where the system lets us. */
enum port_status file_copy_access(file_handle from, file_handle to);
enum port_status file_path_info(const char *path, struct file_info *ret);

/*
 * Without `replace`, PORT_EXISTS if `to` is there. With it a file replaces a file in one step,
 * whoever has that open; but under Wine 8 (and on volumes of Windows that cannot) an open one is
 * PORT_BUSY. PORT_OTHER_VOLUME as the system says.
 */
enum port_status file_rename(const char *from, const char *to, bool replace);
enum port_status file_remove(const char *path);
enum port_status file_make_folder(const char *path, bool private);

/* Makes it and what is missing above it. An existing folder is fine. */
enum port_status file_make_folders(const char *path, bool private);
enum port_status file_remove_folder(const char *path);

/* In no particular order, without "." and "..". */
enum port_status file_visit(const char *path, file_visitor visitor, void *context);
enum port_status file_sync_folder(const char *path);

/* The path without links of an item that is there, in a new string that the caller frees. */
enum port_status file_real_path(const char *path, char **ret);

/* Whole content into a new block with a NUL behind it, which the caller frees; at most `limit`. */
enum port_status file_load(const char *path, size_t limit, void **ret, size_t *ret_size);

#endif
