/* SPDX-License-Identifier: MIT */
/* The app's store, which the engine and its groups share. */
#ifndef WINRT_ENGINE_ENGINE_STORE_H
#define WINRT_ENGINE_ENGINE_STORE_H

#include "src/store/store.h"

/* Opened by transfers_open, or by the first that asks, without an explicit identity then. NULL if
 * it cannot be (out of memory, no folder for state): *ret_status, which may be NULL, says why. Any
 * thread. */
struct store *engine_store(enum port_status *ret_status);

#endif
