/* SPDX-License-Identifier: MIT */
#include "not_implemented.h"

#include "winrt-shim/base/error.h"

HRESULT not_implemented(const char *method)
{
    return error_originate(E_NOTIMPL, "%s is not implemented in this version", method);
}

HRESULT not_implemented_pointer(const char *method, void *out)
{
    if (!out)
        return E_POINTER;
    *(void **)out = NULL;
    return not_implemented(method);
}
