/* SPDX-License-Identifier: MIT */
/*
 * Apartments. All objects here are agile and calls are never carried from thread to thread, so an
 * apartment is no more than what a thread said about itself; but callers find the documented
 * answers. Sources: RoInitialize, CoInitializeEx, CoIncrementMTAUsage.
 */
#include "winrt-shim/combase/apartment.h"

#include <objbase.h>
#include <roapi.h>

#include "winrt-shim/combase/error_info.h"
#include "winrt-shim/combase/runtime.h"

#define KNOWN_FLAGS                                                             \
    (COINIT_APARTMENTTHREADED | COINIT_MULTITHREADED | COINIT_DISABLE_OLE1DDE | \
     COINIT_SPEED_OVER_MEMORY)

static const char mta_cookie; /* only its address counts */

static void add_mta_user(void)
{
    runtime_lock()->mta_users++;
    runtime_unlock();
}

static void drop_mta_user(void)
{
    runtime_lock()->mta_users--;
    runtime_unlock();
}

/* S_OK the first time, S_FALSE after that, RPC_E_CHANGED_MODE if the thread is of
 * the other kind. */
static HRESULT enter(bool multithreaded)
{
    struct thread_state *thread = thread_state_get();

    if (runtime_is_dead_after_fork())
        return RUNTIME_DEAD_ERROR;
    if (thread->init_count && thread->multithreaded != multithreaded)
        return RPC_E_CHANGED_MODE;
    if (thread->init_count++)
        return S_FALSE;
    thread->multithreaded = multithreaded;
    if (multithreaded)
        add_mta_user();
    return S_OK;
}

static void leave(void)
{
    struct thread_state *thread = thread_state_get();

    if (!thread->init_count || --thread->init_count)
        return;
    if (thread->multithreaded)
        drop_mta_user();
    error_info_set(thread, NULL);
}

void apartment_leave_all(struct thread_state *thread)
{
    if (thread->init_count && thread->multithreaded)
        drop_mta_user();
    thread->init_count = 0;
}

HRESULT apartment_check(void)
{
    unsigned mta_users;

    if (thread_state_get()->init_count)
        return S_OK;
    mta_users = runtime_lock()->mta_users;
    runtime_unlock();
    return mta_users ? S_OK : CO_E_NOTINITIALIZED;
}

/*
 * RoInitialize: S_OK, S_FALSE if the thread has called it before, RPC_E_CHANGED_MODE if it is in
 * the other kind of apartment, E_INVALIDARG, RPC_E_DISCONNECTED in a forked child.
 */
HRESULT WINAPI RoInitialize(RO_INIT_TYPE type)
{
    switch (type) {
    case RO_INIT_SINGLETHREADED:
        return enter(false);
    case RO_INIT_MULTITHREADED:
        return enter(true);
    }
    return E_INVALIDARG;
}

/* RoUninitialize: takes one successful RoInitialize back. Components and their threads stay. */
void WINAPI RoUninitialize(void)
{
    leave();
}

/* CoInitializeEx: as RoInitialize, and counted with it. E_INVALIDARG for `reserved` or unknown
 * flags. */
HRESULT WINAPI CoInitializeEx(LPVOID reserved, DWORD flags)
{
    if (reserved || flags & ~KNOWN_FLAGS)
        return E_INVALIDARG;
    return enter(!(flags & COINIT_APARTMENTTHREADED));
}

/* CoInitialize */
HRESULT WINAPI CoInitialize(LPVOID reserved)
{
    return CoInitializeEx(reserved, COINIT_APARTMENTTHREADED);
}

/* CoUninitialize */
void WINAPI CoUninitialize(void)
{
    leave();
}

/* CoIncrementMTAUsage: keeps the multithreaded apartment, with or without threads. E_INVALIDARG for
 * NULL. */
HRESULT WINAPI CoIncrementMTAUsage(CO_MTA_USAGE_COOKIE *cookie)
{
    struct runtime *runtime;

    if (!cookie)
        return E_INVALIDARG;
    *cookie = NULL;
    if (runtime_is_dead_after_fork())
        return RUNTIME_DEAD_ERROR;
    runtime = runtime_lock();
    runtime->mta_users++;
    runtime->mta_cookies++;
    runtime_unlock();
    *cookie = (CO_MTA_USAGE_COOKIE)&mta_cookie;
    return S_OK;
}

/* CoDecrementMTAUsage: E_INVALIDARG for a cookie that none is out of. */
HRESULT WINAPI CoDecrementMTAUsage(CO_MTA_USAGE_COOKIE cookie)
{
    struct runtime *runtime;
    HRESULT hr = E_INVALIDARG;

    runtime = runtime_lock();
    if (cookie == (CO_MTA_USAGE_COOKIE)(&mta_cookie) && runtime->mta_cookies) {
        runtime->mta_cookies--;
        runtime->mta_users--;
        hr = S_OK;
    }
    runtime_unlock();
    return hr;
}
