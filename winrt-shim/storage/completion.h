/* SPDX-License-Identifier: MIT */
/* A completed handler to wait on, of any instantiation: they differ in their identifier alone. */
#ifndef WINRT_STORAGE_COMPLETION_H
#define WINRT_STORAGE_COMPLETION_H

#include <windows.h>
#include <asyncinfo.h>

struct completion;

/* `iid`, which lives for ever, is what QueryInterface answers besides IUnknown and those of agile
   objects. NULL when there is no memory. */
struct completion *completion_create(const GUID *iid);
void completion_release(struct completion *completion);

/* What put_Completed takes; no reference is added. */
void *completion_handler(struct completion *completion);

/* Blocks until the handler was called; the status it was called with. */
AsyncStatus completion_wait(struct completion *completion);

#endif
