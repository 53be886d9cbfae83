/* SPDX-License-Identifier: MIT */
#include "../program_path.h"

#include <stdlib.h>

const char *program_path(void)
{
    return _pgmptr; /* the C library asked at the start */
}
