/* SPDX-License-Identifier: MIT */
#ifndef DOWNLOAD_REPORT_H
#define DOWNLOAD_REPORT_H

#include "../common/names.h"

/* Tells on standard error what failed, and why. */
void report_failure(const char *what, HRESULT error);

#endif
