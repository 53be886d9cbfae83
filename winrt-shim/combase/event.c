/* SPDX-License-Identifier: MIT */
/*
 * Events (synchapi.h). They live inside this process, so a name, by which others could open them,
 * is refused with ERROR_NOT_SUPPORTED. Security attributes have no meaning. Any thread.
 */
#include "winrt-shim/combase/handles.h"
#include "winrt-shim/combase/wait.h"

#define KNOWN_FLAGS (CREATE_EVENT_MANUAL_RESET | CREATE_EVENT_INITIAL_SET)

static HANDLE create_event(DWORD flags, bool named)
{
    DWORD error = ERROR_NOT_ENOUGH_MEMORY;
    struct runtime *runtime;
    struct waitable *object;
    HANDLE handle = NULL;

    if (flags & ~KNOWN_FLAGS) {
        error = ERROR_INVALID_PARAMETER;
    } else if (named) {
        error = ERROR_NOT_SUPPORTED;
    } else if ((object = waitable_create(flags & CREATE_EVENT_MANUAL_RESET,
                                         flags & CREATE_EVENT_INITIAL_SET))) {
        runtime = runtime_lock();
        handle = handle_create(runtime, object);
        waitable_release(object);
        runtime_unlock();
    }
    SetLastError(handle ? ERROR_SUCCESS : error);
    return handle;
}

static DWORD get_flags(BOOL manual_reset, BOOL initial_state)
{
    return (manual_reset ? CREATE_EVENT_MANUAL_RESET : 0) |
           (initial_state ? CREATE_EVENT_INITIAL_SET : 0);
}

/* CreateEvent: NULL on failure. The caller closes the handle. */
HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES attributes, BOOL manual_reset, BOOL initial_state,
                           LPCSTR name)
{
    (void)attributes;
    return create_event(get_flags(manual_reset, initial_state), name);
}

/* CreateEvent */
HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES attributes, BOOL manual_reset, BOOL initial_state,
                           LPCWSTR name)
{
    (void)attributes;
    return create_event(get_flags(manual_reset, initial_state), name);
}

/* CreateEventEx: ERROR_INVALID_PARAMETER for unknown flags. */
HANDLE WINAPI CreateEventExA(LPSECURITY_ATTRIBUTES attributes, LPCSTR name, DWORD flags,
                             DWORD access)
{
    (void)attributes, (void)access;
    return create_event(flags, name);
}

/* CreateEventEx */
HANDLE WINAPI CreateEventExW(LPSECURITY_ATTRIBUTES attributes, LPCWSTR name, DWORD flags,
                             DWORD access)
{
    (void)attributes, (void)access;
    return create_event(flags, name);
}

static BOOL set_state(HANDLE handle, bool signaled)
{
    struct waitable *object = handle_find(runtime_lock(), handle);

    if (object && signaled)
        waitable_signal(object);
    else if (object)
        object->signaled = false;
    runtime_unlock();
    if (!object)
        SetLastError(ERROR_INVALID_HANDLE);
    return object != NULL;
}

/* SetEvent: FALSE and ERROR_INVALID_HANDLE for what is no handle. */
BOOL WINAPI SetEvent(HANDLE event)
{
    return set_state(event, true);
}

/* ResetEvent */
BOOL WINAPI ResetEvent(HANDLE event)
{
    return set_state(event, false);
}
