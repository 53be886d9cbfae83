/* SPDX-License-Identifier: MIT */
/* Who may do what with a file or folder: permission bits natively, access control lists and the
 * read-only attribute on Windows. Paths as test_path's. Failures end the test. */
#ifndef WINRT_TEST_FILE_ACCESS_H
#define WINRT_TEST_FILE_ACCESS_H

#include <stdbool.h>

/* Nobody may write the file, or change what is in the folder; reading stays allowed. A test that
   relies on it begins with need(NEED_PERMISSIONS). */
void deny_writing(const char *path);

/* Nobody may open the file, or enter the folder. The same. */
void deny_everything(const char *path);

/* Undoes both. */
void allow_everything(const char *path);

/* New items are open to everybody, as far as who makes them says nothing else: umask 0. */
void share_new_items(void);

/* Whether a program gets it, for reading and writing, that shares it with nobody. Natively that
 * asks for nothing more than the file. On any thread. */
bool can_be_had_alone(const char *path);

/* Whether nobody but the user and the system can open it, and nothing is inherited. */
bool is_private(const char *path);

#endif
