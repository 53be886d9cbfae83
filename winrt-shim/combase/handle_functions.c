/* SPDX-License-Identifier: MIT */
/* Closing and duplicating handles (handleapi.h). Any thread. */
#include "winrt-shim/combase/handles.h"

static bool is_pseudo_handle(HANDLE handle)
{
    return handle == GetCurrentProcess() || handle == GetCurrentThread();
}

/* CloseHandle: FALSE and ERROR_INVALID_HANDLE for what is no handle. Waits that use the object go
 * on. */
BOOL WINAPI CloseHandle(HANDLE handle)
{
    bool closed = is_pseudo_handle(handle);

    if (!closed) {
        closed = handle_close(runtime_lock(), handle);
        runtime_unlock();
    }
    if (!closed)
        SetLastError(ERROR_INVALID_HANDLE);
    return closed;
}

/*
 * DuplicateHandle: inside this process alone, so both process handles must be GetCurrentProcess().
 * Access rights and inheritance have no meaning here. `out` may be NULL with
 * DUPLICATE_CLOSE_SOURCE. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NOT_ENOUGH_MEMORY.
 */
BOOL WINAPI DuplicateHandle(HANDLE source_process, HANDLE source, HANDLE target_process,
                            HANDLE *out, DWORD access, BOOL inherit, DWORD options)
{
    const DWORD known = DUPLICATE_CLOSE_SOURCE | DUPLICATE_SAME_ACCESS;
    DWORD error = ERROR_SUCCESS;
    struct waitable *object;
    struct runtime *runtime;

    (void)access, (void)inherit;
    if (out)
        *out = NULL;
    if (options & ~known || (!out && !(options & DUPLICATE_CLOSE_SOURCE))) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    runtime = runtime_lock();
    object = handle_find(runtime, source);
    if (source_process != GetCurrentProcess() || target_process != GetCurrentProcess() || !object)
        error = ERROR_INVALID_HANDLE;
    else if (out && !(*out = handle_create(runtime, object)))
        error = ERROR_NOT_ENOUGH_MEMORY;
    if (object && options & DUPLICATE_CLOSE_SOURCE)
        handle_close(runtime, source);
    runtime_unlock();
    if (error)
        SetLastError(error);
    return !error;
}
