/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_LINKS_H
#define WINRT_TEST_LINKS_H

/* Makes `path`, as test_path's, a symbolic link with this text. need(NEED_LINKS) */
void make_link(const char *text, const char *path);

#endif
