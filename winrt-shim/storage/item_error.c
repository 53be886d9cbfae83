/* SPDX-License-Identifier: MIT */
#include "item_error.h"

#include "winrt-shim/base/error.h"

static const char *const reasons[PORT_STATUS_MAX] = {
    [PORT_NO_MEMORY] = "there is not enough memory",
    [PORT_INVALID] = "the file system does not accept it",
    [PORT_NOT_FOUND] = "it does not exist",
    [PORT_EXISTS] = "the name is taken",
    [PORT_DENIED] = "permission is denied",
    [PORT_NOT_A_FOLDER] = "it, or a part of its path, is not a folder",
    [PORT_IS_A_FOLDER] = "it is a folder",
    [PORT_NOT_EMPTY] = "the folder is not empty",
    [PORT_NAME_TOO_LONG] = "the name is too long",
    [PORT_DISK_FULL] = "there is no space left",
    [PORT_FILE_TOO_BIG] = "the file is too big",
    [PORT_OTHER_VOLUME] = "it is on another volume",
    [PORT_BUSY] = "it is in use",
    [PORT_NO_HANDLES] = "too many files are open",
    [PORT_NOT_SUPPORTED] = "the file system cannot do it",
    [PORT_IO] = "reading or writing failed",
};

HRESULT item_error(enum port_status status, const char *action, const char *path)
{
    HRESULT hr = hresult_from_status(status);

    if (!status)
        return S_OK;
    return error_originate(hr, "Cannot %s \"%s\": %s", action, path, reasons[status]);
}
