/* SPDX-License-Identifier: MIT */
/*
 * main for a program that has wmain: libwinrt-porting.a, whose only member this is, so that it is
 * linked when nobody else defines main.
 *
 * winrt_porting.h calls wmain winrt_porting_wmain. C gives a function that name whatever its
 * parameters; C++ adds them, unless it is extern "C". Whoever takes fewer parameters does not miss
 * the others.
 */
#include <stdio.h>

#include "winrt_porting_functions.h"

typedef int wmain_function(int argc, winrt_wchar **argv, winrt_wchar **envp);

#define WMAIN(name, symbol) \
    extern int name(int, winrt_wchar **, winrt_wchar **) __asm__(symbol) __attribute__((weak))

WMAIN(wmain_c, "winrt_porting_wmain");
WMAIN(wmain_cpp, "_Z19winrt_porting_wmainiPPw");
WMAIN(wmain_cpp_const, "_Z19winrt_porting_wmainiPPKw");
WMAIN(wmain_cpp_all_const, "_Z19winrt_porting_wmainiPKPKw");
WMAIN(wmain_cpp_environment, "_Z19winrt_porting_wmainiPPwS0_");
WMAIN(wmain_cpp_const_environment, "_Z19winrt_porting_wmainiPPKwS1_");
WMAIN(wmain_cpp_none, "_Z19winrt_porting_wmainv");

/* They live as long as the process, as on Windows: exit handlers may look at them. Volatile, since
 * otherwise nobody reads them and they are optimized away, and a leak is found. */
static winrt_wchar **volatile arguments, **volatile environment;

int main(int argc, char **argv, char **envp)
{
    wmain_function *const candidates[] = {
        wmain_c,
        wmain_cpp,
        wmain_cpp_const,
        wmain_cpp_all_const,
        wmain_cpp_environment,
        wmain_cpp_const_environment,
        wmain_cpp_none,
    };

    arguments = winrt_porting_arguments(argv);
    environment = winrt_porting_arguments(envp);
    if (!arguments || !environment) {
        fputs("no memory for the arguments\n", stderr);
        return 1;
    }
    for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++) {
        if (candidates[i])
            return candidates[i](argc, arguments, environment);
    }
    fputs("this program has neither main nor wmain\n", stderr);
    return 1;
}
