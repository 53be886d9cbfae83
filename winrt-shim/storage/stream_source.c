/* SPDX-License-Identifier: MIT */
#include "stream_source.h"

struct stream_source *stream_source_addref(struct stream_source *source)
{
    InterlockedIncrement(&source->ref);
    return source;
}

void stream_source_release(struct stream_source *source)
{
    if (source && InterlockedDecrement(&source->ref) == 0)
        source->ops->destroy(source);
}
