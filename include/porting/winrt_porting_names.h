/* SPDX-License-Identifier: MIT */
/*
 * Part of winrt_porting.h: the usual name of each function. Macros, since the system has functions
 * of these names already; without parameters, so that pointers to them are meant as well.
 */
#ifndef WINRT_PORTING_NAMES_H
#define WINRT_PORTING_NAMES_H

/* <wchar.h>, <string.h> */
#undef wcslen
#undef wcsnlen
#undef wcscpy
#undef wcsncpy
#undef wcscat
#undef wcsncat
#undef wcsdup
#undef wcscmp
#undef wcsncmp
#undef wcschr
#undef wcsrchr
#undef wcsstr
#undef wcspbrk
#undef wcsspn
#undef wcscspn
#undef wmemcpy
#undef wmemmove
#undef wmemset
#undef wmemchr
#undef wmemcmp
#undef _wcsdup
#undef _wcsicmp
#undef _wcsnicmp
#undef wcsicmp
#undef wcsnicmp
#undef wcscasecmp
#undef wcsncasecmp
#undef _wcslwr
#undef _wcsupr
#undef _wcsrev
#undef wcscpy_s
#undef wcscat_s
#undef wcsncpy_s
#undef wcsncat_s
#undef wcstok_s
#define wcslen      winrt_wcslen
#define wcsnlen     winrt_wcsnlen
#define wcscpy      winrt_wcscpy
#define wcsncpy     winrt_wcsncpy
#define wcscat      winrt_wcscat
#define wcsncat     winrt_wcsncat
#define wcsdup      winrt_wcsdup
#define wcscmp      winrt_wcscmp
#define wcsncmp     winrt_wcsncmp
#define wcschr      winrt_wcschr
#define wcsrchr     winrt_wcsrchr
#define wcsstr      winrt_wcsstr
#define wcspbrk     winrt_wcspbrk
#define wcsspn      winrt_wcsspn
#define wcscspn     winrt_wcscspn
#define wmemcpy     winrt_wmemcpy
#define wmemmove    winrt_wmemmove
#define wmemset     winrt_wmemset
#define wmemchr     winrt_wmemchr
#define wmemcmp     winrt_wmemcmp
#define _wcsdup     winrt_wcsdup
#define _wcsicmp    winrt_wcsicmp
#define _wcsnicmp   winrt_wcsnicmp
#define wcsicmp     winrt_wcsicmp
#define wcsnicmp    winrt_wcsnicmp
#define wcscasecmp  winrt_wcsicmp
#define wcsncasecmp winrt_wcsnicmp
#define _wcslwr     winrt_wcslwr
#define _wcsupr     winrt_wcsupr
#define _wcsrev     winrt_wcsrev
#define wcscpy_s    winrt_wcscpy_s
#define wcscat_s    winrt_wcscat_s
#define wcsncpy_s   winrt_wcsncpy_s
#define wcsncat_s   winrt_wcsncat_s
#define wcstok_s    winrt_wcstok

/* <wctype.h> */
#undef iswalnum
#undef iswalpha
#undef iswblank
#undef iswcntrl
#undef iswdigit
#undef iswgraph
#undef iswlower
#undef iswprint
#undef iswpunct
#undef iswspace
#undef iswupper
#undef iswxdigit
#undef towlower
#undef towupper
#define iswalnum  winrt_iswalnum
#define iswalpha  winrt_iswalpha
#define iswblank  winrt_iswblank
#define iswcntrl  winrt_iswcntrl
#define iswdigit  winrt_iswdigit
#define iswgraph  winrt_iswgraph
#define iswlower  winrt_iswlower
#define iswprint  winrt_iswprint
#define iswpunct  winrt_iswpunct
#define iswspace  winrt_iswspace
#define iswupper  winrt_iswupper
#define iswxdigit winrt_iswxdigit
#define towlower  winrt_towlower
#define towupper  winrt_towupper

/* <stdlib.h> */
#undef wcstol
#undef wcstoul
#undef wcstoll
#undef wcstoull
#undef wcstof
#undef wcstod
#undef wcstold
#undef mbstowcs
#undef wcstombs
#undef _wcstoi64
#undef _wcstoui64
#undef _wtoi
#undef _wtol
#undef _wtoi64
#undef _wtof
#define wcstol     winrt_wcstol
#define wcstoul    winrt_wcstoul
#define wcstoll    winrt_wcstoll
#define wcstoull   winrt_wcstoull
#define wcstof     winrt_wcstof
#define wcstod     winrt_wcstod
#define wcstold    winrt_wcstold
#define mbstowcs   winrt_mbstowcs
#define wcstombs   winrt_wcstombs
#define _wcstoi64  winrt_wcstoll
#define _wcstoui64 winrt_wcstoull
#define _wtoi      winrt_wtoi
#define _wtol      winrt_wtol
#define _wtoi64    winrt_wtoi64
#define _wtof      winrt_wtof

