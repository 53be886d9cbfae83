/* SPDX-License-Identifier: MIT */
#include "cost_policy.h"

#include "runtime.h"

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
    HRESULT hr;

    if ((unsigned)value > BackgroundTransferCostPolicy_Always)
        return E_INVALIDARG;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    mutex_lock(mutex);
    *policy = value;
    mutex_unlock(mutex);
    return S_OK;
}
