/* SPDX-License-Identifier: MIT */
/*
 * A scenario of the documented API is run with its first, second, third … call of a kind failing,
 * each time in a process of its own, until it passes without the fault being reached.
 * docs/reliability.md
 */
#ifndef WINRT_TEST_FAULTS_SWEEP_H
#define WINRT_TEST_FAULTS_SWEEP_H

#include "client.h"
#include "seams.h"

struct scenario {
    const char *name;
    HRESULT (*run)(void);     /* S_OK, or the first failure */
    HRESULT (*prepare)(void); /* what an earlier process has left; or NULL */
};

/* Sweeps over the kinds, 0 ends the list; fails the test with all that was wrong. */
void sweep(const struct scenario *scenario, const enum fault_kind *kinds);

/* --- What a run notes for its parent. Memory that both share. --- */

#define FACTS_STARTED 64

struct started {
    GUID id;
    char name[40];
    uint64_t size;
    bool delivered;
};

struct facts {
    char broken[300];    /* what was wrong; "" if nothing */
    char failed_at[160]; /* the client's step */
    char call[24];
    HRESULT hr;
    bool reached, ended;
    unsigned calls;
    struct fault_balance balance;
    unsigned count;
    struct started started[FACTS_STARTED];
};

extern struct facts *facts;

struct started *facts_find(const GUID *id);

/* Of this run and no other: made of the process's number, and which of its runs it is. */
const char *run_name(const char *name);

#endif
