/* SPDX-License-Identifier: MIT */
#include "stream_core.h"

#include <roerrorapi.h>

#include "src/port/memory.h"

struct stream_core *stream_core_create(struct stream_source *source, bool can_read, bool can_write,
                                       UINT64 position)
{
    struct stream_core *core = memory_zalloc(sizeof(*core));

    if (!core)
        return NULL;
    core->ref = 1;
    core->can_read = can_read;
    core->can_write = can_write;
    core->source = stream_source_addref(source);
    core->position = position;
    mutex_init(&core->mutex);
    turns_init(&core->turns);
    return core;
}

struct stream_core *stream_core_addref(struct stream_core *core)
{
    InterlockedIncrement(&core->ref);
    return core;
}

void stream_core_release(struct stream_core *core)
{
    if (!core || InterlockedDecrement(&core->ref))
        return;
    stream_source_release(core->source);
    turns_destroy(&core->turns);
    mutex_destroy(&core->mutex);
    memory_free(core);
}

HRESULT stream_core_source(struct stream_core *core, struct stream_source **out)
{
    mutex_lock(&core->mutex);
    *out = core->source ? stream_source_addref(core->source) : NULL;
    mutex_unlock(&core->mutex);
    return *out ? S_OK : RO_E_CLOSED;
}

HRESULT stream_core_close(struct stream_core *core)
{
    struct stream_source *source;

    mutex_lock(&core->mutex);
    source = core->source;
    core->source = NULL;
    mutex_unlock(&core->mutex);
    stream_source_release(source);
    return S_OK;
}
