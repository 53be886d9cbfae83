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

/* The application has made the file just now: its name becomes durable with the record that needs
 * it. Any thread. */
void checkpoint_file_name(struct transfer *transfer);

/* One is under way, or the sync of the file's name. */
bool checkpoint_is_pending(struct transfer *transfer);

/* The end is not to be told yet: the syncer has the file or its folder open, which is in the
 * application's way. COMMAND_SAVED follows. Of a transfer that will write no more. */
bool checkpoint_holds_end(struct transfer *transfer);

/* What the disk has of the record speaks of the file as it is now; before that is touched the new
 * one has to be there. This is the one time that the engine waits for a disk. */
enum port_status checkpoint_commit(struct transfer *transfer);

/* More will be written: what a checkpoint has said about the file's size and time is void, and no
 * longer on the disk when this returns. */
void checkpoint_unsettle(struct transfer *transfer);

/* The parts at hand are void, for the record and for readers, before the file is touched: whoever
 * reads it compares restart_number before and after. The record that says so is on the disk when
 * this returns; if that fails the file must not be touched. */
enum port_status checkpoint_forget(struct transfer *transfer);

/* The same for what was forgotten before, if that has failed. */
enum port_status checkpoint_end_forgetting(struct transfer *transfer);

#endif
