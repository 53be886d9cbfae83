/* SPDX-License-Identifier: MIT */
/* The file of a body that came over several connections and will never be whole: it keeps what is
 * there from its beginning on, as if it had come in order. Engine's thread. docs/ranges.md */
#ifndef WINRT_ENGINE_TRANSFER_CUT_H
#define WINRT_ENGINE_TRANSFER_CUT_H

#include "exchange.h"

struct transfer_cut {
    struct open_file *file; /* NULL: there is nothing to cut */
    uint64_t size;
};

/* The rest cannot be read any more, and the record that is written next does not speak of it. */
void transfer_cut_begin(struct transfer *transfer, struct transfer_cut *cut);

/* When that is on the disk, the file loses it too. */
void transfer_cut_finish(struct transfer_cut *cut);

/* With the end, and not before, the bytes received are fewer. With the transfer's mutex. */
void transfer_cut_show_locked(struct transfer *transfer);

#endif
