/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "src/port/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "src/port/clock.h"
#include "src/port/memory.h"
#include "status.h"

#define MODE_PRIVATE_FILE   0600
#define MODE_PRIVATE_FOLDER 0700
#define MODE_FILE           0666 /* less the umask */
#define MODE_FOLDER         0777

#define MAX_LINKS 40 /* as the system's own limit */

static enum port_status status_of_call(int result)
{
    return result < 0 ? status_from_errno(errno) : PORT_OK;
}

/* What an odd umask has taken away of a new file's mode. */
static int give_user_access(int file)
{
    struct stat native;

    if (fstat(file, &native) < 0)
        return -1;
    if ((native.st_mode & MODE_PRIVATE_FILE) == MODE_PRIVATE_FILE)
        return 0;
    return fchmod(file, native.st_mode | MODE_PRIVATE_FILE);
}

/* The path that the link at `path` leads to, in its place. */
static int read_link(char path[PATH_MAX])
{
    char target[PATH_MAX], *name = strrchr(path, '/');
    ssize_t length = readlink(path, target, sizeof(target) - 1);
    size_t folder;

    if (length < 0)
        return -1;
    target[length] = 0;
    folder = *target == '/' || !name ? 0 : (size_t)(name + 1 - path);
    if (folder + (size_t)length >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(path + folder, target, (size_t)length + 1);
    return 0;
}

/*
 * One link after the other, each looked at: in a folder where others may write, somebody could have
 * put one in a file's place that leads to what is ours. That it is swapped in between is no way
 * around this, since nobody can make a link that belongs to somebody else.
 */
static int open_own_links(const char *path, int native, mode_t mode)
{
    char at[PATH_MAX];
    struct stat info;
    int file = -1;

    if (strlen(path) >= sizeof(at)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(at, path, strlen(path) + 1);
    errno = ELOOP;
    for (int links = 0; file < 0 && errno == ELOOP && links <= MAX_LINKS; links++) {
        file = open(at, native | O_NOFOLLOW, mode);
        if (file >= 0 || errno != ELOOP)
            continue;
        if (lstat(at, &info) < 0)
            return -1;
        if (!S_ISLNK(info.st_mode)) { /* it is a folder above that leads to itself */
            errno = ENOTDIR;
            return -1;
        }
        if (info.st_uid != geteuid() && info.st_uid != 0) {
            errno = EACCES;
            return -1;
        }
        if (read_link(at) < 0)
            return -1;
        errno = ELOOP;
    }
    return file;
}

static enum port_status real_open(const char *path, unsigned flags, file_handle *ret)
{
    static const struct {
        unsigned flag;
        int native;
    } table[] = {
        { FILE_OPEN_CREATE, O_CREAT },
        { FILE_OPEN_EXCLUSIVE, O_EXCL },
        { FILE_OPEN_TRUNCATE, O_TRUNC },
        { FILE_OPEN_NO_FOLLOW, O_NOFOLLOW },
    };
    mode_t mode = (flags & FILE_OPEN_PRIVATE) ? MODE_PRIVATE_FILE : MODE_FILE;
    int native = O_CLOEXEC | O_NOCTTY | O_NONBLOCK; /* a pipe's other end is not waited for */
    enum port_status status;
    size_t i;
    int file;

    if (flags & FILE_OPEN_WRITE)
        native |= (flags & FILE_OPEN_READ) ? O_RDWR : O_WRONLY;
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (flags & table[i].flag)
            native |= table[i].native;
    }
    do {
        file = (flags & FILE_OPEN_OWN_LINKS) ? open_own_links(path, native, mode)
                                             : open(path, native, mode);
    } while (file < 0 && errno == EINTR);
    if (file < 0)
        return status_from_errno(errno);
    if (flags & FILE_OPEN_CREATE && flags & FILE_OPEN_PRIVATE && give_user_access(file) < 0) {
        status = status_from_errno(errno);
        close(file);
        return status;
    }
    *ret = file;
    return PORT_OK;
}

static void real_close(file_handle file)
{
    /* On Linux the descriptor is gone even when close is interrupted. */
    close((int)file);
}

static enum port_status real_read_at(file_handle file, uint64_t offset, void *buffer, size_t size,
                                     size_t *ret)
{
    ssize_t count;

    do {
        count = pread((int)file, buffer, size, (off_t)offset);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return status_from_errno(errno);
    *ret = (size_t)count;
    return PORT_OK;
}

static enum port_status real_write_at(file_handle file, uint64_t offset, const void *buffer,
                                      size_t size, size_t *ret)
{
    ssize_t count;

    do {
        count = pwrite((int)file, buffer, size, (off_t)offset);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return status_from_errno(errno);
    *ret = (size_t)count;
    return PORT_OK;
}

static int64_t universal_time_from_statx(const struct statx_timestamp *time)
{
    return clock_universal_time_from_unix(time->tv_sec, time->tv_nsec);
}

static enum port_status info_at(int file, const char *path, int flags, struct file_info *ret)
{
    struct statx native;

    if (statx(file, path, flags, STATX_BASIC_STATS | STATX_BTIME, &native) < 0)
        return status_from_errno(errno);
    ret->kind = S_ISREG(native.stx_mode)   ? FILE_KIND_FILE
                : S_ISDIR(native.stx_mode) ? FILE_KIND_FOLDER
                                           : FILE_KIND_OTHER;
    ret->read_only = !(native.stx_mode & (S_IWUSR | S_IWGRP | S_IWOTH));
    ret->size = native.stx_size;
    ret->device = makedev(native.stx_dev_major, native.stx_dev_minor);
    ret->inode = native.stx_ino;
    ret->modified = universal_time_from_statx(&native.stx_mtime);
    ret->created = (native.stx_mask & STATX_BTIME) ? universal_time_from_statx(&native.stx_btime)
                                                   : ret->modified;
    return PORT_OK;
}

static enum port_status real_info(file_handle file, struct file_info *ret)
{
    return info_at((int)file, "", AT_EMPTY_PATH, ret);
}

static enum port_status real_path_info(const char *path, struct file_info *ret)
{
    return info_at(AT_FDCWD, path, 0, ret);
}

static enum port_status real_resize(file_handle file, uint64_t size)
{
    int result;

    do {
        result = ftruncate((int)file, (off_t)size);
    } while (result < 0 && errno == EINTR);
    return status_of_call(result);
}

static enum port_status real_sync(file_handle file)
{
    return status_of_call(fdatasync((int)file));
}

static enum port_status real_sync_times(file_handle file)
{
    return status_of_call(fsync((int)file));
}

static enum port_status real_sync_volume(file_handle file)
{
    return status_of_call(syncfs((int)file));
}

/* A failed write to the disk is told to each descriptor of the file once (Linux since 4.13), by any
 * call that waits for such writes: this one waits, and starts none. (syncfs tells of failures, too,
 * but only of those since its descriptor was opened, and not whose they were.) */
static enum port_status real_check_synced(file_handle file)
{
    return status_of_call(sync_file_range((int)file, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE));
}

static enum port_status real_copy_access(file_handle from, file_handle to)
{
    struct stat native;

    if (fstat((int)from, &native) < 0)
        return status_from_errno(errno);
    /* Mostly only root may. Without set-user-ID bits: they were given to that content, not to what
       is written now. */
    if (fchown((int)to, native.st_uid, native.st_gid) < 0 && errno != EPERM)
        return status_from_errno(errno);
    return status_of_call(fchmod((int)to, native.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO)));
}

static enum port_status real_rename(const char *from, const char *to, bool replace)
{
    if (replace)
        return status_of_call(rename(from, to));
    if (!renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE))
        return PORT_OK;
    /* Some file systems do not know the flag: a link fails if the name is taken, as it should. */
    if (errno != EINVAL && errno != ENOSYS)
        return status_from_errno(errno);
    if (link(from, to) < 0)
        return status_from_errno(errno);
    return status_of_call(unlink(from));
}

static enum port_status real_remove(const char *path)
{
    return status_of_call(unlink(path));
}

static enum port_status real_make_folder(const char *path, bool private)
{
    if (mkdir(path, private ? MODE_PRIVATE_FOLDER : MODE_FOLDER) < 0)
        return status_from_errno(errno);
    /* An odd umask takes rights of the user's away. */
    return private ? status_of_call(chmod(path, MODE_PRIVATE_FOLDER)) : PORT_OK;
}

static enum port_status real_remove_folder(const char *path)
{
    return status_of_call(rmdir(path));
}

static enum port_status real_visit(const char *path, file_visitor visitor, void *context)
{
    enum port_status status = PORT_OK;
    struct dirent *entry;
    DIR *folder;

    folder = opendir(path);
    if (!folder)
        return status_from_errno(errno);
    for (;;) {
        struct file_info info = { .kind = FILE_KIND_OTHER };

        errno = 0;
        entry = readdir(folder);
        if (!entry) {
            status = status_from_errno(errno);
            break;
        }
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        if (entry->d_type == DT_REG)
            info.kind = FILE_KIND_FILE;
        else if (entry->d_type == DT_DIR)
            info.kind = FILE_KIND_FOLDER;
        else if (info_at(dirfd(folder), entry->d_name, 0, &info))
            info.kind = FILE_KIND_OTHER; /* a dangling link, or gone meanwhile */
        if (!visitor(context, entry->d_name, info.kind))
            break;
    }
    closedir(folder);
    return status;
}

static enum port_status real_sync_folder(const char *path)
{
    enum port_status status;
    int folder;

    folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return status_from_errno(errno);
    status = status_of_call(fsync(folder));
    close(folder);
    return status;
}

static enum port_status real_real_path(const char *path, char **ret)
{
    char real[PATH_MAX];

    if (!realpath(path, real))
        return status_from_errno(errno);
    *ret = memory_strdup(real);
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

const struct file_ops file_real_ops = {
    .open = real_open,
    .close = real_close,
    .read_at = real_read_at,
    .write_at = real_write_at,
    .info = real_info,
    .resize = real_resize,
    .sync = real_sync,
    .sync_times = real_sync_times,
    .sync_volume = real_sync_volume,
    .check_synced = real_check_synced,
    .copy_access = real_copy_access,
    .path_info = real_path_info,
    .rename = real_rename,
    .remove = real_remove,
    .make_folder = real_make_folder,
    .remove_folder = real_remove_folder,
    .visit = real_visit,
    .sync_folder = real_sync_folder,
    .real_path = real_real_path,
    .open_is_in_the_way = false,
};
