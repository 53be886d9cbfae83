/* SPDX-License-Identifier: MIT */
/* Which printf the C library has, for __attribute__((format(...))): MinGW's own, which
   __USE_MINGW_ANSI_STDIO chooses, knows the formats of the C standard. */
#ifndef WINRT_NATIVE_FORMAT_H
#define WINRT_NATIVE_FORMAT_H

#define NATIVE_PRINTF gnu_printf

#endif
