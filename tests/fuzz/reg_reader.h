/* SPDX-License-Identifier: MIT */
/* Reads an exported .reg file as regedit would, line by line. */
#ifndef WINRT_FUZZ_REG_READER_H
#define WINRT_FUZZ_REG_READER_H

#include "src/store/reg_export.h"

struct reg_text {
    char *bytes;
    size_t size;
};

/* Requires that it is one key with these values in their order, and that what is secret of them is
 * not there. */
void reg_read(const struct reg_text *text, enum reg_encoding encoding,
              const struct value_set *values);

#endif
