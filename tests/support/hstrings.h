/* SPDX-License-Identifier: MIT */
/* HSTRINGs of UTF-8 and back, for programs that link the runtime. */
#ifndef WINRT_TEST_HSTRINGS_H
#define WINRT_TEST_HSTRINGS_H

#include <stdbool.h>

#include <windows.h>
#include <hstring.h>

/* A new string that the caller deletes; NULL for "". A failure ends the test. */
HSTRING string_new(const char *utf8);

void string_delete(HSTRING string);

/* The UTF-8 text, in a buffer that is used again after eight calls on a thread; NUL units are shown
 * as ␀. */
const char *string_text(HSTRING string);

/* A string that lives for the rest of the test: collected in a list that strings_end frees, which
   the runtime's fixture calls. For arguments: `IStorageFolder_GetFileAsync(folder,
   string_of("a.txt"), &operation)`. */
HSTRING string_of(const char *utf8);
void strings_end(void);

#endif
