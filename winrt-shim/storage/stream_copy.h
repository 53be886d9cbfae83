/* SPDX-License-Identifier: MIT */
/* RandomAccessStream (Windows.Storage.Streams): a class of statics that copy between streams. */
#ifndef WINRT_STORAGE_STREAM_COPY_H
#define WINRT_STORAGE_STREAM_COPY_H

#include <windows.h>
#include <activation.h>

/* Factory of RuntimeClass_Windows_Storage_Streams_RandomAccessStream. */
HRESULT random_access_stream_factory_create(IActivationFactory **out);

#endif
