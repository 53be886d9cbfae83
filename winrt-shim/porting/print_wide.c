/* SPDX-License-Identifier: MIT */
/* Printing with wide formats. */
#include "winrt_porting_functions.h"

#include "print.h"

int winrt_vwprintf(const winrt_wchar *format, va_list args)
{
    return print_to_stream(stdout, true, format, args);
}

int winrt_wprintf(const winrt_wchar *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vwprintf(format, args);
    va_end(args);
    return result;
}

int winrt_vfwprintf(FILE *stream, const winrt_wchar *format, va_list args)
{
    return print_to_stream(stream, true, format, args);
}

int winrt_fwprintf(FILE *stream, const winrt_wchar *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vfwprintf(stream, format, args);
    va_end(args);
    return result;
}

int winrt_vswprintf(winrt_wchar *buffer, size_t size, const winrt_wchar *format, va_list args)
{
    return print_to_buffer(buffer, size, PRINT_TERMINATED, true, format, args);
}

int winrt_swprintf(winrt_wchar *buffer, size_t size, const winrt_wchar *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vswprintf(buffer, size, format, args);
    va_end(args);
    return result;
}

int winrt_vsnwprintf(winrt_wchar *buffer, size_t size, const winrt_wchar *format, va_list args)
{
    return print_to_buffer(buffer, size, PRINT_NOT_TERMINATED, true, format, args);
}

int winrt_snwprintf(winrt_wchar *buffer, size_t size, const winrt_wchar *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vsnwprintf(buffer, size, format, args);
    va_end(args);
    return result;
}

int winrt_vswprintf_s(winrt_wchar *buffer, size_t size, const winrt_wchar *format, va_list args)
{
    return print_to_buffer(buffer, size, PRINT_EMPTY, true, format, args);
}

int winrt_swprintf_s(winrt_wchar *buffer, size_t size, const winrt_wchar *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vswprintf_s(buffer, size, format, args);
    va_end(args);
    return result;
}

int winrt_vscwprintf(const winrt_wchar *format, va_list args)
{
    return print_to_buffer(NULL, 0, PRINT_LENGTH, true, format, args);
}

int winrt_scwprintf(const winrt_wchar *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vscwprintf(format, args);
    va_end(args);
    return result;
}
