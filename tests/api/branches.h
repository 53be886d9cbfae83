/* SPDX-License-Identifier: MIT */
/*
 * Downloads from a server that limits each connection, which get several, and what the server saw
 * of that. Every function fails the test when it cannot. docs/ranges.md
 */
#ifndef WINRT_TEST_API_BRANCHES_H
#define WINRT_TEST_API_BRANCHES_H

#include <stddef.h>

#include "watch.h"

#define LIMITED_SIZE 8000000
#define LIMITED_RATE 1000000 /* bytes a second of each connection */
#define LIMITED_TAG  "\"size-8000000\""

/* A watched download of LIMITED_SIZE bytes by the fault server's /script, with these options of it;
 * not yet started. The file is called like the token. */
void limited_create(struct watch *watch, IBackgroundDownloader *downloader, const char *name,
                    const char *options);
void limited_start(struct watch *watch, const char *name, const char *options);

/* Started, several connections bring it, and so many bytes have come. */
void limited_to(struct watch *watch, const char *name, UINT64 bytes);

/* It completes, with all bytes of that version. Closes the watch. */
void limited_end(struct watch *watch, unsigned version);

/* It is cancelled, or fails with that error; its file is what came in order. Closes the watch. */
void limited_cancel(struct watch *watch);
void limited_fail(struct watch *watch, HRESULT error);

/* A request as the server saw it: the whole is 0 to LIMITED_SIZE - 1. */
struct asked {
    char method[16], condition[64]; /* If-Range, "-" for none */
    UINT64 first, last;
};

#define ASKED_MOST 200

/* All so far; their number. */
size_t asked_all(const struct watch *watch, struct asked *ret);

/* How many answers were on their way at once, when requests from the `first` one on had come. */
unsigned most_at_once(const struct watch *watch, size_t first);

/* How many bytes the server has sent in all. */
UINT64 sent_in_all(const struct watch *watch);

/* How many connections there were in all. */
unsigned connection_count(const struct watch *watch);

/* Which bytes of the pattern are in the file: a flag for each PLACE_SIZE of them. */
#define PLACE_SIZE 16
#define PLACES     (LIMITED_SIZE / PLACE_SIZE)
void find_places(const struct watch *watch, bool *ret);

#endif
