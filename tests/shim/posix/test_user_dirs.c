/* SPDX-License-Identifier: MIT */
/* KnownFolders where the user has said where they are: user-dirs.dirs, and the environment. */
#include "../user_libraries.h"
#include "../user_home.h"
#include "environment.h"

static void the_users_settings_count(void **state)
{
    (void)state;
    use_home();
    put_folder(".config");
    put_file(".config/user-dirs.dirs", "# comment\n"
                                       "#XDG_MUSIC_DIR=\"$HOME/wrong\"\n"
                                       "XDG_MUSIC_DIR=\"$HOME/wrong\"\n"
                                       "  XDG_MUSIC_DIR = \"$HOME/My \\\"Musik\\\"/\"\n"
                                       "XDG_PICTURES_DIR=Bilder\n"
                                       "XDG_VIDEOS_DIR=\"relative\"\n"
                                       "XDG_DOCUMENTS_DIR=\"$HOME/Dok/umente\"");
    check_library(music_library, "My \"Musik\"");
    check_library(pictures_library, "Pictures");
    check_library(videos_library, "Videos");
    check_library(documents_library, "Dok/umente");
}

static void the_environment_comes_first(void **state)
{
    (void)state;
    use_home();
    put_folder("config");
    put_file("config/user-dirs.dirs", "XDG_MUSIC_DIR=\"$HOME/from-file\"\n"
                                      "XDG_VIDEOS_DIR=\"$HOME/from-file\"\n");
    test_setenv("XDG_CONFIG_HOME", test_path("config"));
    test_setenv("XDG_MUSIC_DIR", test_path("from-environment"));
    test_setenv("XDG_VIDEOS_DIR", "relative");
    check_library(music_library, "from-environment");
    check_library(videos_library, "from-file");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_users_settings_count),
    cmocka_unit_test(the_environment_comes_first),
};

TEST_MAIN(tests)
