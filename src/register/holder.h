/* SPDX-License-Identifier: MIT */
/* To whom a class is registered, as seen from the component that has it. */
#ifndef WINRT_REGISTER_HOLDER_H
#define WINRT_REGISTER_HOLDER_H

#include "component.h"

enum holder {
    HOLDER_NOBODY,
    HOLDER_THIS,  /* this very DLL, or one of its name, wherever a program finds it */
    HOLDER_GONE,  /* a DLL of the same name that is not there: this one was moved, or put elsewhere
                   */
    HOLDER_OTHER, /* somebody else: the system, another program, another copy of this DLL */
};

/* `dll` is what the registry names, or NULL; the caller frees it with memory_free. */
HRESULT holder_find(const struct component *component, const WCHAR *class_name, enum holder *holder,
                    WCHAR **dll);

#endif
