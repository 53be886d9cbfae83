/* SPDX-License-Identifier: MIT */
#include "src/port/private_item.h"

#include <stdbool.h>

#include <windows.h>
#include <aclapi.h>

#include "file_status.h"
#include "status.h"
#include "wide_path.h"

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/* What tells others nothing and changes nothing. */
#define HARMLESS ((DWORD)(READ_CONTROL | SYNCHRONIZE | FILE_READ_ATTRIBUTES))

static bool is_trusted(PSID sid, PSID user)
{
    return EqualSid(sid, user) || IsWellKnownSid(sid, WinLocalSystemSid) ||
           IsWellKnownSid(sid, WinBuiltinAdministratorsSid);
}

/* No list at all lets everybody in. */
static bool is_list_private(ACL *list, PSID user)
{
    DWORD i;

    for (i = 0; list && i < list->AceCount; i++) {
        ACCESS_ALLOWED_ACE *entry;

        if (!GetAce(list, i, (void **)&entry))
            return false;
        if (entry->Header.AceType == ACCESS_ALLOWED_ACE_TYPE && (entry->Mask & ~HARMLESS) &&
            !is_trusted(&entry->SidStart, user))
            return false;
    }
    return list;
}

static enum port_status check_access(HANDLE item, PSID user)
{
    PSECURITY_DESCRIPTOR descriptor = NULL;
    PSID owner = NULL;
    ACL *list = NULL;
    enum port_status status;

    status =
        status_from_error(GetSecurityInfo(item, SE_FILE_OBJECT,
                                          OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                          &owner, NULL, &list, NULL, &descriptor));
    if (!status && !(owner && is_trusted(owner, user) && is_list_private(list, user)))
        status = PORT_DENIED;
    LocalFree(descriptor);
    return status;
}

static enum port_status check_item(HANDLE item)
{
    union {
        TOKEN_USER user;
        char room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } token;
    FILE_ATTRIBUTE_TAG_INFO info;
    enum port_status status;
    HANDLE handle;
    DWORD size;

    if (!GetFileInformationByHandleEx(item, FileAttributeTagInfo, &info, sizeof(info)))
        return status_from_error(GetLastError());
    if (info.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT)
        return PORT_DENIED;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &handle))
        return status_from_error(GetLastError());
    if (GetTokenInformation(handle, TokenUser, &token, sizeof(token), &size))
        status = check_access(item, token.user.User.Sid);
    else
        status = status_from_error(GetLastError());
    CloseHandle(handle);
    return status;
}

enum port_status private_item_check(const char *path)
{
    enum port_status status;
    struct wide_path wide;
    HANDLE item;

    status = wide_path_init(&wide, path);
    if (status)
        goto done;
    item =
        CreateFileW(wide.text, READ_CONTROL | FILE_READ_ATTRIBUTES, SHARE_ALL, NULL, OPEN_EXISTING,
                    FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
    if (item == INVALID_HANDLE_VALUE) {
        DWORD error = GetLastError();

        status = error == ERROR_ACCESS_DENIED ? PORT_DENIED : file_status(error, wide.text);
    } else {
        status = check_item(item);
        CloseHandle(item);
    }

done:
    wide_path_free(&wide);
    return status;
}

enum port_status private_item_check_root(const char *path)
{
    return private_item_check(path);
}
