/* SPDX-License-Identifier: MIT */
/* Transfer groups, for tests. Every function fails the test when it cannot. */
#ifndef WINRT_TEST_API_GROUPS_H
#define WINRT_TEST_API_GROUPS_H

#include "fixture.h"

/* The caller's reference. */
IBackgroundTransferGroup *group_new(const char *name);

void group_set(IBackgroundTransferGroup *group, BackgroundTransferBehavior behavior);
BackgroundTransferBehavior group_get(IBackgroundTransferGroup *group);

/* A downloader whose TransferGroup this is; the caller's reference. */
IBackgroundDownloader *group_downloader(IBackgroundTransferGroup *group);

/* An object of the client's own, which nobody but the test implements: get_TransferBehavior answers
 * `hr` and the behavior. `name` lives as long as it does. */
IBackgroundTransferGroup *client_group_new(const char *name, BackgroundTransferBehavior behavior,
                                           HRESULT hr);

void download_set_priority(IDownloadOperation *operation, BackgroundTransferPriority priority);
HRESULT download_make_current(IDownloadOperation *operation);

#endif
