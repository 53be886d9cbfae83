/* SPDX-License-Identifier: MIT */
/*
 * Read before every source file of a client that uses the package winrt-porting (the compiler's
 * option -include, together with -fshort-wchar and -DWINE_UNICODE_NATIVE): gives the wide-character
 * functions of the C library, and those that print, 16-bit characters and Microsoft's meaning.
 * docs/porting.md is the description.
 *
 * The system's headers come first. Their declarations stay as they are, and when the client
 * includes them, nothing more happens.
 */
#ifndef WINRT_PORTING_H
#define WINRT_PORTING_H

#if __SIZEOF_WCHAR_T__ != 2
#error \
    "winrt_porting.h needs -fshort-wchar: take the options from `pkg-config --cflags winrt-porting`"
#endif

#ifdef __cplusplus
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <cwctype>
#endif
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "winrt_porting_functions.h"
#include "winrt_porting_refused.h"

/* So that a wchar_t that holds the answer of getwc compares equal. */
#undef WEOF
#define WEOF ((wint_t)0xFFFF)

#include "winrt_porting_names.h"
#include "winrt_porting_integers.h"

#ifndef _TRUNCATE
#define _TRUNCATE ((size_t)-1)
#endif
#ifndef _countof
#define _countof(array) (sizeof(array) / sizeof((array)[0]))
#endif
typedef int errno_t;
#define _WCTYPE_T_DEFINED /* the system's, so that <tchar.h> defines none */

#ifdef __cplusplus
#include "winrt_porting_std.h"
/* libstdc++ has std::wstring made for 32 bits: let each program make its own of the header, which
 * uses the functions above. */
#undef _GLIBCXX_EXTERN_TEMPLATE
#define _GLIBCXX_EXTERN_TEMPLATE -1
#endif

/*
 * main, in libwinrt-porting.a, calls wmain with UTF-16 arguments. It finds the function by any of
 * the names that C and C++ give it.
 */
#define wmain winrt_porting_wmain

#endif
