/* SPDX-License-Identifier: MIT */
/* Response heads for tests of what the engine makes of them. */
#ifndef WINRT_TEST_HEADS_H
#define WINRT_TEST_HEADS_H

#include "src/engine/response.h"

/*
 * To a GET. `fields` are lines "Name: value", separated by "\n", as one text that may be NULL; the
 * caller releases what is returned.
 */
struct response *make_head(int status, const char *fields);

#endif
