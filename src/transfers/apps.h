/* SPDX-License-Identifier: MIT */
/* The apps that have stored something below the root. */
#ifndef WINRT_TRANSFERS_APPS_H
#define WINRT_TRANSFERS_APPS_H

#include "options.h"

struct app {
    const char *name;   /* for people, and what --app takes */
    const char *folder; /* its path */
};

/* Return false to stop. */
typedef bool (*app_visitor)(void *context, const struct app *app);

/* Those that the options name, sorted by the names of their folders. What goes wrong is told. */
void apps_visit(const struct options *options, app_visitor visitor, void *context);

#endif
