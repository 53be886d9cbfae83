/* SPDX-License-Identifier: MIT */
#include "../file_access.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <windows.h>
#include <aclapi.h>

#include "wide.h"

#define FOLDER_WRITING (FILE_ADD_FILE | FILE_ADD_SUBDIRECTORY | FILE_DELETE_CHILD)
#define EVERYTHING     (FILE_ALL_ACCESS & ~(DWORD)(READ_CONTROL | WRITE_DAC))

static PSID user_sid(void)
{
    static union {
        TOKEN_USER user;
        char room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } token;
    HANDLE handle;
    DWORD size;

    assert_true(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &handle));
    assert_true(GetTokenInformation(handle, TokenUser, &token, sizeof(token), &size));
    CloseHandle(handle);
    return token.user.User.Sid;
}

/* What deny_everything has locked: under Wine, who may not open an item cannot unlock it either. */
static HANDLE locked = INVALID_HANDLE_VALUE;

static HANDLE open_for_rights(const char *path)
{
    WCHAR *wide = test_wide_path(path);
    HANDLE item = CreateFileW(wide, READ_CONTROL | WRITE_DAC,
                              FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);

    free(wide);
    assert_true(item != INVALID_HANDLE_VALUE);
    return item;
}

/* The user gets all rights but these, and nobody else any. Wine looks at what is denied before it
 * gives what is not. */
static void deny_rights(HANDLE item, DWORD rights)
{
    union {
        ACL list;
        char room[sizeof(ACL) + 2 * (sizeof(ACCESS_ALLOWED_ACE) + SECURITY_MAX_SID_SIZE)];
    } list;

    assert_true(InitializeAcl(&list.list, sizeof(list), ACL_REVISION));
    if (rights)
        assert_true(AddAccessDeniedAce(&list.list, ACL_REVISION, rights, user_sid()));
    assert_true(AddAccessAllowedAce(&list.list, ACL_REVISION, FILE_ALL_ACCESS, user_sid()));
    assert_int_equal(SetSecurityInfo(item, SE_FILE_OBJECT,
                                     DACL_SECURITY_INFORMATION |
                                         PROTECTED_DACL_SECURITY_INFORMATION,
                                     NULL, NULL, &list.list, NULL),
                     ERROR_SUCCESS);
}

static void unlock(void)
{
    if (locked == INVALID_HANDLE_VALUE)
        return;
    deny_rights(locked, 0);
    CloseHandle(locked);
    locked = INVALID_HANDLE_VALUE;
}

static DWORD attributes_of(const char *path)
{
    WCHAR *wide = test_wide_path(path);
    DWORD attributes = GetFileAttributesW(wide);

    free(wide);
    assert_int_not_equal(attributes, INVALID_FILE_ATTRIBUTES);
    return attributes;
}

static void set_attributes(const char *path, DWORD attributes)
{
    WCHAR *wide = test_wide_path(path);

    assert_true(SetFileAttributesW(wide, attributes));
    free(wide);
}

void deny_writing(const char *path)
{
    DWORD attributes = attributes_of(path);
    HANDLE item;

    if (!(attributes & FILE_ATTRIBUTE_DIRECTORY)) {
        set_attributes(path, attributes | FILE_ATTRIBUTE_READONLY);
        return;
    }
    item = open_for_rights(path);
    deny_rights(item, FOLDER_WRITING);
    CloseHandle(item);
}

/* A test that fails would leave what the next run cannot remove. */
void deny_everything(const char *path)
{
    static bool registered;

    unlock();
    if (!registered)
        registered = !atexit(unlock);
    locked = open_for_rights(path);
    deny_rights(locked, EVERYTHING);
}

void allow_everything(const char *path)
{
    HANDLE item;

    unlock();
    item = open_for_rights(path);
    deny_rights(item, 0);
    CloseHandle(item);
    if (!(attributes_of(path) & FILE_ATTRIBUTE_DIRECTORY))
        set_attributes(path, FILE_ATTRIBUTE_NORMAL);
}

bool can_be_had_alone(const char *path)
{
    WCHAR *wide = test_wide_path(path);
    HANDLE file = CreateFileW(wide, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    free(wide);
    if (file == INVALID_HANDLE_VALUE)
        return false;
    CloseHandle(file);
    return true;
}

static bool is_user_or_system(PSID sid)
{
    return EqualSid(sid, user_sid()) || IsWellKnownSid(sid, WinLocalSystemSid) ||
           IsWellKnownSid(sid, WinBuiltinAdministratorsSid);
}

bool is_private(const char *path)
{
    WCHAR *wide = test_wide_path(path);
    PSECURITY_DESCRIPTOR descriptor = NULL;
    bool ret = true;
    PACL list = NULL;

    assert_int_equal(GetNamedSecurityInfoW(wide, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, NULL,
                                           NULL, &list, NULL, &descriptor),
                     ERROR_SUCCESS);
    free(wide);
    for (DWORD i = 0; list && i < list->AceCount; i++) {
        ACCESS_ALLOWED_ACE *entry = NULL;

        assert_true(GetAce(list, i, (void **)&entry));
        if (entry->Header.AceType == ACCESS_ALLOWED_ACE_TYPE && entry->Mask)
            ret = ret && is_user_or_system(&entry->SidStart);
    }
    ret = ret && list && list->AceCount;
    LocalFree(descriptor);
    return ret;
}

/* They inherit what the folder above says. */
void share_new_items(void)
{
}
