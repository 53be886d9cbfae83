/* SPDX-License-Identifier: MIT */
/*
 * The modules that somebody has asked for: the program, the shim, components. One that was loaded
 * stays for the life of the process, because components have threads that never end.
 */
#ifndef WINRT_COMBASE_MODULES_H
#define WINRT_COMBASE_MODULES_H

#include <stdbool.h>

#include <windows.h>

struct module {
    struct module *next;
    void *library; /* of dlopen */
    void *map;     /* the loader's record; tells whose an address is */
    char *path;    /* NULL for the program */
};

/*
 * Loads the file `path`, or finds it when it is loaded; NULL is the program. E_OUTOFMEMORY, or
 * ERROR_BAD_EXE_FORMAT with what the loader says as the thread's error text.
 */
HRESULT module_open(const char *path, struct module **ret);

/* Whose code or data `address` is; NULL if nobody's. */
struct module *module_of_address(const void *address);

/* The module of that file, NULL if it is not loaded. */
struct module *module_of_path(const char *path);

/* NULL for what is no module's handle. */
struct module *module_of_handle(HMODULE handle);

/* An address that the module itself exports; NULL if there is none. */
void *module_symbol(const struct module *module, const char *name);

#endif
