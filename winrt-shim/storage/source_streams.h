/* SPDX-License-Identifier: MIT */
/* The stream objects over a source. What they are called at run time goes by the source's kind. */
#ifndef WINRT_STORAGE_SOURCE_STREAMS_H
#define WINRT_STORAGE_SOURCE_STREAMS_H

#include <windows.h>
#include <activation.h>
#include <windows.storage.streams.h>

#include "stream_core.h"

/* FileRandomAccessStream or InMemoryRandomAccessStream. Takes a reference of `core`. */
HRESULT source_stream_create(struct stream_core *core, IRandomAccessStream **out);

/* Objects of their own with a position of their own, from `position` on. Each takes a reference of
 * `source`. */
HRESULT source_input_stream_create(struct stream_source *source, UINT64 position,
                                   IInputStream **out);
HRESULT source_output_stream_create(struct stream_source *source, UINT64 position,
                                    IOutputStream **out);

/* Factory of RuntimeClass_Windows_Storage_Streams_InMemoryRandomAccessStream. */
HRESULT in_memory_random_access_stream_factory_create(IActivationFactory **out);

#endif
