/* SPDX-License-Identifier: MIT */
/*
 * DownloadOperation.RangesDownloaded: tells the app which bytes have arrived since it was last
 * told. One event at a time: the next one is raised when the handlers of the one before have
 * returned and all of its deferrals are completed; what arrives until then becomes part of it
 * (BackgroundTransferRangesDownloadedEventArgs.GetDeferral). docs/random-access.md
 */
#ifndef WINRT_DOWNLOAD_RANGES_H
#define WINRT_DOWNLOAD_RANGES_H

#include <stdbool.h>

#include "download_operation.h"

typedef ITypedEventHandler_DownloadOperation_BackgroundTransferRangesDownloadedEventArgs
    RangesDownloadedHandler;

struct download_ranges;

/* The operation's, made when it is first asked for; lives as long as the operation at least.
 * E_OUTOFMEMORY. */
HRESULT download_ranges_get(struct download_operation *operation, struct download_ranges **ret);

/* The event's add and remove functions. A token that there is not is no error. */
HRESULT download_ranges_add(struct download_ranges *ranges, RangesDownloadedHandler *handler,
                            EventRegistrationToken *token);
void download_ranges_remove(struct download_ranges *ranges, EventRegistrationToken token);

/* More may have arrived: an event is raised soon, if there is anything to tell and anybody to tell
 * it to. Any thread. */
void download_ranges_notify(struct download_ranges *ranges);

/* The transfer has ended: raises the last event now, unless one is still open, which is followed by
 * that. On the operation's strand. */
void download_ranges_finish(struct download_ranges *ranges);

/* The operation goes. NULL is fine. */
void download_ranges_free(struct download_ranges *ranges);

/* For the arguments of event number `serial` and their deferrals (ranges_downloaded_args.c). */
void download_ranges_addref(struct download_ranges *ranges);
void download_ranges_release(struct download_ranges *ranges);

/* The event stays open until download_ranges_let_go. False if it is over. */
bool download_ranges_hold(struct download_ranges *ranges, UINT64 serial);
void download_ranges_let_go(struct download_ranges *ranges);

#endif
