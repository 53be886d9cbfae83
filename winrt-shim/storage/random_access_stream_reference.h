/* SPDX-License-Identifier: MIT */
/* RandomAccessStreamReference (Windows.Storage.Streams): something that a stream can be opened
 * from. */
#ifndef WINRT_STORAGE_RANDOM_ACCESS_STREAM_REFERENCE_H
#define WINRT_STORAGE_RANDOM_ACCESS_STREAM_REFERENCE_H

#include <windows.h>
#include <activation.h>

/* Factory of RuntimeClass_Windows_Storage_Streams_RandomAccessStreamReference. */
HRESULT random_access_stream_reference_factory_create(IActivationFactory **out);

#endif
