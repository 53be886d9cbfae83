/* SPDX-License-Identifier: MIT */
/*
 * Defines the identifier (IID_...) of every interface that the headers declare, once for all who
 * link it. Clients that define INITGUID themselves have their own copies, which is harmless:
 * identifiers are compared by value.
 */
#define INITGUID

#include <windows.h>

#include <inspectable.h>
#include <activation.h>
#include <asyncinfo.h>
#include <objidl.h>
#include <oaidl.h>
#include <restrictederrorinfo.h>
#include <weakreference.h>

#include <memorybuffer.h>
#include <robuffer.h>
#include <windows.foundation.h>
#include <windows.networking.backgroundtransfer.h>
#include <windows.networking.connectivity.h>
#include <winrt.backgroundtransfer.h>

/* No identifier at all, which no header defines; IID_NULL and CLSID_NULL stand for it too. */
const IID GUID_NULL = { 0, 0, 0, { 0 } };
