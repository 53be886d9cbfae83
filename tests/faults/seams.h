/* SPDX-License-Identifier: MIT */
/*
 * The memory, files and network seams of a program that is linked whole, with one call in it that
 * fails, or all from one on; and the count of what was taken and not given back.
 */
#ifndef WINRT_TEST_FAULTS_SEAMS_H
#define WINRT_TEST_FAULTS_SEAMS_H

#include <stdbool.h>

enum fault_kind {
    FAULT_NONE,
    FAULT_MEMORY,    /* each allocation */
    FAULT_DISK_FULL, /* each call that may need room; a write has done half of its work */
    FAULT_IO,        /* each call to the file system */
    FAULT_HANDLES,   /* each call that opens something: too many are open */
    FAULT_SHORT,     /* each read and write does half of its work, and says so */
    FAULT_NETWORK,   /* each call to libcurl that can fail */
    FAULT_KIND_MAX
};

const char *fault_kind_name(enum fault_kind kind);

struct fault_plan {
    enum fault_kind kind;
    unsigned first; /* the number of the call that fails, from 1 */
    bool lasting;   /* and all of this kind after it */
};

/* Puts the three seams in place, with nothing failing. Before anything else. */
void faults_install(void);

/* From now on; and no more, with what has become of it. Any thread. */
void faults_arm(const struct fault_plan *plan);
void faults_disarm(void);

/* Of the latest plan: whether a call has failed, how many of the kind there were, and the name of
 * the first that failed. */
bool faults_reached(void);
unsigned faults_calls(void);
const char *faults_call(void);

/* This thread's calls are the test's own: they neither fail nor count as calls. */
void faults_exempt(bool exempt);

struct fault_balance {
    long blocks, files, handles, lists; /* taken less given back; `handles` and `lists` libcurl's */
};
/* Whether the disk is full, for good. */
bool faults_wait_for_room(void);

void faults_balance(struct fault_balance *ret);

#endif
