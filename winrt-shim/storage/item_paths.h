/* SPDX-License-Identifier: MIT */
/* Paths as clients give them, and taking paths apart, which here are in the form of
   src/port/paths.h. docs/storage-items.md says what is accepted. */
#ifndef WINRT_STORAGE_ITEM_PATHS_H
#define WINRT_STORAGE_ITEM_PATHS_H

#include <stdbool.h>

#include <windows.h>
#include <hstring.h>

/*
 * The absolute path that a client gave, without empty parts, "." and "..", in a new string that the
 * caller frees. E_INVALIDARG for what is not absolute, has a NUL or is not well-formed. ".." is
 * taken off the text, as Windows does it, whatever links there are. A backslash is a character like
 * others, but on Windows.
 */
HRESULT item_path_from_hstring(HSTRING text, char **ret);

/* The same for a UTF-8 text. */
HRESULT item_path_normalize(const char *text, char **ret);

/* Whether it may be looked up in a folder: a name, or names joined by '/', none of them "", "." or
   "..". */
bool item_path_is_relative(const char *name);

/* `folder`/`name`, in a new string. NULL without memory. */
char *item_path_join(const char *folder, const char *name);

/* The folder above in a new string, NULL without memory. A root has none: not to be asked. */
char *item_path_parent(const char *path);
bool item_path_is_root(const char *path);

/* The last part, inside `path`; all of it for a root. */
const char *item_path_name(const char *path);

/* A path, or a part of one, as a client sees it: with the separators of the system; bytes that are
   not UTF-8 become U+FFFD. E_OUTOFMEMORY. */
HRESULT item_path_to_hstring(const char *text, HSTRING *ret);

#endif
