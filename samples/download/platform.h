/* SPDX-License-Identifier: MIT */
/* What a command-line program asks the system itself: the terminal, Ctrl-C, paths. */
#ifndef DOWNLOAD_PLATFORM_H
#define DOWNLOAD_PLATFORM_H

#include <stdbool.h>
#include <stdio.h>

bool platform_is_terminal(FILE *stream);

/* Columns of the terminal, asked anew each time, since its window may change; 80 if unknown. */
unsigned platform_columns(FILE *stream);

/* From now on the first Ctrl-C is only noted; the second ends the program as usual. */
void platform_watch_interrupt(void);
bool platform_interrupted(void);

bool platform_is_folder(const char *path);

/* The absolute path of an existing folder, to be freed; NULL if there is none. */
char *platform_full_path(const char *path);

#endif
