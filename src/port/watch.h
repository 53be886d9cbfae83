/* SPDX-License-Identifier: MIT */
/* Being told when something changes in a folder, without asking again and again. */
#ifndef WINRT_PORT_WATCH_H
#define WINRT_PORT_WATCH_H

#include "status.h"

struct folder_watch;

/*
 * Calls `changed` on a thread of its own, with no lock held, after entries of the folder were made,
 * removed, renamed or written and closed; several changes may be one call, and a call may be in
 * vain. The folder is there. As file_open, PORT_NO_MEMORY, PORT_NO_HANDLES.
 */
enum port_status watch_folder(const char *path, void (*changed)(void *context), void *context,
                              struct folder_watch **ret);

/* When this returns `changed` is not running and will not be called (not from inside of it). NULL
 * is fine. */
void watch_folder_end(struct folder_watch *watch);

#endif
