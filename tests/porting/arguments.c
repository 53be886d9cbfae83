/* SPDX-License-Identifier: MIT */
/* arguments ARGUMENT...: prints what wmain was given, a line each; with --exit N, exits with N. */
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

int wmain(int argc, wchar_t **argv, wchar_t **envp)
{
    for (int i = 1; i < argc; i++)
        wprintf(L"%zu %s\n", wcslen(argv[i]), argv[i]);
    if (argv[argc])
        return 100;
    for (; *envp; envp++) {
        if (!wcsncmp(*envp, L"WINRT_TEST_GREETING=", 20))
            wprintf(L"%s\n", *envp);
    }
    if (argc == 3 && !wcscmp(argv[1], L"--exit"))
        exit((int)wcstol(argv[2], NULL, 10));
    return 3;
}
