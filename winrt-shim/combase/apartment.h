/* SPDX-License-Identifier: MIT */
#ifndef WINRT_COMBASE_APARTMENT_H
#define WINRT_COMBASE_APARTMENT_H

#include "winrt-shim/combase/thread_state.h"

/*
 * S_OK if the calling thread may activate classes: it is in an apartment, or the process has a
 * multithreaded one, which every other thread then belongs to. CO_E_NOTINITIALIZED otherwise.
 */
HRESULT apartment_check(void);

/* At the end of a thread: drops what is left of its calls. */
void apartment_leave_all(struct thread_state *thread);

#endif
