/* SPDX-License-Identifier: MIT */
/* One HTTP request, made by the test itself: to steer the test servers and to see what they saw. */
#ifndef WINRT_TEST_HTTP_H
#define WINRT_TEST_HTTP_H

#include <stddef.h>

/*
 * GETs `url` directly, without a proxy, trusting the test authority. The body goes, cut and always
 * terminated, into `body` (which may be NULL with size 0). Returns the status; a transport error
 * fails the test.
 */
long http_get(const char *url, char *body, size_t size);

#endif
