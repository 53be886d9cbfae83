/* SPDX-License-Identifier: MIT */
#define COBJMACROS

#include "await.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check.h"
#include "recorder.h"
#include "test_event.h"

/* All forms begin with the six slots of IInspectable. */
#define SLOT_COMPLETED               6
#define SLOT_RESULTS                 8
#define SLOT_WITH_PROGRESS_COMPLETED 8
#define SLOT_WITH_PROGRESS_RESULTS   10

typedef HRESULT(STDMETHODCALLTYPE *slot_function)(void *self, void *argument);

/* Results of at most eight bytes; larger ones (structs) are got by the test itself. */
union any_result {
    void *pointer;
    UINT64 number;
};

static HRESULT call_slot(void *operation, int slot, void *argument)
{
    slot_function *const *object = operation;

    return (*object)[slot](operation, argument);
}

static int results_slot(int with_progress)
{
    return with_progress ? SLOT_WITH_PROGRESS_RESULTS : SLOT_RESULTS;
}

AsyncStatus await_at(void *operation, int with_progress, const char *file, int line)
{
    struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
    AsyncStatus status;

    check_hresult_at(S_OK,
                     call_slot(operation,
                               with_progress ? SLOT_WITH_PROGRESS_COMPLETED : SLOT_COMPLETED,
                               recorder_delegate(completed)),
                     "put_Completed", file, line);
    recorder_wait_at(completed, 1, file, line);
    status = recorder_get(completed, 0).status;
    if (recorder_get(completed, 0).sender != operation) {
        print_error("the completed handler was called with another object than the awaited one\n");
        _fail(file, line);
    }
    recorder_release(completed);
    return status;
}

void await_results_at(void *operation, int with_progress, void *results, const char *file, int line)
{
    AsyncStatus status = await_at(operation, with_progress, file, line);
    IUnknown *unknown = operation;

    if (status != Completed) {
        print_error("status %d, error 0x%08X, expected Completed\n", (int)status,
                    (unsigned)operation_error(operation));
        _fail(file, line);
    }
    check_hresult_at(S_OK, call_slot(operation, results_slot(with_progress), results), "GetResults",
                     file, line);
    unknown->lpVtbl->Release(unknown);
}

void await_error_at(HRESULT expected, void *operation, int with_progress, const char *file,
                    int line)
{
    AsyncStatus status = await_at(operation, with_progress, file, line);
    IUnknown *unknown = operation;
    union any_result result = { 0 };

    if (status != Error) {
        print_error("status %d, expected Error\n", (int)status);
        _fail(file, line);
    }
    check_hresult_at(expected, operation_error(operation), "ErrorCode", file, line);
    check_hresult_at(expected, call_slot(operation, results_slot(with_progress), &result),
                     "GetResults", file, line);
    unknown->lpVtbl->Release(unknown);
}

AsyncStatus operation_status(void *operation)
{
    IAsyncInfo *info = query(operation, &IID_IAsyncInfo);
    AsyncStatus status = Started;

    check_ok(IAsyncInfo_get_Status(info, &status));
    IAsyncInfo_Release(info);
    return status;
}

HRESULT operation_error(void *operation)
{
    IAsyncInfo *info = query(operation, &IID_IAsyncInfo);
    HRESULT code = S_OK;

    check_ok(IAsyncInfo_get_ErrorCode(info, &code));
    IAsyncInfo_Release(info);
    return code;
}

void operation_cancel(void *operation)
{
    IAsyncInfo *info = query(operation, &IID_IAsyncInfo);

    check_ok(IAsyncInfo_Cancel(info));
    IAsyncInfo_Release(info);
}

void operation_close(void *operation)
{
    IAsyncInfo *info = query(operation, &IID_IAsyncInfo);

    check_ok(IAsyncInfo_Close(info));
    IAsyncInfo_Release(info);
}
