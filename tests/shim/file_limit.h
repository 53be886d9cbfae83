/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_FILE_LIMIT_H
#define WINRT_TEST_FILE_LIMIT_H

/* From now on no file of this process grows beyond `size` bytes: writes fail, as on a full disk.
   need(NEED_FILE_LIMIT) */
void limit_file_size(unsigned size);

#endif
