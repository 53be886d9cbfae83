/* SPDX-License-Identifier: MIT */
/*
 * Stands before Wine's basetsd.h on the include path.
 *
 * Wine's 64-bit integer types carry an alignment attribute, which is their natural one on 64-bit
 * systems. g++ warns that it is ignored when UINT64 is a template argument, as in
 * IReference<UINT64>; without the attribute there is nothing to ignore.
 */
#ifndef WINRT_INCLUDE_BASETSD_H
#define WINRT_INCLUDE_BASETSD_H

#ifdef __LP64__
#undef DECLSPEC_ALIGN
#define DECLSPEC_ALIGN(x)
#include_next <basetsd.h>
#undef DECLSPEC_ALIGN
#else
#include_next <basetsd.h>
#endif

#endif
