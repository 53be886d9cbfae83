/* SPDX-License-Identifier: MIT */
/* The CostPolicy property (BackgroundTransferCostPolicy Enum): of downloaders, which keep it, and
 * of operations, whose transfer has it. */
#ifndef WINRT_COST_POLICY_H
#define WINRT_COST_POLICY_H

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

#include "src/engine/transfer.h"
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

/* In the engine's terms; false for what is no member of the enumeration. */
bool cost_policy_to_engine(BackgroundTransferCostPolicy policy, enum transfer_cost_policy *ret);
BackgroundTransferCostPolicy cost_policy_from_engine(enum transfer_cost_policy policy);

#endif
