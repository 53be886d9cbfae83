/* SPDX-License-Identifier: MIT */
/* The user's libraries, as KnownFolders gives them. */
#ifndef WINRT_TEST_USER_LIBRARIES_H
#define WINRT_TEST_USER_LIBRARIES_H

#include "items.h"

typedef HRESULT (*library_getter)(IKnownFoldersStatics *statics, IStorageFolder **folder);

HRESULT music_library(IKnownFoldersStatics *statics, IStorageFolder **folder);
HRESULT pictures_library(IKnownFoldersStatics *statics, IStorageFolder **folder);
HRESULT videos_library(IKnownFoldersStatics *statics, IStorageFolder **folder);
HRESULT documents_library(IKnownFoldersStatics *statics, IStorageFolder **folder);

/* It is that folder, relative to the test's, and there. */
void check_library(library_getter get, const char *expected);

#endif
