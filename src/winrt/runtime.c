/* SPDX-License-Identifier: MIT */
#include "runtime.h"

#include <stdatomic.h>

#include <objbase.h>
#include <roapi.h>

#include "src/engine/transfer.h"
#include "src/port/memory.h"
#include "src/port/paths.h"
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
   loaded where that is missing. NULL: there is no such identity. Without memory nobody can say:
   another identity would be another app. */
static HRESULT explicit_app_id(char **ret)
{
    typedef HRESULT(WINAPI * get_id)(PWSTR *);
    HMODULE shell = LoadLibraryExW(u"shell32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    size_t length = 0;
    WCHAR *wide;
    get_id get;
    HRESULT hr;

    *ret = NULL;
    if (!shell)
        return GetLastError() == ERROR_NOT_ENOUGH_MEMORY ? E_OUTOFMEMORY : S_OK;
    get = (get_id)(void (*)(void))GetProcAddress(shell, "GetCurrentProcessExplicitAppUserModelID");
    if (!get)
        return S_OK;
    hr = get(&wide);
    if (FAILED(hr))
        return hr == E_OUTOFMEMORY ? hr : S_OK;
    while (wide[length])
        length++;
    hr = hresult_from_status(text_utf8_from_utf16_lossy(wide, length, ret, NULL));
    CoTaskMemFree(wide);
    return hr;
}

HRESULT runtime_open_transfers(void)
{
    static atomic_bool opened;
    enum port_status status;
    HRESULT hr = runtime_check();
    char *id;

    if (FAILED(hr) || atomic_load(&opened))
        return hr;
    hr = explicit_app_id(&id);
    if (FAILED(hr))
        return hr;
    status = transfers_open(id);
    memory_free(id);
    if (status)
        return error_originate(hresult_from_status(status), "The app's transfers cannot be opened");
    atomic_store(&opened, true);
    return S_OK;
}

HRESULT runtime_store_error(enum port_status status, const char *what)
{
    HRESULT hr = hresult_from_status(status);
    const char *folder = status == PORT_DENIED ? transfers_folder() : NULL;
    char *path = folder ? path_to_native(folder) : NULL;

    if (path)
        error_originate(hr,
                        "%s: \"%s\" and what is in it must be this user's own, no link, without "
                        "access for others (chmod -R go= takes that away), and in folders where "
                        "nobody else can replace it",
                        what, path);
    else
        error_originate(hr, "%s", what);
    memory_free(path);
    return hr;
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
        return runtime_store_error(status, "The transfer cannot be started");
    }
}
