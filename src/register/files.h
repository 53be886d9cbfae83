/* SPDX-License-Identifier: MIT */
/* Where a DLL is. */
#ifndef WINRT_REGISTER_FILES_H
#define WINRT_REGISTER_FILES_H

#include <stdbool.h>

#include <windows.h>

/* Full path of what LoadLibrary would take `name` for, if there is such a file; else the full path
   that was meant. The caller frees it with memory_free; NULL when there is no memory. */
WCHAR *dll_full_path(const WCHAR *name);

/* Full path of `name` in the folder of this program, whether it is there or not. The caller frees
   it with memory_free; NULL when there is no memory. */
WCHAR *dll_beside_program(const WCHAR *name);

bool file_exists(const WCHAR *path);

/* Whether both paths lead to one file that is there: under Wine, C: lies somewhere in Z:. */
bool file_same(const WCHAR *path, const WCHAR *other);

#endif
