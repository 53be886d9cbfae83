/* SPDX-License-Identifier: MIT */
/*
 * A component: a DLL, and the names of the classes that it makes.
 *
 * The exports of a component tell whether it makes a class, but not which there are. So the
 * project's DLLs carry the list as a resource, made from the table that their factories stand in
 * (cmake/WinRTClasses.cmake). Another DLL's classes are named by the user.
 */
#ifndef WINRT_REGISTER_COMPONENT_H
#define WINRT_REGISTER_COMPONENT_H

#include <windows.h>

/* Zeroed, it is empty; component_free empties it. */
struct component {
    WCHAR *path;     /* full */
    WCHAR **classes; /* what the command is about */
    size_t class_count;
};

/*
 * Takes the DLL `name`: a path, or the bare name of one that lies in the current folder or beside
 * this program. HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND), or why else it cannot be read; `path` is
 * then what was looked for, if memory sufficed.
 */
HRESULT component_open(struct component *component, const WCHAR *name);

/* E_INVALIDARG for what cannot be the name of a class. */
HRESULT component_add_class(struct component *component, const WCHAR *name, size_t length);

/* Adds what the DLL's list names. HRESULT_FROM_WIN32(ERROR_RESOURCE_...) if it has none. */
HRESULT component_add_listed_classes(struct component *component);

/* Loads the DLL and asks it for the factory of a class, as the system does on activation. */
HRESULT component_ask(const struct component *component, const WCHAR *class_name);

void component_free(struct component *component);

#endif
