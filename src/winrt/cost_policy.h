/* SPDX-License-Identifier: MIT */
/* The CostPolicy property, which downloaders and operations have alike
 * (BackgroundTransferCostPolicy Enum). */
#ifndef WINRT_COST_POLICY_H
#define WINRT_COST_POLICY_H

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

#include "src/port/threads.h"

/*
 * `mutex` guards `policy`; it is not held by the caller. E_POINTER for a NULL value,
 * RPC_E_DISCONNECTED in a forked child.
 */
HRESULT cost_policy_get(struct mutex *mutex, const BackgroundTransferCostPolicy *policy,
                        BackgroundTransferCostPolicy *value);

/* E_INVALIDARG for what is no member of the enumeration; else as above. */
HRESULT cost_policy_put(struct mutex *mutex, BackgroundTransferCostPolicy *policy,
                        BackgroundTransferCostPolicy value);

#endif
