/* SPDX-License-Identifier: MIT */
/*
 * Programs under Wine 8 cannot make a file that the group has no access to, unless the umask says
 * so: Wine gives the group what its user gets. Where each user has a group of the same name, as on
 * most systems, nobody else is in that, and access for it is access for nobody.
 */
#define _GNU_SOURCE
#include "src/port/private_item.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "src/port/memory.h"
#include "status.h"

/* For an entry of the group or the user database; more is no group of one user. */
#define ENTRY_ROOM 4096

#define ACCESS_LIST "system.posix_acl_access"

struct entries {
    struct passwd user;
    struct group group;
    char user_room[ENTRY_ROOM], group_room[ENTRY_ROOM];
};

static bool has_others(const struct group *group, const char *user)
{
    char **member;

    for (member = group->gr_mem; *member; member++) {
        if (strcmp(*member, user) != 0)
            return true;
    }
    return false;
}

static bool look_up(struct entries *entries, uid_t uid, gid_t gid)
{
    struct passwd *user;
    struct group *group;

    return !getpwuid_r(uid, &entries->user, entries->user_room, sizeof(entries->user_room),
                       &user) &&
           user &&
           !getgrgid_r(gid, &entries->group, entries->group_room, sizeof(entries->group_room),
                       &group) &&
           group;
}

/* With an access control list, the bits of the group are what anybody in the list has at most. */
static bool has_access_list(const char *path)
{
    return lgetxattr(path, ACCESS_LIST, NULL, 0) > 0;
}

/* Whether nobody but the user is in the group. */
static bool is_users_own_group(uid_t uid, gid_t gid)
{
    struct entries *entries = memory_alloc(sizeof(*entries));
    bool own = false;

    if (entries && look_up(entries, uid, gid))
        own = entries->user.pw_gid == gid &&
              !strcmp(entries->user.pw_name, entries->group.gr_name) &&
              !has_others(&entries->group, entries->user.pw_name);
    memory_free(entries);
    return own;
}

enum port_status private_item_check(const char *path)
{
    struct stat info;

    if (lstat(path, &info) < 0)
        return status_from_errno(errno);
    if (S_ISLNK(info.st_mode) || info.st_uid != geteuid() || info.st_mode & S_IRWXO)
        return PORT_DENIED;
    if (info.st_mode & S_IRWXG &&
        (has_access_list(path) || !is_users_own_group(info.st_uid, info.st_gid)))
        return PORT_DENIED;
    return PORT_OK;
}

/* Whether it leaves what is in it in its place, whoever comes. `system` owns the root folder: in a
 * user namespace that is not always user 0. */
static bool keeps_its_entries(const struct stat *folder, uid_t system)
{
    if (folder->st_uid != geteuid() && folder->st_uid != 0 && folder->st_uid != system)
        return false;
    return !(folder->st_mode & S_IWOTH) || folder->st_mode & S_ISVTX;
}

static enum port_status check_above(char *path)
{
    struct stat root, info;
    char *slash;

    if (stat("/", &root) < 0)
        return status_from_errno(errno);
    while ((slash = strrchr(path, '/'))) {
        slash[slash == path] = 0;
        if (stat(path, &info) < 0)
            return status_from_errno(errno);
        if (!keeps_its_entries(&info, root.st_uid))
            return PORT_DENIED;
        if (slash == path)
            break;
    }
    return PORT_OK;
}

/* Those where it is, and those that its path names, in which there may be a link on the way. */
enum port_status private_item_check_root(const char *path)
{
    enum port_status status = private_item_check(path);
    char at[PATH_MAX];

    if (status)
        return status;
    if (strlen(path) >= sizeof(at))
        return PORT_NAME_TOO_LONG;
    memcpy(at, path, strlen(path) + 1);
    status = check_above(at);
    if (status)
        return status;
    return realpath(path, at) ? check_above(at) : status_from_errno(errno);
}
