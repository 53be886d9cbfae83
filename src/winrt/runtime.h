/* SPDX-License-Identifier: MIT */
/*
 * The one thing this component has once a process: the pool on which the clients' handlers run.
 * docs/threading.md
 */
#ifndef WINRT_RUNTIME_H
#define WINRT_RUNTIME_H

#include <stdbool.h>

#include <windows.h>

#include "src/port/pool.h"

/*
 * The pool, made and given its first thread when first asked for, so that strand_submit can rely on
 * it afterwards. E_OUTOFMEMORY, or what hresult_from_status makes of a system without threads. Any
 * thread.
 */
HRESULT runtime_get_handler_pool(struct pool **ret);

/*
 * S_OK where transfers can be made. HRESULT_IN_FORKED_CHILD in a child process that fork made: the
 * threads of the engine and of the handlers stayed in the parent, and locks may be held for ever.
 * Call it before taking any lock.
 */
HRESULT runtime_check(void);

/*
 * runtime_check, and tells the engine once which app this is: before the first transfer is created
 * and before any is listed. The explicit AppUserModelID that the process has then counts, so that a
 * program may set it after this component was loaded.
 */
HRESULT runtime_open_transfers(void);

/* `what` has failed for that reason, which came from the app's store. A store that is refused since
 * others can get at it is named in the text, with what to do. */
HRESULT runtime_store_error(enum port_status status, const char *what);

/* What a call answers when the engine could not take a transfer (transfer_create, transfer_start).
 */
HRESULT runtime_engine_error(enum port_status status);

#endif
