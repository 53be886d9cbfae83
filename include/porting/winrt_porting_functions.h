/* SPDX-License-Identifier: MIT */
/*
 * The C library's wide-character functions on 16-bit characters, for client code that was written
 * for Windows. winrt_porting.h gives them their usual names; the shim (libwinrt-shim.so) has them.
 * Each does what its name without `winrt_` does in Microsoft's documentation of the C runtime, with
 * the differences that docs/porting.md lists. What they allocate is freed with free(). All of them
 * may be called from any thread.
 *
 * Streams are never made wide: what is written is UTF-8, what is read is taken for UTF-8, and what
 * is not well-formed becomes U+FFFD.
 */
#ifndef WINRT_PORTING_FUNCTIONS_H
#define WINRT_PORTING_FUNCTIONS_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <wchar.h>
#include <wctype.h>

/* A client is compiled with a wchar_t of 16 bits, the shim itself is not. */
#if __SIZEOF_WCHAR_T__ == 2
typedef wchar_t winrt_wchar;
#else
#include <uchar.h>
typedef char16_t winrt_wchar;
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* <string.h>, <wchar.h>: lengths, copies and comparisons count 16-bit units. */
size_t winrt_wcslen(const winrt_wchar *text);
size_t winrt_wcsnlen(const winrt_wchar *text, size_t count);
winrt_wchar *winrt_wcscpy(winrt_wchar *to, const winrt_wchar *from);
winrt_wchar *winrt_wcsncpy(winrt_wchar *to, const winrt_wchar *from, size_t count);
winrt_wchar *winrt_wcscat(winrt_wchar *to, const winrt_wchar *from);
winrt_wchar *winrt_wcsncat(winrt_wchar *to, const winrt_wchar *from, size_t count);
winrt_wchar *winrt_wcsdup(const winrt_wchar *text);
int winrt_wcscmp(const winrt_wchar *one, const winrt_wchar *other);
int winrt_wcsncmp(const winrt_wchar *one, const winrt_wchar *other, size_t count);
int winrt_wcsicmp(const winrt_wchar *one, const winrt_wchar *other);
int winrt_wcsnicmp(const winrt_wchar *one, const winrt_wchar *other, size_t count);
winrt_wchar *winrt_wcslwr(winrt_wchar *text);
winrt_wchar *winrt_wcsupr(winrt_wchar *text);
winrt_wchar *winrt_wcsrev(winrt_wchar *text);

winrt_wchar *winrt_wcschr(const winrt_wchar *text, winrt_wchar unit);
winrt_wchar *winrt_wcsrchr(const winrt_wchar *text, winrt_wchar unit);
winrt_wchar *winrt_wcsstr(const winrt_wchar *text, const winrt_wchar *part);
winrt_wchar *winrt_wcspbrk(const winrt_wchar *text, const winrt_wchar *units);
size_t winrt_wcsspn(const winrt_wchar *text, const winrt_wchar *units);
size_t winrt_wcscspn(const winrt_wchar *text, const winrt_wchar *units);
/* The form of three arguments, of C11; winrt_wcstok_old is the older one, whose state is the
 * thread's. */
winrt_wchar *winrt_wcstok(winrt_wchar *text, const winrt_wchar *delimiters, winrt_wchar **state);
winrt_wchar *winrt_wcstok_old(winrt_wchar *text, const winrt_wchar *delimiters);

winrt_wchar *winrt_wmemcpy(winrt_wchar *to, const winrt_wchar *from, size_t count);
winrt_wchar *winrt_wmemmove(winrt_wchar *to, const winrt_wchar *from, size_t count);
winrt_wchar *winrt_wmemset(winrt_wchar *to, winrt_wchar unit, size_t count);
winrt_wchar *winrt_wmemchr(const winrt_wchar *text, winrt_wchar unit, size_t count);
int winrt_wmemcmp(const winrt_wchar *one, const winrt_wchar *other, size_t count);

/*
 * The secure forms: EINVAL for a NULL pointer or no room at all, ERANGE for too little, and then
 * the destination is empty. No handler of invalid parameters is called. `count` may be _TRUNCATE
 * where Microsoft's may.
 */
int winrt_wcscpy_s(winrt_wchar *to, size_t size, const winrt_wchar *from);
int winrt_wcscat_s(winrt_wchar *to, size_t size, const winrt_wchar *from);
int winrt_wcsncpy_s(winrt_wchar *to, size_t size, const winrt_wchar *from, size_t count);
int winrt_wcsncat_s(winrt_wchar *to, size_t size, const winrt_wchar *from, size_t count);

/* <wctype.h>: by Unicode, whatever the locale. A surrogate is in no class and has no case. */
int winrt_iswalnum(wint_t unit);
int winrt_iswalpha(wint_t unit);
int winrt_iswblank(wint_t unit);
int winrt_iswcntrl(wint_t unit);
int winrt_iswdigit(wint_t unit);
int winrt_iswgraph(wint_t unit);
int winrt_iswlower(wint_t unit);
int winrt_iswprint(wint_t unit);
int winrt_iswpunct(wint_t unit);
int winrt_iswspace(wint_t unit);
int winrt_iswupper(wint_t unit);
int winrt_iswxdigit(wint_t unit);
wint_t winrt_towlower(wint_t unit);
wint_t winrt_towupper(wint_t unit);

