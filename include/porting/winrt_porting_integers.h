/* SPDX-License-Identifier: MIT */
/*
 * Part of winrt_porting.h: `l` before d, u and x means 32 bits in what is printed, as on Windows.
 * The system's PRId64 and relations say "l" for 64 bits, and say "ll" from here on, which is the
 * same for the functions that are not replaced.
 */
#ifndef WINRT_PORTING_INTEGERS_H
#define WINRT_PORTING_INTEGERS_H

#include <inttypes.h>

#ifdef __LP64__
#undef __PRI64_PREFIX
#define __PRI64_PREFIX "ll"
#undef __PRIPTR_PREFIX
#define __PRIPTR_PREFIX "ll"
#endif

#endif
