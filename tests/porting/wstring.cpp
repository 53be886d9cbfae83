// SPDX-License-Identifier: MIT
// std::wstring and what belongs to it; says the line of the first check that fails.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <locale>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <windows.h>
#include <winstring.h>

#define CHECK(condition)     \
    do {                     \
        if (!(condition))    \
            return __LINE__; \
    } while (0)

static const wchar_t face[] = L"\xD83D\xDE00";

static int strings_hold_units()
{
    std::wstring text = L"short";
    CHECK(text.size() == 5);
    text += L" and then longer than what a string holds in itself, ";
    text.append(face);
    CHECK(text.size() == std::wcslen(text.c_str()));
    CHECK(text.find(face) == text.size() - 2);
    CHECK(text.substr(6, 3) == L"and");
    CHECK(text.rfind(L'l') == text.find(L"lf"));
    text.replace(0, 5, L"Very short");
    CHECK(text.compare(0, 10, L"Very short") == 0);
    text.insert(4, 3, L'!');
    CHECK(text.substr(0, 8) == L"Very!!! ");
    CHECK(text.find_first_of(L"!") == 4 && text.find_last_not_of(face) == text.size() - 3);
    text.erase(2);
    text.resize(5, L'x');
    CHECK(text == L"Vexxx" && text < std::wstring(L"Vf"));
    return 0;
}

static int strings_are_elements()
{
    std::map<std::wstring, int> map{ { L"one", 1 }, { L"two", 2 } };
    std::vector<std::wstring> list{ L"c", L"a", L"b" };

    std::sort(list.begin(), list.end());
    CHECK(list.front() == L"a" && list.back() == L"c");
    map[L"three"] = 3;
    CHECK(map.size() == 3 && map.at(L"two") == 2);
    CHECK(std::hash<std::wstring>()(L"x") == std::hash<std::wstring>()(std::wstring(L"x")));
    return 0;
}

static int numbers_are_converted()
{
    CHECK(std::to_wstring(-42) == L"-42");
    CHECK(std::to_wstring(0.5).substr(0, 3) == L"0.5");
    CHECK(std::stoi(L"17x") == 17 && std::stoull(L"ff", nullptr, 16) == 255);
    CHECK(std::stod(L"2.5") == 2.5);
    return 0;
}

static int strings_go_to_the_runtime()
{
    const std::wstring text = std::wstring(L"from C++ ") + face;
    HSTRING string = nullptr;
    UINT32 length = 0;

    CHECK(SUCCEEDED(WindowsCreateString(text.data(), static_cast<UINT32>(text.size()), &string)));
    CHECK(text == WindowsGetStringRawBuffer(string, &length) && length == text.size());
    CHECK(SUCCEEDED(WindowsDeleteString(string)));
    return 0;
}

static int narrow_streams_work()
{
    std::ostringstream stream;

    stream << 1 << ' ' << "two " << 2.5;
    CHECK(stream.str() == "1 two 2.5");
    std::cout << stream.str() << std::endl;
    return 0;
}

/* A client's own names may be those of the functions. */
struct parser {
    int printf, wcslen;

    int wcstok(int count) const
    {
        return count + printf + wcslen;
    }
};

static int names_are_free_and_functions_have_addresses()
{
    wchar_t *(*const split)(wchar_t *, const wchar_t *, wchar_t **) = wcstok;
    wchar_t *(*const split_old)(wchar_t *, const wchar_t *) = wcstok;
    wchar_t text[] = L"a b", *place = nullptr;
    const parser own{ 1, 2 };

    CHECK(own.wcstok(4) == 7);
    CHECK(std::wcscmp(split(text, L" ", &place), L"a") == 0);
    CHECK(std::wcscmp(std::wcstok(nullptr, L" ", &place), L"b") == 0);
    wchar_t again[] = L"c d";
    CHECK(std::wcscmp(split_old(again, L" "), L"c") == 0);
    CHECK(std::wcscmp(wcstok(nullptr, L" "), L"d") == 0);
    return 0;
}

int wmain()
{
    for (auto test : { strings_hold_units, strings_are_elements, numbers_are_converted,
                       strings_go_to_the_runtime, narrow_streams_work,
                       names_are_free_and_functions_have_addresses }) {
        if (int line = test()) {
            std::printf("line %d\n", line);
            return 1;
        }
    }
    return 0;
}
