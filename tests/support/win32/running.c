/* SPDX-License-Identifier: MIT */
#include "../running.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <windows.h>

#include "../programs.h"
#include "command_line.h"

#define KILLED 0xC0000001u /* STATUS_UNSUCCESSFUL, which no program of ours exits with */

struct running {
    HANDLE process;
};

struct running *running_start(const char *const *arguments)
{
    struct running *running = malloc(sizeof(*running));
    WCHAR *command = command_line(arguments);
    STARTUPINFOW startup = { .cb = sizeof(startup) };
    PROCESS_INFORMATION process;

    assert_non_null(running);
    assert_true(CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process));
    free(command);
    CloseHandle(process.hThread);
    running->process = process.hProcess;
    return running;
}

void running_kill(struct running *running)
{
    TerminateProcess(running->process, KILLED);
}

int running_join(struct running *running, unsigned seconds)
{
    DWORD code = KILLED;
    int ret;

    if (WaitForSingleObject(running->process, seconds * 1000) == WAIT_OBJECT_0) {
        assert_true(GetExitCodeProcess(running->process, &code));
        ret = code < FIRST_CRASH_CODE ? (int)code : PROGRAM_CRASHED;
    } else {
        TerminateProcess(running->process, KILLED);
        ret = PROGRAM_HUNG;
    }
    CloseHandle(running->process);
    free(running);
    return ret;
}
