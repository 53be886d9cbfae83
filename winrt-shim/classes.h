/* SPDX-License-Identifier: MIT */
/* The runtime classes that the shim itself brings; RoGetActivationFactory looks here first. */
#ifndef WINRT_SHIM_CLASSES_H
#define WINRT_SHIM_CLASSES_H

#include "winrt-shim/base/factory.h"

extern const struct factory_entry shim_classes[];
extern const size_t shim_class_count;

#endif
