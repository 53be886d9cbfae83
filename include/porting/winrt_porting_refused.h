/* SPDX-License-Identifier: MIT */
/*
 * Part of winrt_porting.h: functions of the system whose characters have 32 bits, and that have no
 * replacement. A program that calls one is not linked, rather than answered wrong.
 */
#ifndef WINRT_PORTING_REFUSED_H
#define WINRT_PORTING_REFUSED_H

#undef btowc
#define btowc winrt_porting_has_no_btowc
#undef fwide
#define fwide winrt_porting_has_no_fwide
#undef fwscanf
#define fwscanf winrt_porting_has_no_fwscanf
#undef iswctype
#define iswctype winrt_porting_has_no_iswctype
#undef mbrtowc
#define mbrtowc winrt_porting_has_no_mbrtowc
#undef mbsrtowcs
#define mbsrtowcs winrt_porting_has_no_mbsrtowcs
#undef mbtowc
#define mbtowc winrt_porting_has_no_mbtowc
#undef towctrans
#define towctrans winrt_porting_has_no_towctrans
#undef ungetwc
#define ungetwc winrt_porting_has_no_ungetwc
#undef vfwscanf
#define vfwscanf winrt_porting_has_no_vfwscanf
#undef vwscanf
#define vwscanf winrt_porting_has_no_vwscanf
#undef wcrtomb
#define wcrtomb winrt_porting_has_no_wcrtomb
#undef wcscoll
#define wcscoll winrt_porting_has_no_wcscoll
#undef wcsftime
#define wcsftime winrt_porting_has_no_wcsftime
#undef wcsrtombs
#define wcsrtombs winrt_porting_has_no_wcsrtombs
#undef wcsxfrm
#define wcsxfrm winrt_porting_has_no_wcsxfrm
#undef wctob
#define wctob winrt_porting_has_no_wctob
#undef wctomb
#define wctomb winrt_porting_has_no_wctomb
#undef wctrans
#define wctrans winrt_porting_has_no_wctrans
#undef wctype
#define wctype winrt_porting_has_no_wctype
#undef wscanf
#define wscanf winrt_porting_has_no_wscanf

#endif
