/* SPDX-License-Identifier: MIT */
/* The engine's side of a transfer: what the events of transfer_state.h do. Engine's thread only. */
#ifndef WINRT_ENGINE_TRANSFER_RUN_H
#define WINRT_ENGINE_TRANSFER_RUN_H

#include "exchange.h"

/* After one that ends it, the transfer may be gone. */
void transfer_handle(struct engine *engine, struct transfer *transfer, enum state_event event);

/*
 * The parser's head is the answer. From inside libcurl's callbacks; false: the exchange is to be
 * aborted, with exchange->failure saying why.
 */
bool transfer_take_head(struct exchange *exchange);
bool transfer_take_body(struct exchange *exchange, const char *data, size_t size);

/* libcurl has reported the end of the exchange. The transfer may be gone afterwards. */
void transfer_take_end(struct exchange *exchange, CURLcode code);

/*
 * Writes and reports what is due, and ends the exchange if it has waited too long. Returns when to
 * look again; the transfer may be gone.
 */
uint64_t transfer_check(struct exchange *exchange);

#endif
