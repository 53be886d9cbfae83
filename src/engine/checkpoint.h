/* SPDX-License-Identifier: MIT */
/*
 * What has arrived, on its way into the record: first the file is synced, then the record says so.
 * The syncer does both; the engine waits for neither. Engine's thread. docs/engine.md
 */
#ifndef WINRT_ENGINE_CHECKPOINT_H
#define WINRT_ENGINE_CHECKPOINT_H

#include "transfer_internal.h"

enum checkpoint_kind {
    CHECKPOINT_RUNNING, /* more is written meanwhile */
    CHECKPOINT_SETTLED, /* nothing is written to the file until it is opened again */
    CHECKPOINT_WHOLE,   /* likewise, and the body is complete */
};

/* What is in the file now. Without memory there is none, and a kill costs more. */
void checkpoint_submit(struct transfer *transfer, struct open_file *file,
                       enum checkpoint_kind kind);

/* One is under way. */
bool checkpoint_is_pending(struct transfer *transfer);

/* More will be written: what a checkpoint has said about the file's size and time is void. */
void checkpoint_unsettle(struct transfer *transfer);

/* The parts at hand are void, for the record and for readers, before the file is touched: whoever
 * reads it compares restart_number before and after. */
void checkpoint_forget(struct transfer *transfer);

#endif
