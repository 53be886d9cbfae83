/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "../programs.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

extern char **environ;

static volatile pid_t running;
static volatile sig_atomic_t hung;

static void on_alarm(int number)
{
    (void)number;
    hung = true;
    kill(running, SIGKILL);
}

int run_program(const char *const *arguments, unsigned seconds)
{
    struct sigaction action = { .sa_handler = on_alarm };
    pid_t pid;
    int status;

    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    assert_int_equal(posix_spawn(&pid, arguments[0], NULL, NULL, (char *const *)arguments, environ),
                     0);
    running = pid;
    hung = false;
    alarm(seconds);
    while (waitpid(pid, &status, 0) < 0)
        assert_int_equal(errno, EINTR);
    alarm(0);
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    print_error("%s was ended by signal %d\n", arguments[0], WTERMSIG(status));
    return hung ? PROGRAM_HUNG : PROGRAM_CRASHED;
}
