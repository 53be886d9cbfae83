/* SPDX-License-Identifier: MIT */
/* What holds for all transfers of the process: docs/speed-limits.md, docs/ranges.md */
#include "limits.h"
#include "runtime.h"
#include "src/port/process.h"
#include "src/port/system.h"

enum port_status engine_read_limits(struct engine *engine)
{
    uint64_t speed, connections;
    enum port_status status;

    if (engine->limits_read)
        return PORT_OK;
    status = system_environment_number("WINRT_MAX_BYTES_PER_SECOND", 1, UINT64_MAX, 0, &speed);
    if (!status)
        status = system_environment_number("WINRT_MAX_CONNECTIONS", 1, LIMIT_CONNECTIONS_MOST,
                                           LIMIT_CONNECTIONS, &connections);
    if (status)
        return status;
    speed_limit_set(&engine->speed, speed);
    engine->stated_connections = (unsigned)connections;
    atomic_store(&engine->connections, engine->stated_connections);
    engine->limits_read = true;
    return PORT_OK;
}

/* Takes the lock, unless it fails. */
static enum port_status begin(struct engine *engine)
{
    enum port_status status;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&engine->mutex);
    status = engine_read_limits(engine);
    if (status)
        mutex_unlock(&engine->mutex);
    return status;
}

enum port_status transfers_get_speed_limit(uint64_t *ret)
{
    struct engine *engine = engine_get();
    enum port_status status = begin(engine);

    *ret = 0;
    if (status)
        return status;
    *ret = speed_limit_get(&engine->speed);
    mutex_unlock(&engine->mutex);
    return PORT_OK;
}

enum port_status transfers_set_speed_limit(uint64_t bytes_per_second)
{
    struct engine *engine = engine_get();
    enum port_status status = begin(engine);

    if (status)
        return status;
    speed_limit_set(&engine->speed, bytes_per_second);
    mutex_unlock(&engine->mutex);
    engine_limits_changed();
    return PORT_OK;
}

enum port_status transfers_get_connection_limit(unsigned *ret)
{
    struct engine *engine = engine_get();
    enum port_status status = begin(engine);

    *ret = 0;
    if (status)
        return status;
    *ret = atomic_load(&engine->connections);
    mutex_unlock(&engine->mutex);
    return PORT_OK;
}

enum port_status transfers_set_connection_limit(unsigned connections)
{
    struct engine *engine = engine_get();
    enum port_status status;

    if (connections > LIMIT_CONNECTIONS_MOST)
        return PORT_INVALID;
    status = begin(engine);
    if (status)
        return status;
    atomic_store(&engine->connections, connections ? connections : engine->stated_connections);
    mutex_unlock(&engine->mutex);
    engine_limits_changed();
    return PORT_OK;
}
