/* SPDX-License-Identifier: MIT */
/*
 * What a platform call can answer. The layers below the COM edge speak only this; an HRESULT is
 * made of it in one table (winrt-shim/base/hresult.c), and it is made of errno or GetLastError in
 * one table a platform (posix/status.c).
 */
#ifndef WINRT_PORT_STATUS_H
#define WINRT_PORT_STATUS_H

enum port_status {
    PORT_OK = 0,
    PORT_NO_MEMORY,
    PORT_INVALID,       /* an argument, or text that is not well-formed */
    PORT_NOT_FOUND,     /* no such file, or a folder on the way to it */
    PORT_EXISTS,        /* the name is taken */
    PORT_DENIED,        /* permission, or a read-only volume */
    PORT_NOT_A_FOLDER,  /* a folder was asked for, or passed through, and is something else */
    PORT_IS_A_FOLDER,   /* a file was asked for */
    PORT_NOT_EMPTY,     /* a folder that still has entries */
    PORT_NAME_TOO_LONG, /* a name or a whole path */
    PORT_DISK_FULL,     /* no space, or the quota is used up */
    PORT_FILE_TOO_BIG,  /* beyond what the volume or a limit allows for one file */
    PORT_OTHER_VOLUME,  /* a rename across volumes */
    PORT_BUSY,          /* held by somebody else */
    PORT_NO_HANDLES,    /* no descriptor or thread left */
    PORT_WRONG_STATE,   /* not allowed now, or not any more */
    PORT_FILE_CHANGED,  /* another file, or other content, than was there before */
    PORT_NOT_SUPPORTED, /* the volume or the system cannot do it */
    PORT_IO,            /* the device failed, and everything the table does not know */
    PORT_STATUS_MAX
};

#endif
