/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "namespace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "environment.h"
#include "platform.h"
#include "programs.h"

#define ENTERED       "WINRT_TEST_OWN_NETWORK"
#define ENV           "/usr/bin/env"
#define MAX_ARGUMENTS 16

void enter_own_network(const char *function)
{
    static const char *const trial[] = { ENV,   "unshare", "-rn", "ip", "link",
                                         "set", "lo",      "up",  NULL };
    char program[4096];
    char *const again[] = { "unshare", "-rn", program, (char *)function, NULL };
    ssize_t length;

    if (getenv(ENTERED))
        return;
    if (run_program(trial, 10))
        skip_because("the system lets this user have no network namespace");
    length = readlink("/proc/self/exe", program, sizeof(program) - 1);
    assert_true(length > 0);
    program[length] = 0;
    test_setenv(ENTERED, "1");
    fflush(NULL);
    execvp(again[0], again);
    fail_msg("unshare cannot be run");
}

void ip(const char *argument, ...)
{
    const char *arguments[MAX_ARGUMENTS] = { ENV, "ip" };
    size_t count = 2;
    va_list list;

    va_start(list, argument);
    for (; argument && count < MAX_ARGUMENTS - 1; argument = va_arg(list, const char *))
        arguments[count++] = argument;
    va_end(list);
    arguments[count] = NULL;
    assert_int_equal(run_program(arguments, 10), 0);
}
