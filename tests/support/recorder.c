/* SPDX-License-Identifier: MIT */
#include "recorder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <objidl.h>

#include "test_event.h"
#include "test_thread.h"

/* Delegates derive from IUnknown alone; Invoke is the fourth slot, whatever its second parameter
 * is. */
struct delegate_vtbl {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(void *self, REFIID iid, void **out);
    ULONG(STDMETHODCALLTYPE *AddRef)(void *self);
    ULONG(STDMETHODCALLTYPE *Release)(void *self);
    union {
        HRESULT(STDMETHODCALLTYPE *with_status)(void *self, void *sender, AsyncStatus status);
        HRESULT(STDMETHODCALLTYPE *with_interface)(void *self, void *sender, void *argument);
        HRESULT(STDMETHODCALLTYPE *with_uint64)(void *self, void *sender, UINT64 number);
        HRESULT(STDMETHODCALLTYPE *with_uint32)(void *self, void *sender, UINT32 number);
        HRESULT(STDMETHODCALLTYPE *with_none)(void *self);
    } Invoke;
};

struct recorder {
    const struct delegate_vtbl *vtbl; /* first: the delegate is the recorder */
    unsigned ref;
    GUID iid;
    HRESULT answer;
    void (*function)(void *context, const struct recorder_call *call);
    void *context;

    struct mutex mutex;
    struct condition condition;
    unsigned count;
    struct recorder_call calls[RECORDER_KEPT];
};

static const GUID no_iid;

static ULONG STDMETHODCALLTYPE recorder_AddRef(void *self)
{
    struct recorder *recorder = self;

    return __atomic_add_fetch(&recorder->ref, 1, __ATOMIC_RELAXED);
}

static ULONG STDMETHODCALLTYPE recorder_Release(void *self)
{
    struct recorder *recorder = self;
    ULONG ref = __atomic_sub_fetch(&recorder->ref, 1, __ATOMIC_ACQ_REL);

    if (ref == 0) {
        condition_destroy(&recorder->condition);
        mutex_destroy(&recorder->mutex);
        free(recorder);
    }
    return ref;
}

static HRESULT STDMETHODCALLTYPE recorder_QueryInterface(void *self, REFIID iid, void **out)
{
    struct recorder *recorder = self;

    *out = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IAgileObject) &&
        (IsEqualGUID(&recorder->iid, &no_iid) || !IsEqualGUID(iid, &recorder->iid)))
        return E_NOINTERFACE;
    recorder_AddRef(self);
    *out = self;
    return S_OK;
}

static HRESULT record(struct recorder *recorder, struct recorder_call call)
{
    call.thread = test_thread_self();
    mutex_lock(&recorder->mutex);
    recorder->calls[recorder->count++ % RECORDER_KEPT] = call;
    condition_broadcast(&recorder->condition);
    mutex_unlock(&recorder->mutex);
    if (recorder->function)
        recorder->function(recorder->context, &call);
    return recorder->answer;
}

static HRESULT STDMETHODCALLTYPE invoke_status(void *self, void *sender, AsyncStatus status)
{
    return record(self, (struct recorder_call){ .sender = sender, .status = status });
}

static HRESULT STDMETHODCALLTYPE invoke_interface(void *self, void *sender, void *argument)
{
    return record(self, (struct recorder_call){ .sender = sender, .argument = argument });
}

static HRESULT STDMETHODCALLTYPE invoke_uint64(void *self, void *sender, UINT64 number)
{
    return record(self, (struct recorder_call){ .sender = sender, .number = number });
}

static HRESULT STDMETHODCALLTYPE invoke_uint32(void *self, void *sender, UINT32 number)
{
    return record(self, (struct recorder_call){ .sender = sender, .number = number });
}

static HRESULT STDMETHODCALLTYPE invoke_none(void *self)
{
    return record(self, (struct recorder_call){ 0 });
}

#define DELEGATE(member, function)                                  \
    {                                                               \
        recorder_QueryInterface, recorder_AddRef, recorder_Release, \
        {                                                           \
            .member = function                                      \
        }                                                           \
    }

static const struct delegate_vtbl vtbls[] = {
    [RECORDER_COMPLETED] = DELEGATE(with_status, invoke_status),
    [RECORDER_INTERFACE] = DELEGATE(with_interface, invoke_interface),
    [RECORDER_UINT64] = DELEGATE(with_uint64, invoke_uint64),
    [RECORDER_UINT32] = DELEGATE(with_uint32, invoke_uint32),
    [RECORDER_NONE] = DELEGATE(with_none, invoke_none),
};

struct recorder *recorder_create(enum recorder_kind kind, const GUID *iid)
{
    struct recorder *recorder = calloc(1, sizeof(*recorder));

    assert_non_null(recorder);
    recorder->vtbl = &vtbls[kind];
    recorder->ref = 1;
    if (iid)
        recorder->iid = *iid;
    mutex_init(&recorder->mutex);
    condition_init(&recorder->condition);
    return recorder;
}

void *recorder_delegate(struct recorder *recorder)
{
    return recorder;
}

ULONG recorder_release(struct recorder *recorder)
{
    return recorder_Release(recorder);
}

void recorder_on_call(struct recorder *recorder,
                      void (*function)(void *context, const struct recorder_call *call),
                      void *context)
{
    recorder->function = function;
    recorder->context = context;
}

void recorder_answer(struct recorder *recorder, HRESULT hr)
{
    recorder->answer = hr;
}

bool recorder_wait_for(struct recorder *recorder, unsigned count, unsigned milliseconds)
{
    uint64_t deadline = test_deadline(milliseconds);
    bool reached;

    mutex_lock(&recorder->mutex);
    while (recorder->count < count &&
           condition_wait_until(&recorder->condition, &recorder->mutex, deadline))
        ;
    reached = recorder->count >= count;
    mutex_unlock(&recorder->mutex);
    return reached;
}

void recorder_wait_at(struct recorder *recorder, unsigned count, const char *file, int line)
{
    if (recorder_wait_for(recorder, count, TEST_WAIT_MS))
        return;
    print_error("%u calls after %u ms, expected %u\n", recorder_count(recorder), TEST_WAIT_MS,
                count);
    _fail(file, line);
}

unsigned recorder_count(struct recorder *recorder)
{
    unsigned count;

    mutex_lock(&recorder->mutex);
    count = recorder->count;
    mutex_unlock(&recorder->mutex);
    return count;
}

struct recorder_call recorder_get(struct recorder *recorder, unsigned index)
{
    struct recorder_call call;
    unsigned count;

    mutex_lock(&recorder->mutex);
    count = recorder->count;
    call = recorder->calls[index % RECORDER_KEPT];
    mutex_unlock(&recorder->mutex);
    assert_true(index < count && count - index <= RECORDER_KEPT);
    return call;
}
