/* SPDX-License-Identifier: MIT */
/*
 * The engine: one thread a process that owns the curl multi handle and all running transfers.
 * Started by the first transfer_start; stopped at exit by an atexit handler that was registered
 * after curl_global_init. docs/engine.md
 */
#ifndef WINRT_ENGINE_ENGINE_H
#define WINRT_ENGINE_ENGINE_H

#include <stdbool.h>

/* Whether the engine's thread was ever started: then the library must stay loaded. */
bool engine_is_running(void);

/*
 * Ends all transfers with TRANSFER_ERROR_SHUTDOWN and no events, and waits at most one second for
 * the thread to have let go of curl. Never joins. Called by exit; for tests too. From then on
 * transfer_start answers PORT_NOT_SUPPORTED.
 */
void engine_stop(void);

#endif
