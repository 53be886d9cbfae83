/* SPDX-License-Identifier: MIT */
#include "runtime.h"

#include <roapi.h>

#include "src/port/process.h"
#include "winrt-shim/base/error.h"

#define HRESULT_SHUTDOWN __HRESULT_FROM_WIN32(ERROR_SHUTDOWN_IN_PROGRESS)

static struct runtime {
    struct mutex mutex;
    struct pool *handlers; /* lives as long as the process */
} runtime = { .mutex = MUTEX_INITIALIZER };

/* Handlers are client code that may use COM; the threads are members of the multithreaded
   apartment, as those that Windows calls handlers on. */
static void handler_thread_enter(void)
{
    RoInitialize(RO_INIT_MULTITHREADED);
}

static void handler_thread_leave(void)
{
    RoUninitialize();
}

HRESULT runtime_get_handler_pool(struct pool **ret)
{
    enum port_status status = PORT_OK;

    *ret = NULL;
    process_watch_fork();
    mutex_lock(&runtime.mutex);
    if (!runtime.handlers)
        status = pool_create("winrt-handler", handler_thread_enter, handler_thread_leave,
                             &runtime.handlers);
    if (!status)
        status = pool_prepare(runtime.handlers);
    if (!status)
        *ret = runtime.handlers;
    mutex_unlock(&runtime.mutex);
    if (status)
        return error_originate(hresult_from_status(status), "No thread for handlers can be made");
    return S_OK;
}

HRESULT runtime_check(void)
{
    if (process_is_forked_child())
        return error_originate(HRESULT_IN_FORKED_CHILD,
                               "Background transfers belong to the process that fork copied");
    return S_OK;
}

HRESULT runtime_engine_error(enum port_status status)
{
    switch (status) {
    case PORT_INVALID:
        return error_originate(E_INVALIDARG,
                               "The Uri or the Method cannot be used for an HTTP request");
    case PORT_EXISTS:
        return error_originate(E_ILLEGAL_METHOD_CALL, "The transfer has been started before");
    case PORT_NOT_SUPPORTED:
        return error_originate(HRESULT_SHUTDOWN, "The process is ending");
    default:
        return error_originate(hresult_from_status(status), "The transfer cannot be started");
    }
}
