/* SPDX-License-Identifier: MIT */
#ifndef WINRT_STORE_LOG_REPLAY_H
#define WINRT_STORE_LOG_REPLAY_H

#include "log_file.h"

/* Gives the records of log->file, which has `filled` bytes, to the visitor, and sets log->end. */
enum port_status log_replay(struct log_file *log, log_visitor visitor, void *context,
                            struct log_damage *damage);

#endif
