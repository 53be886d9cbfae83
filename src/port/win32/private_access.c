/* SPDX-License-Identifier: MIT */
/* A protected list, so that nothing is inherited, with the user's own SID: "owner rights" would
   name whoever owns the item later. */
#include "private_access.h"

#include <string.h>

#include "status.h"

static enum port_status add_user(ACL *list, DWORD flags)
{
    union {
        TOKEN_USER user;
        char room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } token;
    enum port_status status = PORT_OK;
    HANDLE handle;
    DWORD size;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &handle))
        return status_from_error(GetLastError());
    if (!GetTokenInformation(handle, TokenUser, &token, sizeof(token), &size) ||
        !AddAccessAllowedAceEx(list, ACL_REVISION, flags, FILE_ALL_ACCESS, token.user.User.Sid))
        status = status_from_error(GetLastError());
    CloseHandle(handle);
    return status;
}

enum port_status private_access_init(struct private_access *access, bool folder)
{
    PSECURITY_DESCRIPTOR descriptor = &access->descriptor;
    enum port_status status;

    memset(access, 0, sizeof(*access));
    if (!InitializeAcl(&access->list, sizeof(access->room), ACL_REVISION))
        return status_from_error(GetLastError());
    status = add_user(&access->list, folder ? OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE : 0);
    if (status)
        return status;
    if (!InitializeSecurityDescriptor(descriptor, SECURITY_DESCRIPTOR_REVISION) ||
        !SetSecurityDescriptorDacl(descriptor, TRUE, &access->list, FALSE) ||
        !SetSecurityDescriptorControl(descriptor, SE_DACL_PROTECTED, SE_DACL_PROTECTED))
        return status_from_error(GetLastError());
    access->attributes.nLength = sizeof(access->attributes);
    access->attributes.lpSecurityDescriptor = descriptor;
    return PORT_OK;
}
