/* SPDX-License-Identifier: MIT */
/* One file of a program defines the interface identifiers that its headers declare. */
#define INITGUID

#include "names.h"

#include <asyncinfo.h>
#include <objidl.h>
#include <oleauto.h>