/* <stdlib.h>: a `long` is this platform's. `end` may be NULL. */
long winrt_wcstol(const winrt_wchar *text, winrt_wchar **end, int base);
unsigned long winrt_wcstoul(const winrt_wchar *text, winrt_wchar **end, int base);
long long winrt_wcstoll(const winrt_wchar *text, winrt_wchar **end, int base);
unsigned long long winrt_wcstoull(const winrt_wchar *text, winrt_wchar **end, int base);
float winrt_wcstof(const winrt_wchar *text, winrt_wchar **end);
double winrt_wcstod(const winrt_wchar *text, winrt_wchar **end);
long double winrt_wcstold(const winrt_wchar *text, winrt_wchar **end);
int winrt_wtoi(const winrt_wchar *text);
long winrt_wtol(const winrt_wchar *text);
long long winrt_wtoi64(const winrt_wchar *text);
double winrt_wtof(const winrt_wchar *text);
/* UTF-8 from and to 16-bit characters; (size_t)-1 and EILSEQ for what is not well-formed. */
size_t winrt_mbstowcs(winrt_wchar *to, const char *from, size_t count);
size_t winrt_wcstombs(char *to, const winrt_wchar *from, size_t size);

/*
 * Formatted output (docs/porting.md has the directives). swprintf and its relations end what they
 * had to cut with a terminator and return -1; those named _snwprintf and _snprintf cut without one.
 */
int winrt_wprintf(const winrt_wchar *format, ...);
int winrt_fwprintf(FILE *stream, const winrt_wchar *format, ...);
int winrt_swprintf(winrt_wchar *buffer, size_t size, const winrt_wchar *format, ...);
int winrt_snwprintf(winrt_wchar *buffer, size_t size, const winrt_wchar *format, ...);
int winrt_scwprintf(const winrt_wchar *format, ...);
int winrt_swprintf_s(winrt_wchar *buffer, size_t size, const winrt_wchar *format, ...);
int winrt_vwprintf(const winrt_wchar *format, va_list args);
int winrt_vfwprintf(FILE *stream, const winrt_wchar *format, va_list args);
int winrt_vswprintf(winrt_wchar *buffer, size_t size, const winrt_wchar *format, va_list args);
int winrt_vsnwprintf(winrt_wchar *buffer, size_t size, const winrt_wchar *format, va_list args);
int winrt_vscwprintf(const winrt_wchar *format, va_list args);
int winrt_vswprintf_s(winrt_wchar *buffer, size_t size, const winrt_wchar *format, va_list args);

/* The same for narrow text, in which %S and %ls are wide. snprintf and vsnprintf are C99's. */
int winrt_printf(const char *format, ...);
int winrt_fprintf(FILE *stream, const char *format, ...);
int winrt_sprintf(char *buffer, const char *format, ...);
int winrt_snprintf(char *buffer, size_t size, const char *format, ...);
int winrt_snprintf_old(char *buffer, size_t size, const char *format, ...);
int winrt_scprintf(const char *format, ...);
int winrt_vprintf(const char *format, va_list args);
int winrt_vfprintf(FILE *stream, const char *format, va_list args);
int winrt_vsprintf(char *buffer, const char *format, va_list args);
int winrt_vsnprintf(char *buffer, size_t size, const char *format, va_list args);
int winrt_vsnprintf_old(char *buffer, size_t size, const char *format, va_list args);
int winrt_vscprintf(const char *format, va_list args);

/* Formatted input of a string. */
int winrt_swscanf(const winrt_wchar *text, const winrt_wchar *format, ...);
int winrt_vswscanf(const winrt_wchar *text, const winrt_wchar *format, va_list args);

/* Characters and strings to and from streams. A character beyond U+FFFF comes and goes as two
 * units, one call each. At the end, and after an error, 0xFFFF. */
int winrt_fputws(const winrt_wchar *text, FILE *stream);
int winrt_putws(const winrt_wchar *text);
wint_t winrt_fputwc(winrt_wchar unit, FILE *stream);
wint_t winrt_putwchar(winrt_wchar unit);
wint_t winrt_fgetwc(FILE *stream);
wint_t winrt_getwchar(void);
winrt_wchar *winrt_fgetws(winrt_wchar *buffer, int size, FILE *stream);

/* Files by name. The names are passed on in UTF-8, and otherwise as they are. */
FILE *winrt_wfopen(const winrt_wchar *path, const winrt_wchar *mode);
FILE *winrt_wfreopen(const winrt_wchar *path, const winrt_wchar *mode, FILE *stream);
int winrt_wfopen_s(FILE **ret, const winrt_wchar *path, const winrt_wchar *mode);
int winrt_wremove(const winrt_wchar *path);
int winrt_wrename(const winrt_wchar *from, const winrt_wchar *to);
int winrt_waccess(const winrt_wchar *path, int mode);
int winrt_wmkdir(const winrt_wchar *path);
int winrt_wrmdir(const winrt_wchar *path);

/*
 * For main: `strings` (ended by NULL) in UTF-16, in one block, itself ended by NULL; what is not
 * UTF-8 becomes U+FFFD. NULL when there is no memory.
 */
winrt_wchar **winrt_porting_arguments(char **strings);

#ifdef __cplusplus
}
#endif

#endif
