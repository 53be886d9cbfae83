/* SPDX-License-Identifier: MIT */
/*
 * A lock file: held until it is given up or the process has died, however it died. Programs of this
 * system and those under Wine on it exclude one another: an open file description lock here,
 * LockFileEx there, on the first byte. docs/store.md
 */
#ifndef WINRT_PORT_FILE_LOCK_H
#define WINRT_PORT_FILE_LOCK_H

#include "files.h"

struct file_lock; /* a forked child has closed it: the lock stays the parent's */

/*
 * Takes it at once or answers PORT_BUSY; also when this process holds it. The file is made,
 * private, if it is not there (with `create`; else PORT_NOT_FOUND), and is the one at the path when
 * this returns. PORT_NO_MEMORY, as file_open.
 */
enum port_status file_lock_take(const char *path, bool create, struct file_lock **ret);

/* `remove`: the file goes first, so that nobody finds it without its lock. NULL is fine. */
void file_lock_release(struct file_lock *lock, bool remove);

#endif
