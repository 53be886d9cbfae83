/* SPDX-License-Identifier: MIT */
#include "../file_limit.h"

#include "tests/support/platform.h"

void limit_file_size(unsigned size)
{
    (void)size;
    need(NEED_FILE_LIMIT);
}
