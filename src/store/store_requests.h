/* SPDX-License-Identifier: MIT */
#ifndef WINRT_STORE_STORE_REQUESTS_H
#define WINRT_STORE_STORE_REQUESTS_H

#include "store_names.h"

/* The file by which somebody asks for it, a new string; NULL without memory. */
char *store_request_path(const struct store_folders *folders, const struct store_id *id,
                         enum store_request request);

#endif
