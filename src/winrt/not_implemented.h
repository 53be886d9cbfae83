/* SPDX-License-Identifier: MIT */
/*
 * The documented methods that this version does not have yet. Each answers E_NOTIMPL with a text
 * that names it, and zeroes its out parameter first; tests/abi/not-implemented.tsv lists them.
 */
#ifndef WINRT_NOT_IMPLEMENTED_H
#define WINRT_NOT_IMPLEMENTED_H

#include <windows.h>

/* `out` may be a NULL pointer, which is E_POINTER. `method` is Class.Method. */
HRESULT not_implemented(const char *method);
HRESULT not_implemented_pointer(const char *method, void *out);

#endif
