/* SPDX-License-Identifier: MIT */
#include "../user_home.h"

#include <stdlib.h>

#include <windows.h>

#include "tests/support/paths.h"
#include "tests/support/strings_ring.h"
#include "tests/support/test_main.h"
#include "tests/support/win32/wide.h"

#define EXPLORER u"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\"

/* Page "KNOWNFOLDERID": where the user's settings are. */
static const struct {
    const WCHAR *value;
    const char *folder;
} folders[] = {
    { u"Personal", "Documents" },
    { u"My Music", "Music" },
    { u"My Pictures", "Pictures" },
    { u"My Video", "Videos" },
    { u"My Videos", "Videos" }, /* Wine's name of it */
    { u"{374DE290-123F-4565-9164-39C4925E467B}", "Downloads" },
};

/* Volatile: it is gone when the system starts anew. */
static HKEY make_key(HKEY parent, const WCHAR *path)
{
    HKEY key;

    assert_int_equal(0, RegCreateKeyExW(parent, path, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS,
                                        NULL, &key, NULL));
    return key;
}

static void set_folder(HKEY settings, const WCHAR *value, const char *folder)
{
    WCHAR *path = test_wide(item_path(folder));

    assert_int_equal(0, RegSetValueExW(settings, value, 0, REG_SZ, (BYTE *)path,
                                       ((DWORD)lstrlenW(path) + 1) * sizeof(*path)));
    free(path);
}

/* A key that nobody else has stands in for the user's, in this process. */
void use_home(void)
{
    WCHAR *name =
        test_wide(ring_format("Software\\winrt test %u", (unsigned)GetCurrentProcessId()));
    HKEY user, settings;

    user = make_key(HKEY_CURRENT_USER, name);
    free(name);
    RegCloseKey(make_key(user, EXPLORER u"Shell Folders")); /* the system looks here as well */
    settings = make_key(user, EXPLORER u"User Shell Folders");
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        set_folder(settings, folders[i].value, folders[i].folder);
    RegCloseKey(settings);
    assert_int_equal(0, RegOverridePredefKey(HKEY_CURRENT_USER, user));
    RegCloseKey(user);
}
