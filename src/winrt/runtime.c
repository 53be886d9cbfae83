/* SPDX-License-Identifier: MIT */
#include "runtime.h"

#include <stdatomic.h>

#include <objbase.h>
#include <roapi.h>

#include "src/engine/transfer.h"
#include "src/port/memory.h"
#include "src/port/process.h"
#include "src/port/text.h"
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

/* The function is in a library that this one does not link, so that it is no reason for not being
   loaded where that is missing. */
static char *explicit_app_id(void)
{
    typedef HRESULT(WINAPI * get_id)(PWSTR *);
    HMODULE shell = LoadLibraryExW(u"shell32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    get_id get =
        shell ? (get_id)(void (*)(void))GetProcAddress(shell,
                                                       "GetCurrentProcessExplicitAppUserModelID")
              : NULL;
    size_t length = 0;
    char *id = NULL;
    WCHAR *wide;

    if (!get || FAILED(get(&wide)))
        return NULL;
    while (wide[length])
        length++;
    if (text_utf8_from_utf16_lossy(wide, length, &id, NULL))
        id = NULL;
    CoTaskMemFree(wide);
    return id;
}

HRESULT runtime_open_transfers(void)
{
    static atomic_bool opened;
    enum port_status status;
    HRESULT hr = runtime_check();
    char *id;

    if (FAILED(hr) || atomic_load(&opened))
        return hr;
    id = explicit_app_id();
    status = transfers_open(id);
    memory_free(id);
    if (status)
        return error_originate(hresult_from_status(status), "The app's transfers cannot be opened");
    atomic_store(&opened, true);
    return S_OK;
}

HRESULT runtime_engine_error(enum port_status status)
{
    switch (status) {
    case PORT_INVALID:
        return error_originate(E_INVALIDARG,
                               "The Uri or the Method cannot be used for an HTTP request");
    case PORT_WRONG_STATE:
        return error_originate(E_ILLEGAL_METHOD_CALL, "The transfer has been started before");
    case PORT_NOT_SUPPORTED:
        return error_originate(HRESULT_SHUTDOWN, "The process is ending");
    default:
        return error_originate(hresult_from_status(status), "The transfer cannot be started");
    }
}
