/* SPDX-License-Identifier: MIT */
#include "../programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <windows.h>

#include "../paths.h"
#include "command_line.h"
#include "wide.h"

#define LONGEST_COMMAND 4096

WCHAR *command_line(const char *const *arguments)
{
    char text[LONGEST_COMMAND] = "";
    size_t used = 0;

    for (size_t i = 0; arguments[i]; i++) {
        int length = snprintf(text + used, sizeof(text) - used, "%s\"%s\"", i ? " " : "",
                              i ? arguments[i] : item_form(arguments[i]));

        assert_in_range(length, 1, sizeof(text) - used - 1);
        used += (size_t)length;
    }
    return test_wide(text);
}

int run_program(const char *const *arguments, unsigned seconds)
{
    WCHAR *command = command_line(arguments);
    STARTUPINFOW startup = { .cb = sizeof(startup) };
    PROCESS_INFORMATION process;
    DWORD code = 0;

    assert_true(CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process));
    free(command);
    CloseHandle(process.hThread);
    if (WaitForSingleObject(process.hProcess, seconds * 1000) != WAIT_OBJECT_0) {
        TerminateProcess(process.hProcess, 1);
        CloseHandle(process.hProcess);
        return PROGRAM_HUNG;
    }
    assert_true(GetExitCodeProcess(process.hProcess, &code));
    CloseHandle(process.hProcess);
    if (code < FIRST_CRASH_CODE)
        return (int)code;
    print_error("%s was ended by exception 0x%08X\n", arguments[0], (unsigned)code);
    return PROGRAM_CRASHED;
}
