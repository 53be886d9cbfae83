/* SPDX-License-Identifier: MIT */
/* What the tests of Windows.Foundation.Uri share. */
#ifndef WINRT_TEST_SHIM_URI_SUPPORT_H
#define WINRT_TEST_SHIM_URI_SUPPORT_H

#include <windows.h>
#include <windows.foundation.h>

/* What the properties must be; NULL is a NULL string, as for what is not named. */
struct uri_row {
    const char *text; /* UTF-8 */
    const char *raw;  /* NULL: the same as the text */
    const char *absolute, *display, *scheme, *user, *password, *host, *domain, *path, *extension;
    const char *query, *fragment;
    int port; /* -1: S_FALSE */
};

/* The factory's interface of that identifier; the caller's reference. */
void *uri_statics(const GUID *iid);

IUriRuntimeClass *uri_new(const char *text);

/* What CreateUri answers. */
HRESULT uri_result(const char *text);

void check_uri(const struct uri_row *row);
void check_uris(const struct uri_row *rows, size_t count);

/* `actual`, which is deleted, is the text `expected`; NULL is a NULL string. The others say what
 * failed. */
void check_property(const char *expected, HSTRING actual, const char *text, const char *property);

#endif
