/* SPDX-License-Identifier: MIT */
/* The vtables that storage_item.c gives to every item. */
#ifndef WINRT_STORAGE_STORAGE_ITEM_METHODS_H
#define WINRT_STORAGE_STORAGE_ITEM_METHODS_H

#include <windows.storage.h>

/* storage_item_methods.c */
extern const struct IStorageItemVtbl storage_item_vtbl;
extern const struct IStorageItem2Vtbl storage_item2_vtbl;

/* storage_item_properties.c */
extern const struct IStorageItemPropertiesVtbl storage_item_properties_vtbl;

#endif
