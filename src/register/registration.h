/* SPDX-License-Identifier: MIT */
/*
 * The entry of a class in the registry, HKEY_LOCAL_MACHINE\Software\Microsoft\WindowsRuntime\
 * ActivatableClassId\<class>: Wine and Windows read it on activation. Wine 8 reads DllPath alone;
 * Windows reads ActivationType, Threading and TrustLevel as well.
 */
#ifndef WINRT_REGISTER_REGISTRATION_H
#define WINRT_REGISTER_REGISTRATION_H

#include <windows.h>

enum {
    REGISTRATION_VALUES = 4
};

/* What an entry was before it was written, so that it can become that again. */
struct registration_backup {
    BOOL existed;
    struct {
        DWORD type;
        DWORD size;
        BYTE *data; /* NULL: there was no such value */
    } values[REGISTRATION_VALUES];
};

/*
 * The DLL that a class is registered to, as the registry names it, which the caller frees with
 * memory_free: a path, or a bare name, which is for each program to find. S_FALSE and NULL if the
 * class is not registered; an entry that names no DLL gives an empty text.
 */
HRESULT registration_read(const WCHAR *class_name, WCHAR **dll);

/* Writes the entry, all of it or nothing. The caller frees `backup`, whatever the answer. */
HRESULT registration_write(const WCHAR *class_name, const WCHAR *dll,
                           struct registration_backup *backup);

HRESULT registration_restore(const WCHAR *class_name, const struct registration_backup *backup);
void registration_backup_free(struct registration_backup *backup);

/* Removes the entry; S_FALSE if there is none. */
HRESULT registration_remove(const WCHAR *class_name);

#endif
