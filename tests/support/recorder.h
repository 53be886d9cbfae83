/* SPDX-License-Identifier: MIT */
/*
 * A delegate that records its calls: one implementation for every completed and progress handler
 * and typed event handler. The handlers' thread records, the main thread waits and asserts.
 *
 *     struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
 *     IAsyncAction_put_Completed(action, recorder_delegate(completed));
 *     recorder_wait(completed, 1);
 *     assert_int_equal(recorder_get(completed, 0).status, Completed);
 *     check_last_release(...);  recorder_release(completed) answers 0
 */
#ifndef WINRT_TEST_RECORDER_H
#define WINRT_TEST_RECORDER_H

#include <stdbool.h>
#include <stdint.h>

#include <windows.h>
#include <asyncinfo.h>

/* The type of Invoke's second parameter. */
enum recorder_kind {
    RECORDER_COMPLETED, /* AsyncStatus */
    RECORDER_INTERFACE, /* a pointer: progress of a DownloadOperation, arguments of a typed event */
    RECORDER_UINT64,    /* progress of a copy */
    RECORDER_UINT32,    /* progress of a stream's read or write */
    RECORDER_NONE,      /* no second parameter: DeferralCompletedHandler (whose only one is this) */
};

struct recorder_call {
    void *sender;       /* no reference is held: for comparing */
    AsyncStatus status; /* RECORDER_COMPLETED */
    void *argument;     /* RECORDER_INTERFACE; no reference is held */
    UINT64 number;      /* RECORDER_UINT64 and RECORDER_UINT32 */
    uint64_t thread;    /* test_thread_self() */
};

struct recorder;

/* `iid`, which may be NULL, is the one interface that QueryInterface knows besides IUnknown and
 * IAgileObject. */
struct recorder *recorder_create(enum recorder_kind kind, const GUID *iid);

/* The interface pointer, to be passed to put_Completed and the like; no reference is added. */
void *recorder_delegate(struct recorder *recorder);

/* How many references are left. */
ULONG recorder_release(struct recorder *recorder);

/* Also called for each Invoke, on its thread, after the call was recorded. Set it before the
 * delegate is used. */
void recorder_on_call(struct recorder *recorder,
                      void (*function)(void *context, const struct recorder_call *call),
                      void *context);

/* What Invoke answers; S_OK if never set. */
void recorder_answer(struct recorder *recorder, HRESULT hr);

/* Waits until there were `count` calls at least, else fails the test after TEST_WAIT_MS. */
#define recorder_wait(recorder, count) recorder_wait_at(recorder, count, __FILE__, __LINE__)
void recorder_wait_at(struct recorder *recorder, unsigned count, const char *file, int line);

/* Whether there were `count` calls at least within `milliseconds`. */
bool recorder_wait_for(struct recorder *recorder, unsigned count, unsigned milliseconds);

unsigned recorder_count(struct recorder *recorder);

/* The call of that index; the last RECORDER_KEPT of them are kept. */
#define RECORDER_KEPT 4096
struct recorder_call recorder_get(struct recorder *recorder, unsigned index);

#endif
