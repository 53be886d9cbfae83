/* SPDX-License-Identifier: MIT */
/* The file of a body that came over several connections and will never be whole: it keeps what is
 * there from its beginning on, as if it had come in order. docs/ranges.md */
#ifndef WINRT_ENGINE_TRANSFER_CUT_H
#define WINRT_ENGINE_TRANSFER_CUT_H

#include "transfer_internal.h"

/*
 * Before the end is recorded: the rest cannot be read any more, the record does not speak of it,
 * and when that is on the disk, the file loses it. Who is killed amid that has a download that goes
 * on. A file that cannot be opened, or that somebody has changed, is left alone, and so is one
 * whose record cannot be written. Engine's thread.
 */
void transfer_cut(struct transfer *transfer);

/* With the end, and not before, the bytes received are fewer. With the mutex; engine's thread. */
void transfer_cut_show_locked(struct transfer *transfer);

#endif
