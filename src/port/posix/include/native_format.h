/* SPDX-License-Identifier: MIT */
/* Which printf the C library has, for __attribute__((format(...))). */
#ifndef WINRT_NATIVE_FORMAT_H
#define WINRT_NATIVE_FORMAT_H

#define NATIVE_PRINTF printf

#endif
