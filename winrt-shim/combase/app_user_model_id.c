/* SPDX-License-Identifier: MIT */
/*
 * The process's explicit application user model ID (shobjidl_core.h). It names the app whose
 * transfers these are, so it is to be set before the first one. Any thread.
 */
#include <windows.h>
#include <objbase.h>
#include <shobjidl_core.h>

#include <stddef.h>
#include <string.h>

#include "src/port/memory.h"
#include "winrt-shim/combase/runtime.h"

#define MAX_LENGTH 128 /* characters */

/* SetCurrentProcessExplicitAppUserModelID: at most 128 characters, no spaces, else E_INVALIDARG.
 * E_OUTOFMEMORY. */
HRESULT WINAPI SetCurrentProcessExplicitAppUserModelID(PCWSTR app_id)
{
    struct runtime *runtime;
    size_t length = 0;
    WCHAR *copy, *old;

    if (!app_id)
        return E_INVALIDARG;
    while (app_id[length] && app_id[length] != ' ' && length < MAX_LENGTH)
        length++;
    if (!length || app_id[length])
        return E_INVALIDARG;
    if (!(copy = memory_dup(app_id, (length + 1) * sizeof(*copy))))
        return E_OUTOFMEMORY;
    runtime = runtime_lock();
    old = runtime->app_user_model_id;
    runtime->app_user_model_id = copy;
    runtime_unlock();
    memory_free(old);
    return S_OK;
}

/*
 * GetCurrentProcessExplicitAppUserModelID: the caller frees it with CoTaskMemFree. E_FAIL if none
 * was set, E_POINTER.
 */
HRESULT WINAPI GetCurrentProcessExplicitAppUserModelID(PWSTR *app_id)
{
    const size_t size = (MAX_LENGTH + 1) * sizeof(WCHAR);
    struct runtime *runtime;
    HRESULT hr = E_FAIL;

    if (!app_id)
        return E_POINTER;
    if (!(*app_id = CoTaskMemAlloc(size)))
        return E_OUTOFMEMORY;
    runtime = runtime_lock();
    if (runtime->app_user_model_id) {
        memcpy(*app_id, runtime->app_user_model_id,
               (lstrlenW(runtime->app_user_model_id) + 1) * sizeof(WCHAR));
        hr = S_OK;
    }
    runtime_unlock();
    if (FAILED(hr)) {
        CoTaskMemFree(*app_id);
        *app_id = NULL;
    }
    return hr;
}
