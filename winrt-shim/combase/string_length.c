/* SPDX-License-Identifier: MIT */
/* Lengths of terminated strings (winbase.h). Any thread. */
#include <windows.h>

#include <string.h>

/* lstrlenA: 0 for NULL. */
INT WINAPI lstrlenA(LPCSTR text)
{
    return text ? (INT)strlen(text) : 0;
}

/* lstrlenW: 0 for NULL. */
INT WINAPI lstrlenW(LPCWSTR text)
{
    INT length = 0;

    while (text && text[length])
        length++;
    return length;
}
