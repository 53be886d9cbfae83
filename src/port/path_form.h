/* SPDX-License-Identifier: MIT */
/* What paths.c asks of the platform. */
#ifndef WINRT_PORT_PATH_FORM_H
#define WINRT_PORT_PATH_FORM_H

#include <stddef.h>

/* A copy with '/' for each separator of the system's. NULL without memory. */
char *path_form_slashes(const char *text);

/* The length of the root that such a copy begins with; 0 if it is not absolute. */
size_t path_form_root(const char *path);

#endif
