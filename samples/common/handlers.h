/* SPDX-License-Identifier: MIT */
/*
 * Delegates. A handler that one gives to an asynchronous operation is a COM object with one method,
 * Invoke; in C one writes it by hand. These two serve for all: only the type of their arguments
 * differs from one operation to the next, and the interface identifier, which is given here.
 *
 * Handlers are called on threads of the runtime, never on the one that set them (unless the
 * operation has ended already: then put_Completed calls in place).
 */
#ifndef COMMON_HANDLERS_H
#define COMMON_HANDLERS_H

#include "names.h"

typedef void (*completed_function)(void *context, AsyncStatus status);
typedef void (*progress_function)(void *context, IDownloadOperation *operation);

/* New delegates with one reference, for put_Completed and put_Progress; NULL when there is no
   memory. `context` must live until the operation has let go of the handler, which is after
   Completed was called. */
void *completed_handler_create(REFIID iid, completed_function function, void *context);
IDownloadProgressed *progress_handler_create(progress_function function, void *context);

/* The same for an event with a sender and arguments (TypedEventHandler). */
typedef void (*event_function)(void *context, void *sender, void *arguments);
void *event_handler_create(REFIID iid, event_function function, void *context);

#endif
