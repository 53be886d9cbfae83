/* SPDX-License-Identifier: MIT */
#include "../platform.h"

#include <stdlib.h>

#include <windows.h>

#include "../file_access.h"
#include "../paths.h"
#include "../strings_ring.h"
#include "../test_main.h"
#include "wide.h"

/* Root may, though a program under Wine cannot ask who runs it. */
static const char *permissions_count(void)
{
    const char *path = test_path("permissions");
    WCHAR *wide = test_wide_path(path);
    HANDLE file;

    CloseHandle(CreateFileW(wide, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
    deny_everything(path);
    file = CreateFileW(wide, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    allow_everything(path);
    DeleteFileW(wide);
    free(wide);
    return file == INVALID_HANDLE_VALUE ? NULL
                                        : "this user may do what the test expects to be refused";
}

const char *platform_lacks(enum platform_need need)
{
    static const char *const reasons[] = {
        [NEED_FORK] = "Windows has no fork",
        [NEED_MODES] = "Windows has access control lists instead of permission bits",
        [NEED_LINKS] = "Wine 8 makes no symbolic links",
        [NEED_PIPES] = "named pipes of Windows lie in no folder",
        [NEED_BYTE_NAMES] = "file names are UTF-16 on Windows",
        [NEED_BACKSLASH_NAMES] = "a backslash separates the parts of a path on Windows",
        [NEED_FILE_LIMIT] = "Windows limits no file's size for a process",
        [NEED_FULL_DEVICE] = "Windows has no device that is always full",
    };

    return need == NEED_PERMISSIONS ? permissions_count() : reasons[need];
}

bool runs_under_wine(void)
{
    return GetProcAddress(GetModuleHandleW(u"ntdll.dll"), "wine_get_version") != NULL;
}

void skip_under_wine(const char *reason)
{
    if (runs_under_wine())
        skip_because(ring_format("Wine 8.0: %s", reason));
}

void skip_but_natively(const char *reason)
{
    skip_because(reason);
}
