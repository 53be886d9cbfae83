/* SPDX-License-Identifier: MIT */
#include "close_object.h"

#include <windows.foundation.h>

void close_object(IUnknown *unknown)
{
    IClosable *closable;

    if (!unknown || FAILED(IUnknown_QueryInterface(unknown, &IID_IClosable, (void **)&closable)))
        return;
    IClosable_Close(closable);
    IClosable_Release(closable);
}
