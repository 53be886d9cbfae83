/* SPDX-License-Identifier: MIT */
/* Between UTF-8, which the command line and the terminal speak, and HSTRING. */
#ifndef COMMON_TEXT_H
#define COMMON_TEXT_H

#include "names.h"

/* The caller gives *string up with WindowsDeleteString. */
HRESULT string_from_text(const char *text, HSTRING *string);
HRESULT string_from_part(const char *text, size_t length, HSTRING *string);

/* New text that the caller frees; NULL when there is no memory. */
char *text_from_string(HSTRING string);

#endif
