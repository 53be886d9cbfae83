// SPDX-License-Identifier: MIT
// Like arguments.c, in C++: wmain needs no extern "C", and the functions are those of std as well.
// CMake says what the arguments are, ARGUMENT, of which wmain's name in C++ is made.
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <string>
#include <vector>

#include <windows.h>

int wmain(int argc, ARGUMENT argv[])
{
    std::vector<std::string> narrow;

    for (int i = 1; i < argc; i++) {
        char text[64];
        std::snprintf(text, sizeof(text), "%S", argv[i]);
        narrow.push_back(text);
        std::wprintf(L"%zu %s\n", std::wcslen(argv[i]), argv[i]);
    }
    if (argc == 3 && std::wcscmp(argv[1], L"--exit") == 0)
        std::exit(static_cast<int>(std::wcstol(argv[2], nullptr, 10)));
    const char *greeting = std::getenv("WINRT_TEST_GREETING");
    std::printf("WINRT_TEST_GREETING=%s\n", greeting ? greeting : "");
    return narrow.size() == static_cast<std::size_t>(argc - 1) ? 3 : 100;
}
