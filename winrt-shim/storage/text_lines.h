/* SPDX-License-Identifier: MIT */
/* Lines of text, as FileIO and PathIO (Windows.Storage) write them. */
#ifndef WINRT_STORAGE_TEXT_LINES_H
#define WINRT_STORAGE_TEXT_LINES_H

#include <windows.h>
#include <hstring.h>
#include <windows.foundation.h>

/* All that the iterable has, which may be a client's own, each with CR LF behind it. */
HRESULT text_lines_join(IIterable_HSTRING *lines, HSTRING *text);

#endif
