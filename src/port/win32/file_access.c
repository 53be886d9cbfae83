/* SPDX-License-Identifier: MIT */
#include "file_access.h"

#include <windows.h>

#include "src/port/memory.h"
#include "status.h"

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
#define COPIED_ATTRIBUTES                                                      \
    (FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM | \
     FILE_ATTRIBUTE_ARCHIVE | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED)

/* In a new block; it is as long as the list wants to be. */
static enum port_status load_list(HANDLE file, PSECURITY_DESCRIPTOR *ret)
{
    DWORD size = 0, error;

    *ret = NULL;
    GetKernelObjectSecurity(file, DACL_SECURITY_INFORMATION, NULL, 0, &size);
    error = GetLastError();
    if (error != ERROR_INSUFFICIENT_BUFFER)
        return status_from_error(error);
    *ret = memory_alloc(size);
    if (!*ret)
        return PORT_NO_MEMORY;
    if (GetKernelObjectSecurity(file, DACL_SECURITY_INFORMATION, *ret, size, &size))
        return PORT_OK;
    error = GetLastError();
    memory_free(*ret);
    *ret = NULL;
    return status_from_error(error);
}

static enum port_status copy_list(HANDLE from, HANDLE to)
{
    SECURITY_INFORMATION what = DACL_SECURITY_INFORMATION;
    SECURITY_DESCRIPTOR_CONTROL control;
    PSECURITY_DESCRIPTOR descriptor;
    enum port_status status;
    DWORD revision;

    status = load_list(from, &descriptor);
    if (status)
        return status;
    if (GetSecurityDescriptorControl(descriptor, &control, &revision))
        what |= control & SE_DACL_PROTECTED ? PROTECTED_DACL_SECURITY_INFORMATION
                                            : UNPROTECTED_DACL_SECURITY_INFORMATION;
    if (!SetKernelObjectSecurity(to, what, descriptor))
        status = status_from_error(GetLastError());
    memory_free(descriptor);
    return status;
}

static enum port_status copy_attributes(HANDLE from, HANDLE to)
{
    FILE_BASIC_INFO info, target;

    if (!GetFileInformationByHandleEx(from, FileBasicInfo, &info, sizeof(info)) ||
        !GetFileInformationByHandleEx(to, FileBasicInfo, &target, sizeof(target)))
        return status_from_error(GetLastError());
    target.FileAttributes = (target.FileAttributes & ~(DWORD)COPIED_ATTRIBUTES) |
                            (info.FileAttributes & COPIED_ATTRIBUTES);
    if (!target.FileAttributes)
        target.FileAttributes = FILE_ATTRIBUTE_NORMAL;
    /* Times of 0 stay as they are. */
    target.CreationTime.QuadPart = target.LastAccessTime.QuadPart = 0;
    target.LastWriteTime.QuadPart = target.ChangeTime.QuadPart = 0;
    return SetFileInformationByHandle(to, FileBasicInfo, &target, sizeof(target))
               ? PORT_OK
               : status_from_error(GetLastError());
}

/* The handles were opened for their content; these rights are asked for when they are needed. */
enum port_status win32_copy_access(file_handle from, file_handle to)
{
    enum port_status status;
    HANDLE source, target;

    source = ReOpenFile((HANDLE)from, READ_CONTROL | FILE_READ_ATTRIBUTES, SHARE_ALL, 0);
    if (source == INVALID_HANDLE_VALUE)
        return status_from_error(GetLastError());
    target = ReOpenFile((HANDLE)to, WRITE_DAC | FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES,
                        SHARE_ALL, 0);
    if (target == INVALID_HANDLE_VALUE) {
        status = status_from_error(GetLastError());
        CloseHandle(source);
        return status;
    }
    status = copy_list(source, target);
    if (!status)
        status = copy_attributes(source, target);
    CloseHandle(target);
    CloseHandle(source);
    return status;
}
