/* SPDX-License-Identifier: MIT */
/* Printing with narrow formats, in which text may be wide. */
#include "winrt_porting_functions.h"

#include <stdint.h>

#include "print.h"

int winrt_vprintf(const char *format, va_list args)
{
    return print_to_stream(stdout, false, format, args);
}

int winrt_printf(const char *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vprintf(format, args);
    va_end(args);
    return result;
}

int winrt_vfprintf(FILE *stream, const char *format, va_list args)
{
    return print_to_stream(stream, false, format, args);
}

int winrt_fprintf(FILE *stream, const char *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vfprintf(stream, format, args);
    va_end(args);
    return result;
}

int winrt_vsprintf(char *buffer, const char *format, va_list args)
{
    return print_to_buffer(buffer, SIZE_MAX, PRINT_TERMINATED, false, format, args);
}

int winrt_sprintf(char *buffer, const char *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vsprintf(buffer, format, args);
    va_end(args);
    return result;
}

int winrt_vsnprintf(char *buffer, size_t size, const char *format, va_list args)
{
    return print_to_buffer(buffer, size, PRINT_LENGTH, false, format, args);
}

int winrt_snprintf(char *buffer, size_t size, const char *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vsnprintf(buffer, size, format, args);
    va_end(args);
    return result;
}

int winrt_vsnprintf_old(char *buffer, size_t size, const char *format, va_list args)
{
    return print_to_buffer(buffer, size, PRINT_NOT_TERMINATED, false, format, args);
}

int winrt_snprintf_old(char *buffer, size_t size, const char *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vsnprintf_old(buffer, size, format, args);
    va_end(args);
    return result;
}

int winrt_vscprintf(const char *format, va_list args)
{
    return print_to_buffer(NULL, 0, PRINT_LENGTH, false, format, args);
}

int winrt_scprintf(const char *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vscprintf(format, args);
    va_end(args);
    return result;
}
