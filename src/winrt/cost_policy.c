/* SPDX-License-Identifier: MIT */
#include "cost_policy.h"

#include "runtime.h"

static const struct {
    BackgroundTransferCostPolicy policy;
    enum transfer_cost_policy engine;
} policies[] = {
    { BackgroundTransferCostPolicy_Default, TRANSFER_COST_DEFAULT },
    { BackgroundTransferCostPolicy_UnrestrictedOnly, TRANSFER_COST_UNRESTRICTED_ONLY },
    { BackgroundTransferCostPolicy_Always, TRANSFER_COST_ALWAYS },
};

#define COUNT (sizeof(policies) / sizeof(policies[0]))

bool cost_policy_to_engine(BackgroundTransferCostPolicy policy, enum transfer_cost_policy *ret)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (policies[i].policy == policy) {
            *ret = policies[i].engine;
            return true;
        }
    }
    return false;
}

BackgroundTransferCostPolicy cost_policy_from_engine(enum transfer_cost_policy policy)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (policies[i].engine == policy)
            return policies[i].policy;
    }
    return BackgroundTransferCostPolicy_Default;
}

HRESULT cost_policy_get(struct mutex *mutex, const BackgroundTransferCostPolicy *policy,
                        BackgroundTransferCostPolicy *value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = BackgroundTransferCostPolicy_Default;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    mutex_lock(mutex);
    *value = *policy;
    mutex_unlock(mutex);
    return S_OK;
}

HRESULT cost_policy_put(struct mutex *mutex, BackgroundTransferCostPolicy *policy,
                        BackgroundTransferCostPolicy value)
{
    enum transfer_cost_policy engine;
    HRESULT hr;

    if (!cost_policy_to_engine(value, &engine))
        return E_INVALIDARG;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    mutex_lock(mutex);
    *policy = value;
    mutex_unlock(mutex);
    return S_OK;
}
