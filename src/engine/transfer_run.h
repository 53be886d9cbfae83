/* SPDX-License-Identifier: MIT */
/* The engine's side of a transfer: what the events of transfer_state.h do. Engine's thread only. */
#ifndef WINRT_ENGINE_TRANSFER_RUN_H
#define WINRT_ENGINE_TRANSFER_RUN_H

#include "exchange.h"

/* The transfer may be gone afterwards, unless the caller has a reference. */
void transfer_handle(struct engine *engine, struct transfer *transfer, enum state_event event);

/* --- transfer_run.c --- */

/* The network, or what the transfer thinks of it, has changed: it pauses or goes on. */
void transfer_judge_network(struct engine *engine, struct transfer *transfer);

/* --- transfer_check.c --- */

/* Writes what has been gathered, and tells readers. */
enum port_status transfer_flush(struct exchange *exchange);

/* The writer has brought bytes into the file, from there on. */
void transfer_tell_written(struct exchange *exchange, uint64_t from);

/* What has come, in the progress and as an event; the next one is due in a while. */
void transfer_report(struct exchange *exchange);

/*
 * Writes, reports and saves what is due, and ends the exchange if it has waited too long. Returns
 * when to look again; the transfer may be gone.
 */
uint64_t transfer_check(struct exchange *exchange);

/* --- transfer_loss.c --- */

/* Bytes that were on their way to the disk did not get there: what came after the latest checkpoint
 * is fetched again. */
void transfer_lost_bytes(struct engine *engine, struct transfer *transfer);

/* If a sync has failed since: back to what the latest good one has made safe. False without memory.
 */
bool transfer_go_back(struct transfer *transfer);

/* --- transfer_status.c --- */

/* What its state says, in the record before anybody is told, so that a kill afterwards cannot take
 * it back. */
void transfer_change_status(struct transfer *transfer, enum download_state stored,
                            enum transfer_wait wait);

/* The record alone has the outcome; nobody is told yet. */
void transfer_record_outcome(struct transfer *transfer);

/* Tells what a transfer has ended with, which nothing holds back any more. */
void transfer_tell_end(struct engine *engine, struct transfer *transfer);

/* --- transfer_answer.c --- */

/*
 * The parser's head is the answer. From inside libcurl's callbacks; false: the exchange is to be
 * aborted, with exchange->failure saying why, or exchange->again.
 */
bool transfer_take_head(struct exchange *exchange);
/* Likewise, for an answer that is there as a response; takes it over. */
bool transfer_take_response(struct exchange *exchange, struct response *response);

bool transfer_take_body(struct exchange *exchange, const char *data, size_t size);

/* Bytes of the body, where the writer is. False: no more, because of the failure, or of what others
 * bring. */
bool transfer_write_body(struct exchange *exchange, const char *data, size_t size);

/* libcurl has reported the end of the exchange. The transfer may be gone afterwards. */
void transfer_take_end(struct exchange *exchange, CURLcode code);

/* --- transfer_begin.c --- */

/* Chooses what to ask for; false if everything is there. */
bool transfer_choose_range(struct exchange *exchange);

/* Opens the file of a transfer that has parts already, as it was left. False with `failure`. */
bool transfer_open_parts(struct exchange *exchange);

/* The answer's body begins: the file is opened, emptied, or gone on with. False with `failure`. */
bool transfer_begin_body(struct exchange *exchange);

/* A reader waits for other bytes than those that come: asks for those. True if it did. */
bool transfer_steer(struct exchange *exchange);

/* --- transfer_failure.c --- */

/* exchange->failure has ended the exchange: the transfer is tried again, waits for somebody, or
 * fails. It may be gone afterwards. */
void transfer_fail(struct exchange *exchange);

/* The disk is full: sets the time of the next attempt, each wait twice the one before as long as it
 * gets no further. The event that says so. */
enum state_event transfer_wait_for_room(struct engine *engine, struct transfer *transfer);

#endif
