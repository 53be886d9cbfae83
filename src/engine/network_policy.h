/* SPDX-License-Identifier: MIT */
/* Whether a transfer may use the network as it is. Pure. BackgroundTransferCostPolicy Enum;
 * docs/network.md */
#ifndef WINRT_ENGINE_NETWORK_POLICY_H
#define WINRT_ENGINE_NETWORK_POLICY_H

#include "src/port/network_state.h"
#include "transfer.h"

enum network_verdict {
    NETWORK_ALLOWED,
    NETWORK_MISSING, /* PausedNoNetwork */
    NETWORK_COSTS,   /* PausedCostedNetwork */
};

/* Whether it is NETWORK_ALLOWED for every host. */
bool network_allows_all(const struct network_state *state, enum transfer_cost_policy policy);

enum network_verdict network_judge(const struct network_state *state,
                                   enum transfer_cost_policy policy, const char *host);

#endif
