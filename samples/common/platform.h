/* SPDX-License-Identifier: MIT */
/* What a command-line program asks the system itself: arguments, the terminal, keys, Ctrl-C, paths.
 */
#ifndef COMMON_PLATFORM_H
#define COMMON_PLATFORM_H

#include <stdbool.h>

/*
 * Comes first in main: from here on arguments and output are UTF-8. Returns the arguments, *argc of
 * them, which are good until the program ends; NULL when there is no memory.
 */
char **platform_start(int *argc, char **argv);

/* Comes last in main. */
void platform_end(void);

/* Whether standard output is a terminal. */
bool platform_is_terminal(void);

/* Columns of the terminal, asked anew each time, since its window may change; 80 if unknown. */
unsigned platform_columns(void);

/* Clears the last lines of the terminal, and goes on at the first of them. */
void platform_erase_lines(unsigned lines);

/* From now on the first Ctrl-C is only noted; the second ends the program as usual. */
void platform_watch_interrupt(void);
bool platform_interrupted(void);

/* Where standard input is a terminal, keys come one by one from now on, and are not shown.
   platform_end undoes it, and so does what ends the program by Ctrl-C. */
void platform_watch_keys(void);

/* The next key that was pressed, 0 if there is none. */
char platform_key(void);

bool platform_is_folder(const char *path);

/* What follows the last separator of a path: "" if the path ends with one. */
const char *platform_file_name(const char *path);

/* The absolute path of an existing folder, to be freed; NULL if there is none. */
char *platform_full_path(const char *path);

#endif
