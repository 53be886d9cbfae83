/* SPDX-License-Identifier: MIT */
/* BasicProperties (Windows.Storage.FileProperties): size and dates of an item at one moment. */
#ifndef WINRT_STORAGE_BASIC_PROPERTIES_H
#define WINRT_STORAGE_BASIC_PROPERTIES_H

#include <windows.h>
#include <windows.storage.fileproperties.h>

#include "src/port/files.h"

/* E_OUTOFMEMORY. */
HRESULT basic_properties_create(const struct file_info *info, IBasicProperties **out);

#endif
