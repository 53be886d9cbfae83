/* SPDX-License-Identifier: MIT */
/* What earlier runs have left: a download outlives the program that started it. */
#ifndef DOWNLOAD_LEFTOVERS_H
#define DOWNLOAD_LEFTOVERS_H

#include "../common/names.h"

struct leftovers {
    IDownloadOperation **operations; /* whoever takes one over releases it */
    UINT32 count;
};

/* Those of the group, or with NULL those that are in none. Prints a message on failure. */
HRESULT leftovers_find(IBackgroundTransferGroup *group, struct leftovers *leftovers);
void leftovers_free(struct leftovers *leftovers);

#endif
