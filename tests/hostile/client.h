/* SPDX-License-Identifier: MIT */
/* The download that a row makes. */
#ifndef WINRT_TEST_HOSTILE_CLIENT_H
#define WINRT_TEST_HOSTILE_CLIENT_H

#include "table.h"
#include "watch.h"

/* What is in the result file before. */
#define CONTENT_BEFORE "what was there before"

/* A trace that is being played: the URLs of its servers. */
struct play {
    char text[1024]; /* what /play has answered */
    unsigned number;
};

void play_begin(struct play *play, const char *trace);

/* The URL of that server, or NULL if the trace has none. In strings_ring's buffers. */
const char *play_url(const struct play *play, const char *server);

/* Ends it: what the servers were asked, in strings_ring's buffers. */
const char *play_end(const struct play *play);

/* What the row's client has set by environment variables. Before the first download. */
void client_prepare(const struct hostile_row *row, const struct play *play);

/* The address of the download. In strings_ring's buffers. */
const char *client_url(const struct hostile_row *row, const struct play *play);

/* The download of `url` to the new file `name`, not yet started. */
IDownloadOperation *client_download(const struct hostile_row *row, const char *url,
                                    const char *name);

/* LastErrorMessage of the download's details. */
const char *client_message(IDownloadOperation *operation);

/* Waits until it waits for the server's time, checks that this is not too late, and cancels. */
void client_cancel_late(IDownloadOperation *operation, download_async *async);

#endif
