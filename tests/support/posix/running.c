/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "../running.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "../programs.h"

#define LOOK_AGAIN_NS  2000000
#define LOOKS_A_SECOND (1000000000 / LOOK_AGAIN_NS)

extern char **environ;

struct running {
    pid_t pid;
};

struct running *running_start(const char *const *arguments)
{
    struct running *running = malloc(sizeof(*running));

    assert_non_null(running);
    assert_int_equal(posix_spawn(&running->pid, arguments[0], NULL, NULL, (char *const *)arguments,
                                 environ),
                     0);
    return running;
}

void running_kill(struct running *running)
{
    kill(running->pid, SIGKILL);
}

int running_join(struct running *running, unsigned seconds)
{
    struct timespec moment = { .tv_nsec = LOOK_AGAIN_NS };
    unsigned looks = seconds * LOOKS_A_SECOND;
    int status = 0, ret = PROGRAM_CRASHED;
    pid_t ended;

    while ((ended = waitpid(running->pid, &status, WNOHANG)) == 0 && looks--)
        nanosleep(&moment, NULL);
    if (ended == 0) {
        kill(running->pid, SIGKILL);
        while (waitpid(running->pid, &status, 0) < 0 && errno == EINTR)
            continue;
        ret = PROGRAM_HUNG;
    } else if (WIFEXITED(status)) {
        ret = WEXITSTATUS(status);
    }
    free(running);
    return ret;
}
