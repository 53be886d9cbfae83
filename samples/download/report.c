/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <stdio.h>

#include "../common/errors.h"

void report_failure(const char *what, HRESULT error)
{
    char text[500];

    describe_error(error, text, sizeof(text));
    fprintf(stderr, "download: %s: %s\n", what, text);
}
