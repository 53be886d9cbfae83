/* SPDX-License-Identifier: MIT */
/* Where downloads go. */
#ifndef DOWNLOAD_TARGET_H
#define DOWNLOAD_TARGET_H

#include "../common/names.h"

struct target {
    IStorageFolder *folder;
    char *name; /* of the one file; NULL if files are named after their URLs */
};

/* `output` as --output has it; NULL is the current folder. Prints a message on failure. */
HRESULT target_open(const char *output, size_t url_count, struct target *target);
void target_close(struct target *target);

/* Makes the (empty) file for a URL. */
HRESULT target_create_file(const struct target *target, IUriRuntimeClass *uri, IStorageFile **file);

#endif
