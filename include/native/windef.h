/* SPDX-License-Identifier: MIT */
/*
 * Stands before Wine's windef.h on the include path.
 *
 * Wine gives every __stdcall function Microsoft's calling convention on x86-64. Natively there is
 * nobody on the other side who expects it: all callers and callees are ELF code. So the convention
 * is the platform's own, and debuggers, other languages' FFI and plain C callbacks just work. It
 * must be done here, after Wine's definitions and before their first use in a declaration:
 * -D__stdcall= on the command line is overridden by Wine's header.
 */
#ifndef WINRT_INCLUDE_WINDEF_H
#define WINRT_INCLUDE_WINDEF_H

/* What GetProcAddress answers: three types that Wine's header makes of its convention by itself. */
#define FARPROC  winrt_ms_FARPROC
#define NEARPROC winrt_ms_NEARPROC
#define PROC     winrt_ms_PROC
#include_next <windef.h>
#undef FARPROC
#undef NEARPROC
#undef PROC

#include <stdarg.h>

#undef __stdcall
#define __stdcall
#undef __cdecl
#define __cdecl

#pragma GCC system_header /* in C, these have no prototypes */
typedef INT_PTR (*FARPROC)();
typedef INT_PTR (*NEARPROC)();
typedef INT_PTR (*PROC)();

#undef __ms_va_list
#define __ms_va_list va_list
#undef __ms_va_start
#define __ms_va_start(list, arg) va_start(list, arg)
#undef __ms_va_end
#define __ms_va_end(list) va_end(list)
#undef __ms_va_copy
#define __ms_va_copy(dest, src) va_copy(dest, src)

#endif
