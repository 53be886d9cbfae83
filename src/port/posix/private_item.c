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
#include <pwd.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/port/memory.h"
#include "status.h"

/* For an entry of the group or the user database; more is no group of one user. */
#define ENTRY_ROOM 4096

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
    if (info.st_mode & S_IRWXG && !is_users_own_group(info.st_uid, info.st_gid))
        return PORT_DENIED;
    return PORT_OK;
}
