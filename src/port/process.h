/* SPDX-License-Identifier: MIT */
/* Whether this is still the process that started the runtime, and how it ends. */
#ifndef WINRT_PORT_PROCESS_H
#define WINRT_PORT_PROCESS_H

#include <stdbool.h>

#include "status.h"

/*
 * Begins to watch for fork, once; call it before the first thread is started. A forked child has
 * none of its parent's threads, so that every wait on them would last for ever.
 */
void process_watch_fork(void);

/* True in a process that was forked after process_watch_fork. Any thread. */
bool process_is_forked_child(void);

/*
 * Has `run` called when the process ends, while the other threads still run, so that it can make
 * them stop; before what was registered before. Where the system ends those threads first there is
 * nothing to stop and nobody to wait for: on Windows `run` is never called. PORT_NO_MEMORY
 */
enum port_status process_at_exit(void (*run)(void));

#endif
