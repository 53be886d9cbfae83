/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_WIN32_COMMAND_LINE_H
#define WINRT_TEST_WIN32_COMMAND_LINE_H

#include <windows.h>

#define FIRST_CRASH_CODE 0xC0000000u /* NTSTATUS of the exception that ended a program */

/* For CreateProcessW, of what run_program takes; the caller frees it. */
WCHAR *command_line(const char *const *arguments);

#endif
