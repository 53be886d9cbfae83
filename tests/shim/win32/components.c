/* SPDX-License-Identifier: MIT */
#include "../components.h"

#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include "tests/support/paths.h"
#include "tests/support/strings_ring.h"
#include "tests/support/test_main.h"
#include "tests/support/win32/wide.h"

#define CLASSES u"Software\\Microsoft\\WindowsRuntime\\ActivatableClassId"

const char broken_name[] = "winrttest.broken.dll";

static const struct {
    const WCHAR *class;
    const char *file;
} classes[] = {
    { u"WinRTTest.Sample.Widget", "sample" },  { u"WinRTTest.Sample.Gadget", "sample" },
    { u"WinRTTest.Sample.Missing", "sample" }, { u"WinRTTest.Broken.Thing", "broken" },
    { u"WinRTTest.NoEntry.Thing", "noentry" }, { u"WinRTTest.Gone.Thing", "gone" },
};

static const char *path_of(const char *name)
{
    return item_form(ring_format("%s/winrttest.%s.dll", TEST_COMPONENTS, name));
}

static void register_class(HKEY all, const WCHAR *name, const char *file)
{
    WCHAR *path = test_wide(path_of(file));
    DWORD size = ((DWORD)lstrlenW(path) + 1) * sizeof(*path);
    HKEY key;

    assert_int_equal(RegCreateKeyExW(all, name, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, NULL,
                                     &key, NULL),
                     0);
    assert_int_equal(RegSetValueExW(key, u"DllPath", 0, REG_SZ, (BYTE *)path, size), 0);
    RegCloseKey(key);
    free(path);
}

/* All tests write the same. */
void use_test_components(void)
{
    WCHAR *folder = test_wide(item_form(TEST_COMPONENTS));
    HKEY all;

    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, CLASSES, 0, NULL, 0, KEY_ALL_ACCESS, NULL,
                                     &all, NULL),
                     0);
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        register_class(all, classes[i].class, classes[i].file);
    RegCloseKey(all);
    assert_true(SetDllDirectoryW(folder));
    free(folder);
}

const char *const *sample_names(void)
{
    static const char *names[] = { NULL, "winrttest.sample.dll", "WinRTTest.Sample.dll", NULL };

    if (!names[0]) {
        static char path[MAX_PATH];

        assert_in_range(strlen(path_of("sample")), 1, sizeof(path) - 1);
        memcpy(path, path_of("sample"), strlen(path_of("sample")) + 1);
        names[0] = path;
    }
    return names;
}
