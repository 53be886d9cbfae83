/* SPDX-License-Identifier: MIT */
/* A program written with <tchar.h>, as many are that were once built for both kinds of text. */
#include <windows.h>
#include <tchar.h>

#include <stdio.h>
#include <stdlib.h>

int _tmain(int argc, TCHAR **argv)
{
    TCHAR text[32];

    for (int i = 1; i < argc; i++) {
        if (_tcslen(argv[i]) < 32)
            _tcscpy(text, argv[i]);
        _tprintf(_T("%u %s\n"), (unsigned)_tcslen(argv[i]), argv[i]);
    }
    if (argc == 3 && !_tcsicmp(argv[1], TEXT("--EXIT")))
        exit((int)_tcstol(argv[2], NULL, 10));
    _tprintf(_T("%s=%s\n"), _T("WINRT_TEST_GREETING"),
             _tcsrchr(_T("gr\xFC\xDF=gr\xFC\xDF"), _T('=')) + 1);
    return 3;
}
