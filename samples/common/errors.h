/* SPDX-License-Identifier: MIT */
/* HRESULTs for people. */
#ifndef COMMON_ERRORS_H
#define COMMON_ERRORS_H

#include <stddef.h>

#include "names.h"

/*
 * Writes what went wrong into `text`, with the code at its end. Call it on the thread on which the
 * call failed, right after: the runtime's own text, if there is one, is kept there (GetErrorInfo).
 */
void describe_error(HRESULT error, char *text, size_t size);

#endif
