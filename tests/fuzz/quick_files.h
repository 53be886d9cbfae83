/* SPDX-License-Identifier: MIT */
/* The real files, but for syncs, which do nothing: nobody cuts the power. */
#ifndef WINRT_FUZZ_QUICK_FILES_H
#define WINRT_FUZZ_QUICK_FILES_H

void quick_files_use(void);

#endif
