/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "../scratch.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders first, so that what a test made unwritable can be emptied again. */
static int make_writable(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    (void)info;
    (void)ftw;
    if (type == FTW_D || type == FTW_DNR)
        chmod(path, 0700);
    return 0;
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    (void)info;
    (void)type;
    (void)ftw;
    return remove(path);
}

static bool make_folders(const char *path)
{
    char part[PATH_MAX];
    int length = snprintf(part, sizeof(part), "%s", path);

    if (length <= 0 || (size_t)length >= sizeof(part))
        return false;
    for (char *slash = part + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        if (mkdir(part, 0755) != 0 && errno != EEXIST)
            return false;
        *slash = '/';
    }
    return mkdir(part, 0755) == 0 || errno == EEXIST;
}

bool scratch_prepare(const char *path)
{
    struct stat info;

    if (lstat(path, &info) == 0) {
        nftw(path, make_writable, 16, FTW_PHYS | FTW_MOUNT);
        if (nftw(path, remove_entry, 16, FTW_PHYS | FTW_DEPTH | FTW_MOUNT) != 0)
            return false;
    }
    return make_folders(path);
}
