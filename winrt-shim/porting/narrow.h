/* SPDX-License-Identifier: MIT */
/* 16-bit text for functions of the system that take bytes. */
#ifndef WINRT_PORTING_NARROW_H
#define WINRT_PORTING_NARROW_H

#include <stddef.h>

#include "winrt_porting_functions.h"

/* UTF-8 that the caller frees with memory_free; NULL and errno (EINVAL: a NULL pointer; EILSEQ: an
 * unpaired surrogate, so that two names never become one; ENOMEM). */
char *narrow_name(const winrt_wchar *text);

#endif
