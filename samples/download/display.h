/* SPDX-License-Identifier: MIT */
/*
 * Progress on standard output. On a terminal each running transfer has a line, redrawn in place,
 * under the lines of the finished ones. In a pipe or a file there are only plain lines, now and
 * then.
 */
#ifndef DOWNLOAD_DISPLAY_H
#define DOWNLOAD_DISPLAY_H

#include "transfer.h"

/* How often display_update is worth calling. */
#define DISPLAY_INTERVAL_MS 200

void display_update(struct transfer *transfers, size_t count);

/* The last line of a finished transfer; what went wrong goes to standard error. */
void display_finished(struct transfer *transfer);

#endif
