/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "../platform.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

bool platform_is_terminal(FILE *stream)
{
    return isatty(fileno(stream));
}

unsigned platform_columns(FILE *stream)
{
    struct winsize size;

    return ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static void note_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

void platform_watch_interrupt(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof(action));
    action.sa_handler = note_interrupt;
    action.sa_flags = SA_RESTART | (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

bool platform_interrupted(void)
{
    return interrupted != 0;
}

bool platform_is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

char *platform_full_path(const char *path)
{
    return realpath(path, NULL);
}
