/* SPDX-License-Identifier: MIT */
/* Which permission bits keep a file or folder to its user. */
#define _XOPEN_SOURCE 700

#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test_main.h"

#include "links.h"
#include "platform.h"
#include "src/port/files.h"
#include "src/port/private_item.h"

static const char *make_file(mode_t mode)
{
    const char *path = test_path("file");
    file_handle file;

    file_remove(path);
    assert_int_equal(file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE, &file), PORT_OK);
    file_close(file);
    assert_int_equal(chmod(path, mode), 0);
    return path;
}

static void what_others_may_do_is_refused(void **state)
{
    static const mode_t bits[] = { 0001, 0002, 0004, 0007 };

    (void)state;
    assert_int_equal(private_item_check(make_file(0600)), PORT_OK);
    assert_int_equal(private_item_check(make_file(0700)), PORT_OK);
    assert_int_equal(private_item_check(make_file(0400)), PORT_OK);
    for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
        assert_int_equal(private_item_check(make_file(0600 | bits[i])), PORT_DENIED);
    assert_int_equal(private_item_check(test_path("none")), PORT_NOT_FOUND);
    make_link("file", test_path("link"));
    make_file(0600);
    assert_int_equal(private_item_check(test_path("link")), PORT_DENIED);
}

/* Whether the group is that of the user's name, without anybody else in it. */
static bool is_own_group(gid_t id)
{
    struct passwd *user = getpwuid(geteuid());
    struct group *group;
    char name[64];

    if (!user || user->pw_gid != id || strlen(user->pw_name) >= sizeof(name))
        return false;
    memcpy(name, user->pw_name, strlen(user->pw_name) + 1);
    group = getgrgid(id);
    if (!group || strcmp(group->gr_name, name))
        return false;
    for (size_t i = 0; group->gr_mem[i]; i++) {
        if (strcmp(group->gr_mem[i], name))
            return false;
    }
    return true;
}

static void the_user_s_own_group_is_nobody_else(void **state)
{
    const char *path = make_file(0660);
    struct stat info;

    (void)state;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(private_item_check(path), is_own_group(info.st_gid) ? PORT_OK : PORT_DENIED);
    assert_int_equal(private_item_check(make_file(0664)), PORT_DENIED);
}

static void another_group_is_somebody_else(void **state)
{
    const char *path = make_file(0640);

    (void)state;
    if (chown(path, (uid_t)-1, 1) < 0)
        skip_because("only root may give a file to any group");
    assert_int_equal(private_item_check(path), PORT_DENIED);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(private_item_check(path), PORT_OK);
    assert_int_equal(chown(path, 1, (gid_t)-1), 0);
    assert_int_equal(private_item_check(path), PORT_DENIED);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_others_may_do_is_refused),
    cmocka_unit_test(the_user_s_own_group_is_nobody_else),
    cmocka_unit_test(another_group_is_somebody_else),
};
TEST_MAIN_UNIT(tests)
