/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_FAULTS_SEAMS_INTERNAL_H
#define WINRT_TEST_FAULTS_SEAMS_INTERNAL_H

#include "seams.h"
#include "src/engine/network.h"
#include "src/port/files.h"

/* Counts a call of this kind; true if it is to fail. */
bool fault_is_due(enum fault_kind kind, const char *call);

void fault_note_files(int change);
void fault_note_handles(int change);
void fault_note_lists(int change);

extern const struct file_ops faulty_files;
void fault_network_ops(struct network_ops *ret);

#endif
