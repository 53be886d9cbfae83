/* SPDX-License-Identifier: MIT */
/* Whether this is still the process that started the runtime. */
#ifndef WINRT_PORT_PROCESS_H
#define WINRT_PORT_PROCESS_H

#include <stdbool.h>

/*
 * Begins to watch for fork, once; call it before the first thread is started. A forked child has
 * none of its parent's threads, so that every wait on them would last for ever.
 */
void process_watch_fork(void);

/* True in a process that was forked after process_watch_fork. Any thread. */
bool process_is_forked_child(void);

#endif
