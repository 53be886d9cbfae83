/* SPDX-License-Identifier: MIT */
/* What the program says: UTF-8 into a file or a pipe, and what the console shows on a console. */
#ifndef WINRT_REGISTER_SAY_H
#define WINRT_REGISTER_SAY_H

#include <windows.h>

enum say_to {
    SAY_OUT,
    SAY_ERROR
};

/*
 * Writes `format` with its inserts, which are those of FormatMessage: %1 to %99 name the arguments,
 * which are strings (const WCHAR *), or 32-bit numbers where the insert says so (%1!u!, %2!08x!).
 */
void say(enum say_to to, const WCHAR *format, ...);

/* Writes `what`, a colon, the code, and the system's own text for it. */
void say_failure(const WCHAR *what, HRESULT hr);

#endif
