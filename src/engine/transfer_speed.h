/* SPDX-License-Identifier: MIT */
/* A running transfer at the speed that its limits allow. Engine's thread only.
 * docs/speed-limits.md */
#ifndef WINRT_ENGINE_TRANSFER_SPEED_H
#define WINRT_ENGINE_TRANSFER_SPEED_H

#include "exchange.h"

/* Takes bytes of a body; false as callback_write's 0. */
typedef bool (*body_taker)(struct exchange *exchange, const char *data, size_t size);

/* What the exchange's limits are now, of speed and of connections: before each request, and when
 * some have changed. */
void transfer_find_limits(struct exchange *exchange);

/* Of all that run; each is looked at anew. */
void transfer_limits_changed(struct engine *engine);

/* Whether there is any. */
bool transfer_is_limited(const struct exchange *exchange);

/* How much libcurl should read at once. */
long transfer_buffer_size(const struct exchange *exchange);

/*
 * Gives the taker as many bytes of the piece as may come now. What the write callback answers:
 * size, 0, or CURL_WRITEFUNC_PAUSE, after which libcurl hands the same piece over again when
 * transfer_go_on_throttled lets it.
 */
size_t transfer_take_at_speed(struct exchange *exchange, const char *data, size_t size,
                              body_taker take);

/* Those whose turn it is go on. True if that ended some. */
bool transfer_go_on_throttled(struct engine *engine);

#endif
