/* SPDX-License-Identifier: MIT */
/* BackgroundTransferCostPolicy as a table. */
#include "network_policy.h"

/* The most expensive network that a policy takes. */
static const enum network_cost most[] = {
    [TRANSFER_COST_DEFAULT] = NETWORK_COST_METERED,
    [TRANSFER_COST_UNRESTRICTED_ONLY] = NETWORK_COST_UNRESTRICTED,
    [TRANSFER_COST_ALWAYS] = NETWORK_COST_ROAMING,
};

/* What can be asked without any way out: this machine, and its neighbours. That costs nothing,
 * whatever the way out would. */
static bool is_near(const char *host)
{
    static const struct network_state no_way_out = { .online = false };

    return network_state_reaches(&no_way_out, host);
}

bool network_allows_all(const struct network_state *state, enum transfer_cost_policy policy)
{
    return state->online && state->cost <= most[policy];
}

enum network_verdict network_judge(const struct network_state *state,
                                   enum transfer_cost_policy policy, const char *host)
{
    if (!network_state_reaches(state, host))
        return NETWORK_MISSING;
    if (state->cost <= most[policy])
        return NETWORK_ALLOWED;
    return !state->overridden && is_near(host) ? NETWORK_ALLOWED : NETWORK_COSTS;
}
