/* SPDX-License-Identifier: MIT */
/* UnconstrainedTransferRequestResult Class (Windows.Networking.BackgroundTransfer). */
#ifndef WINRT_UNCONSTRAINED_RESULT_H
#define WINRT_UNCONSTRAINED_RESULT_H

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

/* What RequestUnconstrainedDownloadsAsync answers: an operation that is complete already, with a
 * result that says yes. Nothing constrains transfers here. E_OUTOFMEMORY. */
HRESULT unconstrained_result_start(IAsyncOperation_UnconstrainedTransferRequestResult **out);

#endif
