/* SPDX-License-Identifier: MIT */
/*
 * Which app this process is, and where its state is kept: `<root>/<folder>`. The root is
 * $WINRT_STATE_DIR if that is an absolute path of the system, else winrt-backgroundtransfer where
 * programs keep their state (system_state_home). Any thread. docs/storage-items.md
 */
#ifndef WINRT_PORT_APP_IDENTITY_H
#define WINRT_PORT_APP_IDENTITY_H

#include "status.h"

/*
 * The app's identity in a new string that the caller frees: $WINRT_APP_ID, else `explicit_id` (what
 * GetCurrentProcessExplicitAppUserModelID answers; NULL or "" if nothing was set), else the
 * program's file name and 8 hex digits that stand for its whole path.
 */
enum port_status app_identity(const char *explicit_id, char **ret);

/* An identity as the name of a folder, in a new string: letters, digits and "-._" as they are,
   percent and two hex digits for each other byte; cut and marked with a hash when it gets long. */
enum port_status app_identity_folder_name(const char *identity, char **ret);

/* The folder that all apps' state is below, in a new string. Nothing is made. */
enum port_status app_state_root(char **ret);

/* `<root>/<folder>` for this process, in a new string. Nothing is made. */
enum port_status app_state_folder(const char *explicit_id, char **ret);

#endif
