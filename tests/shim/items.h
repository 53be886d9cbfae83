/* SPDX-License-Identifier: MIT */
/* What the tests of files and folders share. Everything here fails the test when it
 * cannot be done. */
#ifndef WINRT_TEST_ITEMS_H
#define WINRT_TEST_ITEMS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <windows.h>
#include <activation.h>
#include <asyncinfo.h>
#include <roapi.h>
#include <winstring.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.storage.fileproperties.h>
#include <windows.storage.streams.h>

#include "await.h"
#include "check.h"
#include "hstrings.h"
#include "test_main.h"

#define HRESULT_NOT_FOUND      __HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND)
#define HRESULT_INVALID_NAME   __HRESULT_FROM_WIN32(ERROR_INVALID_NAME)
#define HRESULT_ALREADY_EXISTS __HRESULT_FROM_WIN32(ERROR_ALREADY_EXISTS)
#define HRESULT_NAME_TOO_LONG  __HRESULT_FROM_WIN32(ERROR_FILENAME_EXCED_RANGE)

/* The statics of a class, asked for anew. */
void *get_statics(const WCHAR *class_name, REFIID iid);

/* The item at a path as test_path's, through the statics. */
IStorageFile *get_file(const char *path);
IStorageFolder *get_folder(const char *path);

/* The folder of this test. */
IStorageFolder *get_scratch(void);

/* CreateFileAsync and CreateFolderAsync that must succeed. */
IStorageFile *create_file(IStorageFolder *folder, const char *name, CreationCollisionOption option);
IStorageFolder *create_folder(IStorageFolder *folder, const char *name,
                              CreationCollisionOption option);

/* Any item by IStorageItem: its name, and the path as item_path(relative). */
void check_name(const char *expected, void *item);
void check_place(const char *relative, void *item);

/* On disk, relative to the test's folder; by the files seam, so without the shim. */
void put_file(const char *relative, const char *content);
void put_private_file(const char *relative, const char *content); /* of the user's own; new */
void put_folder(const char *relative);
void check_content(const char *expected, const char *relative);
int exists(const char *relative);
unsigned count_entries(const char *relative);

#endif
