/* SPDX-License-Identifier: MIT */
#include "status.h"

#include <errno.h>
#include <stddef.h>

static const struct {
    int error;
    enum port_status status;
} table[] = {
    { 0, PORT_OK },
    { ENOMEM, PORT_NO_MEMORY },
    { EINVAL, PORT_INVALID },
    { EBADF, PORT_INVALID },
    { EILSEQ, PORT_INVALID },
    { ENOENT, PORT_NOT_FOUND },
    { EEXIST, PORT_EXISTS },
    { EACCES, PORT_DENIED },
    { EPERM, PORT_DENIED },
    { EROFS, PORT_DENIED },
    { ELOOP, PORT_DENIED },
    { ENOTDIR, PORT_NOT_A_FOLDER },
    { EISDIR, PORT_IS_A_FOLDER },
    { ENOTEMPTY, PORT_NOT_EMPTY },
    { ENAMETOOLONG, PORT_NAME_TOO_LONG },
    { ENOSPC, PORT_DISK_FULL },
    { EDQUOT, PORT_DISK_FULL },
    { EFBIG, PORT_FILE_TOO_BIG },
    { EOVERFLOW, PORT_FILE_TOO_BIG },
    { EXDEV, PORT_OTHER_VOLUME },
    { EBUSY, PORT_BUSY },
    { ETXTBSY, PORT_BUSY },
    { EAGAIN, PORT_BUSY },
    { EMFILE, PORT_NO_HANDLES },
    { ENFILE, PORT_NO_HANDLES },
    { ENOSYS, PORT_NOT_SUPPORTED },
    { EOPNOTSUPP, PORT_NOT_SUPPORTED },
};

enum port_status status_from_errno(int error)
{
    size_t i;

    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (table[i].error == error)
            return table[i].status;
    }
    return PORT_IO;
}
