/* SPDX-License-Identifier: MIT */
/*
 * Which transfers have an operation now. It holds no references: an operation leaves the table when
 * its last one is given up, and until then whoever lists the transfer gets the same object.
 */
#ifndef WINRT_DOWNLOAD_TABLE_H
#define WINRT_DOWNLOAD_TABLE_H

#include "download_operation.h"

/* The operation of `transfer` with a reference, or NULL. Any thread. */
struct download_operation *download_table_find(struct transfer *transfer);

/* Puts `operation` in, unless its transfer has another one that lives: that one is returned, with a
 * reference. Never fails. */
struct download_operation *download_table_add(struct download_operation *operation);

/* From the operation's destroy function; no effect if it is not there. */
void download_table_remove(struct download_operation *operation);

#endif
