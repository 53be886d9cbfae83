/* SPDX-License-Identifier: MIT */
/* Stands before Wine's winstring.h on the include path, and adds what it lacks. */
#ifndef WINRT_INCLUDE_WINSTRING_H
#define WINRT_INCLUDE_WINSTRING_H

#include_next <winstring.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef HRESULT(WINAPI *PINSPECT_HSTRING_CALLBACK)(void *context, UINT_PTR address, UINT32 length,
                                                   BYTE *buffer);

HRESULT WINAPI WindowsInspectString(UINT_PTR string, USHORT machine,
                                    PINSPECT_HSTRING_CALLBACK callback, void *context,
                                    UINT32 *length, UINT_PTR *address);

#ifdef __cplusplus
}
#endif

#endif
