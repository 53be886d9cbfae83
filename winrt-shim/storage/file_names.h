/* SPDX-License-Identifier: MIT */
/* Names of files and folders, as text: what is allowed, extensions, and unique names. */
#ifndef WINRT_STORAGE_FILE_NAMES_H
#define WINRT_STORAGE_FILE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Whether an item may be given this name: path_name_is_allowed (src/port/paths.h). */
bool file_name_is_valid(const char *name);

/* Where the extension begins, which includes the dot; the end of the name if there is none. A dot
   in front makes a hidden file, not an extension, and an extension has no blank. */
const char *file_name_extension(const char *name);

/* "Name (2).txt", "Folder.d (2)", in a new string that the caller frees; NULL without memory
   (CreationCollisionOption, Windows.Storage). */
char *file_name_numbered(const char *name, bool folder, unsigned number);

/* The number by which `other` is a numbered name of `name`; 0 if it is none. */
unsigned file_name_number(const char *other, const char *name, bool folder);

#endif
