/* SPDX-License-Identifier: MIT */
/* ApplicationData (Windows.Storage): the folders of this app. */
#ifndef WINRT_STORAGE_APPLICATION_DATA_H
#define WINRT_STORAGE_APPLICATION_DATA_H

#include <windows.h>
#include <windows.storage.h>

HRESULT application_data_create(IApplicationData **out);

#endif
