/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "../platform.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;
static volatile sig_atomic_t watching_keys;
static struct termios terminal_before;

/* Also called by a signal handler, in which this is allowed. */
static void restore_terminal(void)
{
    if (watching_keys)
        tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
    watching_keys = 0;
}

char **platform_start(int *argc, char **argv)
{
    (void)argc;
    return argv;
}

void platform_end(void)
{
    restore_terminal();
}

bool platform_is_terminal(void)
{
    return isatty(STDOUT_FILENO);
}

unsigned platform_columns(void)
{
    struct winsize size;

    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

void platform_erase_lines(unsigned lines)
{
    printf("\033[%uA\r\033[J", lines);
}

static void note_interrupt(int number)
{
    (void)number;
    interrupted = 1;
    restore_terminal(); /* the next one ends the program */
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

/* Who is not in the foreground of its terminal would be stopped for changing it. */
void platform_watch_keys(void)
{
    struct termios keys;

    if (tcgetpgrp(STDIN_FILENO) != getpgrp() || tcgetattr(STDIN_FILENO, &terminal_before) != 0)
        return;
    keys = terminal_before;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    watching_keys = tcsetattr(STDIN_FILENO, TCSANOW, &keys) == 0;
}

char platform_key(void)
{
    struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
    char key = 0;

    if (!watching_keys || poll(&input, 1, 0) != 1 || read(STDIN_FILENO, &key, 1) != 1)
        return 0;
    return key;
}

bool platform_is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

const char *platform_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

char *platform_full_path(const char *path)
{
    return realpath(path, NULL);
}
