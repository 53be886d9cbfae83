/* SPDX-License-Identifier: MIT */
#ifndef WINRT_STORAGE_CLOSE_OBJECT_H
#define WINRT_STORAGE_CLOSE_OBJECT_H

#include <windows.h>
#include <unknwn.h>

/* IClosable.Close of an object that has it; NULL is fine. Its reference stays the caller's. */
void close_object(IUnknown *unknown);

#endif
