/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_USER_HOME_H
#define WINRT_TEST_USER_HOME_H

/* The test's folder is the user's home from now on, in this process, with Music, Documents and so
 * on in it as the system names them; nothing of the real user's is looked at. */
void use_home(void);

#endif
