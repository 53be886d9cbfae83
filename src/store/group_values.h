/* SPDX-License-Identifier: MIT */
/* What the record of a transfer group holds. None of it is secret. docs/store.md */
#ifndef WINRT_STORE_GROUP_VALUES_H
#define WINRT_STORE_GROUP_VALUES_H

#define GROUP_BEHAVIOR  "TransferBehavior"  /* DWORD: enum transfer_group_behavior; absent: 0 */
#define GROUP_MAX_SPEED "MaxBytesPerSecond" /* QWORD; absent: no limit */

#endif
