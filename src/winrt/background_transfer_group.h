/* SPDX-License-Identifier: MIT */
/* BackgroundTransferGroup Class (Windows.Networking.BackgroundTransfer). docs/scheduling.md */
#ifndef WINRT_BACKGROUND_TRANSFER_GROUP_H
#define WINRT_BACKGROUND_TRANSFER_GROUP_H

#include <windows.h>

#include <windows.networking.backgroundtransfer.h>

struct transfer_group;

/* An object for the engine's group, which it references. There may be several for one group: they
 * share its state. E_OUTOFMEMORY */
HRESULT background_transfer_group_create(struct transfer_group *group,
                                         IBackgroundTransferGroup **out);

/* The engine's group of an object that was made here, without a reference of its own; NULL for any
 * other object. */
struct transfer_group *background_transfer_group_peek(IBackgroundTransferGroup *iface);

#endif
