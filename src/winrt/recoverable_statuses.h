/* SPDX-License-Identifier: MIT */
/*
 * DownloadOperation.RecoverableWebErrorStatuses: a vector whose content the engine always has, so
 * that a transfer that meets one of these errors waits instead of failing.
 */
#ifndef WINRT_RECOVERABLE_STATUSES_H
#define WINRT_RECOVERABLE_STATUSES_H

#include "download_operation.h"

/* The operation's one vector. E_OUTOFMEMORY. */
HRESULT recoverable_statuses_get(struct download_operation *operation,
                                 IVector_WebErrorStatus **value);

/* The engine keeps the numbers across processes, but has to be told anew which errors they stand
   for. Before a restored transfer goes on. */
HRESULT recoverable_statuses_restore(struct download_operation *operation);

#endif
