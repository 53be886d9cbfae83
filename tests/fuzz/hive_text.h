/* SPDX-License-Identifier: MIT */
/* All of a hive as a text to compare: keys in their order, and the bytes of their values. */
#ifndef WINRT_FUZZ_HIVE_TEXT_H
#define WINRT_FUZZ_HIVE_TEXT_H

#include "src/store/hive.h"

/* A new string, to be freed. That sets of values are decoded and encoded to the same is required on
 * the way. */
char *hive_text(struct hive *hive);

#endif
