/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "../forked.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define LONGEST_RUN_S 60
#define DIED          101

int run_forked(int (*child)(void *argument), void *argument)
{
    int status = -1;
    pid_t pid;

    fflush(NULL);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        alarm(LONGEST_RUN_S);
        _exit(child(argument));
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    print_error("the child was ended by signal %d\n", WTERMSIG(status));
    return DIED;
}
