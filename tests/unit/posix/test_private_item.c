/* SPDX-License-Identifier: MIT */
/* Which permission bits keep a file or folder to its user. */
#define _XOPEN_SOURCE 700

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
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

static const char *make_folder(const char *name, mode_t mode)
{
    const char *path = test_path(name);

    assert_int_equal(file_make_folder(path, true), PORT_OK);
    assert_int_equal(chmod(path, mode), 0);
    return path;
}

/* What is in a folder that all may write, and that is not sticky, all may exchange. */
static void a_root_is_not_below_what_all_may_write(void **state)
{
    static const struct {
        mode_t mode;
        enum port_status status;
    } rows[] = {
        { 0700, PORT_OK },     { 0755, PORT_OK },  { 0775, PORT_OK },      { 0777, PORT_DENIED },
        { 0702, PORT_DENIED }, { 01777, PORT_OK }, { 02777, PORT_DENIED },
    };
    const char *above = make_folder("above", 0700);
    const char *root = make_folder("above/root", 0700);
    const char *inner = make_folder("above/root/inner", 0700);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(chmod(above, rows[i].mode), 0);
        assert_int_equal(private_item_check(root), PORT_OK);
        assert_int_equal(private_item_check_root(root), rows[i].status);
        assert_int_equal(private_item_check_root(inner), rows[i].status);
        assert_int_equal(private_item_make_folder(inner), rows[i].status);
    }
}

/* Neither on the way that the path tells, nor where it ends. */
static void nor_by_a_link(void **state)
{
    const char *open = make_folder("open", 0777), *closed = make_folder("closed", 0700);

    (void)state;
    make_folder("open/root", 0700);
    make_folder("closed/root", 0700);
    make_link("../open", test_path("closed/to-open"));
    make_link("../closed", test_path("open/to-closed"));
    assert_int_equal(private_item_check_root(test_path("closed/to-open/root")), PORT_DENIED);
    assert_int_equal(private_item_check_root(test_path("open/to-closed/root")), PORT_DENIED);
    assert_int_equal(chmod(open, 0755), 0);
    assert_int_equal(private_item_check_root(test_path("closed/to-open/root")), PORT_OK);
    assert_int_equal(private_item_check_root(test_path("open/to-closed/root")), PORT_OK);
    assert_int_equal(chmod(closed, 0777), 0);
    assert_int_equal(private_item_check_root(test_path("open/to-closed/root")), PORT_DENIED);
    assert_int_equal(chmod(closed, 0700), 0);
}

/* Those of another user are for secrets.links, which has such a user. */
static void links_of_ones_own_are_followed_one_by_one(void **state)
{
    const char *path = make_file(0600);
    file_handle file = FILE_HANDLE_NONE;
    char *twice;

    (void)state;
    make_folder("links", 0700);
    make_link("../file", test_path("links/one"));
    make_link("one", test_path("links/two"));
    make_link(path, test_path("links/absolute"));
    make_link("loop", test_path("links/loop"));
    make_link("none", test_path("links/dangling"));
    twice = strdup(test_path("links/two"));
    assert_int_equal(file_open(path, FILE_OPEN_READ | FILE_OPEN_OWN_LINKS, &file), PORT_OK);
    file_close(file);
    assert_int_equal(file_open(twice, FILE_OPEN_WRITE | FILE_OPEN_OWN_LINKS, &file), PORT_OK);
    file_close(file);
    free(twice);
    assert_int_equal(file_open(test_path("links/absolute"), FILE_OPEN_READ | FILE_OPEN_OWN_LINKS,
                               &file),
                     PORT_OK);
    file_close(file);
    assert_int_equal(file_open(test_path("links/loop"), FILE_OPEN_READ | FILE_OPEN_OWN_LINKS,
                               &file),
                     PORT_DENIED);
    assert_int_equal(file_open(test_path("links/dangling"), FILE_OPEN_READ | FILE_OPEN_OWN_LINKS,
                               &file),
                     PORT_NOT_FOUND);
}

static void a_link_of_somebody_else_is_refused(void **state)
{
    file_handle file;

    (void)state;
    make_file(0600);
    make_link("file", test_path("link"));
    if (lchown(test_path("link"), 1, (gid_t)-1) < 0)
        skip_because("only root may give a link to somebody");
    assert_int_equal(file_open(test_path("link"),
                               FILE_OPEN_WRITE | FILE_OPEN_TRUNCATE | FILE_OPEN_OWN_LINKS, &file),
                     PORT_DENIED);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_others_may_do_is_refused),
    cmocka_unit_test(the_user_s_own_group_is_nobody_else),
    cmocka_unit_test(another_group_is_somebody_else),
    cmocka_unit_test(a_root_is_not_below_what_all_may_write),
    cmocka_unit_test(nor_by_a_link),
    cmocka_unit_test(links_of_ones_own_are_followed_one_by_one),
    cmocka_unit_test(a_link_of_somebody_else_is_refused),
};
TEST_MAIN_UNIT(tests)
