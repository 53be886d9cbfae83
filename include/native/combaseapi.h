/* SPDX-License-Identifier: MIT */
/* Stands before Wine's combaseapi.h on the include path, and adds what it lacks. */
#ifndef WINRT_INCLUDE_COMBASEAPI_H
#define WINRT_INCLUDE_COMBASEAPI_H

#include_next <combaseapi.h>

/*
 * IID_PPV_ARGS(pp) stands for two arguments, an interface's identifier and where its pointer goes:
 * object->QueryInterface(IID_PPV_ARGS(&uri)). *pp points to an interface, which the compiler
 * checks. ("IID_PPV_ARGS macro (combaseapi.h)")
 */
#if defined(__cplusplus) && !defined(IID_PPV_ARGS)
extern "C++" {
template <typename T> void **IID_PPV_ARGS_Helper(T **pp)
{
    static_cast<void>(static_cast<IUnknown *>(*pp));
    return reinterpret_cast<void **>(pp);
}
}
#define IID_PPV_ARGS(pp) __uuidof(**(pp)), IID_PPV_ARGS_Helper(pp)
#endif

#endif
