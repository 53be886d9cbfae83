/* SPDX-License-Identifier: MIT */
/* Part of winrt_porting.h: what C++ code calls by std::. */
#ifndef WINRT_PORTING_STD_H
#define WINRT_PORTING_STD_H

namespace std {
using ::__printf__;
using ::winrt_fgetwc;
using ::winrt_fgetws;
using ::winrt_fprintf;
using ::winrt_fputwc;
using ::winrt_fputws;
using ::winrt_fwprintf;
using ::winrt_getwchar;
using ::winrt_iswalnum;
using ::winrt_iswalpha;
using ::winrt_iswblank;
using ::winrt_iswcntrl;
using ::winrt_iswdigit;
using ::winrt_iswgraph;
using ::winrt_iswlower;
using ::winrt_iswprint;
using ::winrt_iswpunct;
using ::winrt_iswspace;
using ::winrt_iswupper;
using ::winrt_iswxdigit;
using ::winrt_mbstowcs;
using ::winrt_putwchar;
using ::winrt_snprintf;
using ::winrt_sprintf;
using ::winrt_swprintf;
using ::winrt_swscanf;
using ::winrt_towlower;
using ::winrt_towupper;
using ::winrt_vfprintf;
using ::winrt_vfwprintf;
using ::winrt_vprintf;
using ::winrt_vsnprintf;
using ::winrt_vsprintf;
using ::winrt_vswprintf;
using ::winrt_vswscanf;
using ::winrt_vwprintf;
using ::winrt_wcscat;
using ::winrt_wcschr;
using ::winrt_wcscmp;
using ::winrt_wcscpy;
using ::winrt_wcscspn;
using ::winrt_wcslen;
using ::winrt_wcsncat;
using ::winrt_wcsncmp;
using ::winrt_wcsncpy;
using ::winrt_wcspbrk;
using ::winrt_wcsrchr;
using ::winrt_wcsspn;
using ::winrt_wcsstr;
using ::winrt_wcstod;
using ::winrt_wcstof;
using ::winrt_wcstok;
using ::winrt_wcstol;
using ::winrt_wcstold;
using ::winrt_wcstoll;
using ::winrt_wcstombs;
using ::winrt_wcstoul;
using ::winrt_wcstoull;
using ::winrt_wmemchr;
using ::winrt_wmemcmp;
using ::winrt_wmemcpy;
using ::winrt_wmemmove;
using ::winrt_wmemset;
using ::winrt_wprintf;
} // namespace std

#endif
