/* SPDX-License-Identifier: MIT */
/*
 * IRandomAccessStreamWithContentType (Windows.Storage.Streams), what OpenReadAsync of a file or a
 * stream reference gives: any stream with a content type beside it. Depends on base and the
 * interfaces alone.
 */
#ifndef WINRT_STORAGE_RANDOM_ACCESS_STREAM_WITH_CONTENT_TYPE_H
#define WINRT_STORAGE_RANDOM_ACCESS_STREAM_WITH_CONTENT_TYPE_H

#include <windows.h>
#include <windows.storage.streams.h>

/*
 * Wraps `stream`, of which it takes a reference, and answers ContentType with a copy of
 * `content_type` (NULL is the empty string). All else is passed on, so closing either closes the
 * one stream. E_POINTER, E_OUTOFMEMORY.
 */
HRESULT random_access_stream_with_content_type_create(IRandomAccessStream *stream,
                                                      HSTRING content_type,
                                                      IRandomAccessStreamWithContentType **out);

#endif
