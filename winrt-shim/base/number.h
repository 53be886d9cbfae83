/* SPDX-License-Identifier: MIT */
/* Conversions between the numeric scalars of PropertyType, UInt8 to Double. */
#ifndef WINRT_BASE_NUMBER_H
#define WINRT_BASE_NUMBER_H

#include "reference.h"

bool number_is_numeric(PropertyType type);

/*
 * Writes the number at `from` as the other type. DISP_E_OVERFLOW, and nothing written, if it does
 * not fit. A real becomes the nearest integer, the even one of two.
 */
HRESULT number_convert(PropertyType from_type, const void *from, PropertyType to_type, void *to);

#endif