/* <stdio.h>: formatted */
#undef wprintf
#undef fwprintf
#undef swprintf
#undef vwprintf
#undef vfwprintf
#undef vswprintf
#undef swscanf
#undef vswscanf
#undef fprintf
#undef sprintf
#undef snprintf
#undef vprintf
#undef vfprintf
#undef vsprintf
#undef vsnprintf
#undef _snwprintf
#undef _vsnwprintf
#undef _scwprintf
#undef _vscwprintf
#undef swprintf_s
#undef vswprintf_s
#undef _snprintf
#undef _vsnprintf
#undef _scprintf
#undef _vscprintf
#define wprintf     winrt_wprintf
#define fwprintf    winrt_fwprintf
#define swprintf    winrt_swprintf
#define vwprintf    winrt_vwprintf
#define vfwprintf   winrt_vfwprintf
#define vswprintf   winrt_vswprintf
#define swscanf     winrt_swscanf
#define vswscanf    winrt_vswscanf
#define fprintf     winrt_fprintf
#define sprintf     winrt_sprintf
#define snprintf    winrt_snprintf
#define vprintf     winrt_vprintf
#define vfprintf    winrt_vfprintf
#define vsprintf    winrt_vsprintf
#define vsnprintf   winrt_vsnprintf
#define _snwprintf  winrt_snwprintf
#define _vsnwprintf winrt_vsnwprintf
#define _scwprintf  winrt_scwprintf
#define _vscwprintf winrt_vscwprintf
#define swprintf_s  winrt_swprintf_s
#define vswprintf_s winrt_vswprintf_s
#define _snprintf   winrt_snprintf_old
#define _vsnprintf  winrt_vsnprintf_old
#define _scprintf   winrt_scprintf
#define _vscprintf  winrt_vscprintf

/* <stdio.h>: characters and files */
#undef fputws
#undef fputwc
#undef fgetwc
#undef fgetws
#undef putwchar
#undef getwchar
#undef putwc
#undef getwc
#undef _putws
#undef _wfopen
#undef _wfreopen
#undef _wfopen_s
#undef _wremove
#undef _wunlink
#undef _wrename
#undef _waccess
#undef _wmkdir
#undef _wrmdir
#define fputws    winrt_fputws
#define fputwc    winrt_fputwc
#define fgetwc    winrt_fgetwc
#define fgetws    winrt_fgetws
#define putwchar  winrt_putwchar
#define getwchar  winrt_getwchar
#define putwc     winrt_fputwc
#define getwc     winrt_fgetwc
#define _putws    winrt_putws
#define _wfopen   winrt_wfopen
#define _wfreopen winrt_wfreopen
#define _wfopen_s winrt_wfopen_s
#define _wremove  winrt_wremove
#define _wunlink  winrt_wremove
#define _wrename  winrt_wrename
#define _waccess  winrt_waccess
#define _wmkdir   winrt_wmkdir
#define _wrmdir   winrt_wrmdir

/*
 * Also a word of __attribute__((format(printf, 1, 2))), which this leaves one that the compiler
 * knows.
 */
#ifdef __cplusplus
extern "C"
#endif
    int
    __printf__(const char *format, ...) __asm__("winrt_printf");
#undef printf
#define printf __printf__

/* Of two arguments, as it was before C11, or of three. */
#undef wcstok
#ifdef __cplusplus
inline winrt_wchar *winrt_wcstok(winrt_wchar *text, const winrt_wchar *delimiters)
{
    return winrt_wcstok_old(text, delimiters);
}
#define wcstok winrt_wcstok
#else
#define WINRT_PORTING_WCSTOK(first, second, third, function, ...) function

#define wcstok(...) WINRT_PORTING_WCSTOK(__VA_ARGS__, winrt_wcstok, winrt_wcstok_old, )(__VA_ARGS__)
#endif

/* Microsoft's names of what the system has under another. */
#define _stricmp  strcasecmp
#define _strnicmp strncasecmp
#define _strdup   strdup

#endif
