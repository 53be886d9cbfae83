/* SPDX-License-Identifier: MIT */
/* What the program does, and how it tells about it. */
#ifndef WINRT_REGISTER_COMMANDS_H
#define WINRT_REGISTER_COMMANDS_H

#include <stdbool.h>

#include "component.h"

struct options {
    bool force; /* take classes over that are registered to another DLL */
    bool keep;  /* leave those to it, and register the others */
};

struct components {
    struct component items[16];
    size_t count;
};

/* Each answers whether all is as the user wants it, and has told what is not. */

/* Registers all classes, or, when that fails anywhere, none. */
bool command_register(const struct components *components, const struct options *options);

/* Removes what is registered to these DLLs. What is registered to another stays. */
bool command_unregister(const struct components *components, const struct options *options);

/* Tells of every class whether a client would get it from its DLL. */
bool command_status(const struct components *components, const struct options *options);

#endif
