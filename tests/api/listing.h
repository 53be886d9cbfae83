/* SPDX-License-Identifier: MIT */
/* What GetCurrentDownloadsAsync and its like answer, for tests. Every function fails the test when
 * it cannot. */
#ifndef WINRT_TEST_API_LISTING_H
#define WINRT_TEST_API_LISTING_H

#include "fixture.h"

/* Without a group; of a legacy group; of a transfer group. The caller's reference. */
IVectorView_DownloadOperation *list_current(void);
IVectorView_DownloadOperation *list_group(const char *group);
IVectorView_DownloadOperation *list_transfer_group(IBackgroundTransferGroup *group);

/* How many there are; gives the view up. */
unsigned count_of(IVectorView_DownloadOperation *view);

/* The only one, with a reference; gives the view up. */
IDownloadOperation *only_one_of(IVectorView_DownloadOperation *view);

GUID guid_of(IDownloadOperation *operation);

#endif
