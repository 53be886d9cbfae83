/* SPDX-License-Identifier: MIT */
#ifndef WINRT_COMBASE_WAIT_H
#define WINRT_COMBASE_WAIT_H

#include "winrt-shim/combase/handles.h"

/* Signals the object and ends the waits that this satisfies, in the order they began. Under the
 * runtime's lock. */
void waitable_signal(struct waitable *object);

#endif
