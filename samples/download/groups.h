/* SPDX-License-Identifier: MIT */
/* A group keeps downloads together, and may let them run one after the other. */
#ifndef DOWNLOAD_GROUPS_H
#define DOWNLOAD_GROUPS_H

#include <stdbool.h>

#include "../common/names.h"

/* The group of that name, which exists from its first use on, for what `downloader` creates from
   now on. Prints a message on failure. */
HRESULT group_open(const char *name, bool serialized, IBackgroundDownloader *downloader,
                   IBackgroundTransferGroup **group);

#endif
