/* SPDX-License-Identifier: MIT */
/* Objects that are not the shim's own, as a client may bring them. */
#ifndef WINRT_TEST_FOREIGN_STREAMS_H
#define WINRT_TEST_FOREIGN_STREAMS_H

#include <windows.h>
#include <windows.storage.streams.h>

/* A full buffer with that text. */
IBuffer *foreign_buffer(const char *text);

/* Passes on to `inner`, but never more than `most` bytes at a time. */
IOutputStream *narrow_output_stream(void *inner, UINT32 most);

/* An input stream whose reads stay Started until they are cancelled, and then end as Canceled. */
IInputStream *stuck_input_stream(void);

#endif
