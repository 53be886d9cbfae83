/* SPDX-License-Identifier: MIT */
/*
 * The async base, by the rules of the IAsyncInfo and IAsyncOperation<TResult> pages
 * (Windows.Foundation) and of docs/com-pattern.md, in all four forms.
 */
#define COBJMACROS
#define WIDL_using_Windows_Foundation
#include <string.h>

#include <windows.h>
#include <windows.foundation.h>
#include <windows.storage.streams.h>
#include <oleauto.h>
#include <winstring.h>

#include "await.h"
#include "check.h"
#include "hstrings.h"
#include "recorder.h"
#include "test_main.h"
#include "test_thread.h"

#include "winrt-shim/base/async.h"
#include "winrt-shim/base/error.h"

ASYNC_TYPE(action_type, ASYNC_ACTION, IAsyncAction, u"Windows.Foundation.IAsyncAction", VALUE_NONE,
           VALUE_NONE);
ASYNC_TYPE(string_type, ASYNC_OPERATION, IAsyncOperation_HSTRING,
           u"Windows.Foundation.IAsyncOperation`1<String>", VALUE_STRING, VALUE_NONE);
ASYNC_TYPE(count_type, ASYNC_OPERATION_WITH_PROGRESS, IAsyncOperationWithProgress_UINT64_UINT64,
           u"Windows.Foundation.IAsyncOperationWithProgress`2<UInt64, UInt64>", VALUE_UINT64,
           VALUE_UINT64);

/* No instantiation of IAsyncActionWithProgress is part of the ABI so far; this is its shape. */
static const GUID IID_action_with_progress = {
    0x6d844858, 0x0cff, 0x4590, { 0xae, 0x89, 0x95, 0xa5, 0xa5, 0xc8, 0xb4, 0xb9 }
};

ASYNC_TYPE(action_with_progress_type, ASYNC_ACTION_WITH_PROGRESS, action_with_progress,
           u"Windows.Foundation.IAsyncActionWithProgress`1<UInt32>", VALUE_NONE, VALUE_UINT32);

struct action_with_progress {
    const struct action_with_progress_vtbl {
        void *inspectable_slots[6];
        HRESULT(WINAPI *put_Progress)(struct action_with_progress *self, void *handler);
        HRESULT(WINAPI *get_Progress)(struct action_with_progress *self, void **handler);
        HRESULT(WINAPI *put_Completed)(struct action_with_progress *self, void *handler);
        HRESULT(WINAPI *get_Completed)(struct action_with_progress *self, void **handler);
        HRESULT(WINAPI *GetResults)(struct action_with_progress *self);
    } * lpVtbl;
};

/* What the base told the one who does the work. */
struct work_log {
    int cancels, attached, delivered, destroyed;
};

static void log_cancel(void *context)
{
    ((struct work_log *)context)->cancels++;
}

static void log_attached(void *context)
{
    ((struct work_log *)context)->attached++;
}

static void log_delivered(void *context)
{
    ((struct work_log *)context)->delivered++;
}

static void log_destroy(void *context)
{
    ((struct work_log *)context)->destroyed++;
}

static const struct async_work logging_work = { log_cancel, log_attached, log_delivered,
                                                log_destroy };

static struct async *new_async(const struct async_type *type, struct work_log *log)
{
    struct async *async = NULL;

    memset(log, 0, sizeof(*log));
    check_ok(async_create(type, &logging_work, log, &async));
    return async;
}

static void complete_with_text(struct async *async, const char *text)
{
    union value result = { .string = string_new(text) };

    async_complete(async, &result);
    string_delete(result.string);
}

static void it_is_started_when_it_is_made(void **state)
{
    struct work_log log;
    struct async *async = new_async(&string_type, &log);
    IAsyncOperation_HSTRING *operation = async_interface(async);
    IAsyncOperationCompletedHandler_HSTRING *handler = (void *)1;
    HSTRING result = (HSTRING)1;
    IAsyncInfo *info = query(operation, &IID_IAsyncInfo);
    UINT32 id = 0;

    (void)state;
    assert_int_equal(operation_status(operation), Started);
    check_ok(operation_error(operation));
    check_ok(IAsyncInfo_get_Id(info, &id));
    assert_int_not_equal(id, 0);
    check_ok(IAsyncOperation_HSTRING_get_Completed(operation, &handler));
    assert_null(handler);
    check_hresult(E_ILLEGAL_METHOD_CALL, IAsyncOperation_HSTRING_GetResults(operation, &result));
    assert_null(result);
    check_hresult(E_ILLEGAL_STATE_CHANGE, IAsyncInfo_Close(info));
    assert_int_equal(operation_status(operation), Started);

    complete_with_text(async, "x");
    async_release(async);
    release_ref(info);
    check_last_release(operation);
    assert_int_equal(log.destroyed, 1);
}

static void null_pointers_are_refused(void **state)
{
    struct work_log log;
    struct async *async = new_async(&count_type, &log);
    IAsyncOperationWithProgress_UINT64_UINT64 *operation = async_interface(async);
    IAsyncInfo *info = query(operation, &IID_IAsyncInfo);
    IID *iids;
    ULONG count;

    (void)state;
    check_hresult(E_POINTER, IAsyncInfo_get_Id(info, NULL));
    check_hresult(E_POINTER, IAsyncInfo_get_Status(info, NULL));
    check_hresult(E_POINTER, IAsyncInfo_get_ErrorCode(info, NULL));
    check_hresult(E_POINTER, IAsyncInfo_GetIids(info, NULL, &iids));
    check_hresult(E_POINTER, IAsyncInfo_GetIids(info, &count, NULL));
    check_hresult(E_POINTER, IAsyncInfo_GetRuntimeClassName(info, NULL));
    check_hresult(E_POINTER, IAsyncInfo_GetTrustLevel(info, NULL));
    check_hresult(E_POINTER, IAsyncInfo_QueryInterface(info, &IID_IUnknown, NULL));
    check_hresult(E_POINTER, IAsyncOperationWithProgress_UINT64_UINT64_GetResults(operation, NULL));
    check_hresult(E_POINTER,
                  IAsyncOperationWithProgress_UINT64_UINT64_get_Completed(operation, NULL));
    check_hresult(E_POINTER,
                  IAsyncOperationWithProgress_UINT64_UINT64_get_Progress(operation, NULL));
    async_cancelled(async);
    async_release(async);
    release_ref(info);
    check_last_release(operation);
}

static void a_result_can_be_got_more_than_once(void **state)
{
    struct work_log log;
    struct async *async = new_async(&string_type, &log);
    IAsyncOperation_HSTRING *operation = async_interface(async);
    HSTRING result = NULL;

    (void)state;
    complete_with_text(async, "the result");
    async_release(async);
    assert_int_equal(log.delivered, 0);
    assert_int_equal(operation_status(operation), Completed);
    check_ok(IAsyncOperation_HSTRING_GetResults(operation, &result));
    check_string("the result", result);
    check_ok(IAsyncOperation_HSTRING_GetResults(operation, &result));
    check_string("the result", result);
    assert_int_equal(log.delivered, 1);
    check_last_release(operation);
}

static void an_error_comes_by_code_and_by_results_with_its_text(void **state)
{
    struct work_log log;
    struct async *async = new_async(&action_type, &log);
    IAsyncAction *action = async_interface(async);
    BSTR description = NULL;
    IErrorInfo *error = NULL;

    (void)state;
    async_fail(async, E_ACCESSDENIED, "the file x cannot be read");
    async_release(async);
    assert_int_equal(operation_status(action), Error);
    check_hresult(E_ACCESSDENIED, operation_error(action));
    SetErrorInfo(0, NULL);
    check_hresult(E_ACCESSDENIED, IAsyncAction_GetResults(action));
    check_ok(GetErrorInfo(0, &error));
    check_ok(IErrorInfo_GetDescription(error, &description));
    assert_int_equal(SysStringLen(description), strlen("the file x cannot be read"));
    SysFreeString(description);
    release_ref(error);
    check_last_release(action);
}

static void a_handler_set_before_the_end_is_called_once_and_let_go(void **state)
{
    struct recorder *recorder =
        recorder_create(RECORDER_COMPLETED, &IID_IAsyncOperationCompletedHandler_HSTRING);
    struct work_log log;
    struct async *async = new_async(&string_type, &log);
    IAsyncOperation_HSTRING *operation = async_interface(async);
    IAsyncOperationCompletedHandler_HSTRING *handler = NULL;

    (void)state;
    check_ok(IAsyncOperation_HSTRING_put_Completed(operation, recorder_delegate(recorder)));
    check_ok(IAsyncOperation_HSTRING_get_Completed(operation, &handler));
    assert_ptr_equal(handler, recorder_delegate(recorder));
    release_ref(handler);
    assert_int_equal(recorder_count(recorder), 0);
    recorder_answer(recorder, E_FAIL); /* is ignored */
    complete_with_text(async, "x");
    assert_int_equal(recorder_count(recorder), 1);
    assert_int_equal(recorder_get(recorder, 0).status, Completed);
    assert_ptr_equal(recorder_get(recorder, 0).sender, operation);
    assert_int_equal(log.delivered, 1);
    check_ok(IAsyncOperation_HSTRING_get_Completed(operation, &handler));
    assert_null(handler);
    assert_int_equal(operation_status(operation), Completed);
    async_release(async);
    check_last_release(operation);
    assert_int_equal(recorder_release(recorder), 0);
}

static void a_handler_set_after_the_end_is_called_in_the_setter(void **state)
{
    struct recorder *recorder = recorder_create(RECORDER_COMPLETED, NULL);
    struct work_log log;
    struct async *async = new_async(&action_type, &log);
    IAsyncAction *action = async_interface(async);

    (void)state;
    async_complete(async, NULL);
    async_release(async);
    check_ok(IAsyncAction_put_Completed(action, recorder_delegate(recorder)));
    assert_int_equal(recorder_count(recorder), 1);
    assert_int_equal(recorder_get(recorder, 0).thread, test_thread_self());
    check_ok(IAsyncAction_GetResults(action));
    check_last_release(action);
    assert_int_equal(recorder_release(recorder), 0);
}

static void a_second_handler_is_refused_also_after_null(void **state)
{
    struct recorder *recorder = recorder_create(RECORDER_COMPLETED, NULL);
    struct work_log log;
    struct async *async = new_async(&action_type, &log);
    IAsyncAction *action = async_interface(async);

    (void)state;
    check_ok(IAsyncAction_put_Completed(action, NULL));
    check_hresult(E_ILLEGAL_DELEGATE_ASSIGNMENT,
                  IAsyncAction_put_Completed(action, recorder_delegate(recorder)));
    async_complete(async, NULL);
    async_release(async);
    check_hresult(E_ILLEGAL_DELEGATE_ASSIGNMENT,
                  IAsyncAction_put_Completed(action, recorder_delegate(recorder)));
    check_hresult(E_ILLEGAL_DELEGATE_ASSIGNMENT, IAsyncAction_put_Completed(action, NULL));
    assert_int_equal(recorder_count(recorder), 0);
    check_last_release(action);
    assert_int_equal(recorder_release(recorder), 0);
}

static void cancel_shows_at_once_and_completes_when_the_work_has_stopped(void **state)
{
    struct recorder *recorder = recorder_create(RECORDER_COMPLETED, NULL);
    struct work_log log;
    struct async *async = new_async(&string_type, &log);
    IAsyncOperation_HSTRING *operation = async_interface(async);
    HSTRING result = (HSTRING)1;

    (void)state;
    check_ok(IAsyncOperation_HSTRING_put_Completed(operation, recorder_delegate(recorder)));
    operation_cancel(operation);
    operation_cancel(operation);
    assert_int_equal(log.cancels, 1);
    assert_int_equal(operation_status(operation), Canceled);
    assert_true(async_is_cancelled(async));
    assert_int_equal(recorder_count(recorder), 0);
    async_cancelled(async);
    assert_int_equal(recorder_count(recorder), 1);
    assert_int_equal(recorder_get(recorder, 0).status, Canceled);
    check_ok(operation_error(operation));
    check_hresult(E_ILLEGAL_METHOD_CALL, IAsyncOperation_HSTRING_GetResults(operation, &result));
    assert_null(result);
    async_release(async);
    check_last_release(operation);
    assert_int_equal(recorder_release(recorder), 0);
}

static void work_that_was_too_far_completes_in_spite_of_cancel(void **state)
{
    struct work_log log;
    struct async *async = new_async(&string_type, &log);
    IAsyncOperation_HSTRING *operation = async_interface(async);
    HSTRING result = NULL;

    (void)state;
    operation_cancel(operation);
    complete_with_text(async, "done");
    async_release(async);
    assert_int_equal(operation_status(operation), Completed);
    check_ok(IAsyncOperation_HSTRING_GetResults(operation, &result));
    check_string("done", result);
    operation_cancel(operation);
    assert_int_equal(operation_status(operation), Completed);
    assert_int_equal(log.cancels, 1);
    check_last_release(operation);
}

static void after_close_every_call_is_illegal(void **state)
{
    struct recorder *recorder = recorder_create(RECORDER_COMPLETED, NULL);
    struct work_log log;
    struct async *async = new_async(&count_type, &log);
    IAsyncOperationWithProgress_UINT64_UINT64 *operation = async_interface(async);
    IAsyncInfo *info = query(operation, &IID_IAsyncInfo);
    union value result = { .uint64 = 7 };
    AsyncStatus status = Started;
    HRESULT error = S_OK;
    UINT32 id = 0;
    UINT64 number;
    void *handler;

    (void)state;
    async_complete(async, &result);
    async_release(async);
    check_ok(IAsyncInfo_Close(info));
    check_ok(IAsyncInfo_Close(info));
    check_hresult(E_ILLEGAL_METHOD_CALL, IAsyncInfo_get_Status(info, &status));
    assert_int_equal(status, 4);
    check_hresult(E_ILLEGAL_METHOD_CALL, IAsyncInfo_get_ErrorCode(info, &error));
    assert_int_equal(error, E_ILLEGAL_METHOD_CALL);
    check_hresult(E_ILLEGAL_METHOD_CALL, IAsyncInfo_get_Id(info, &id));
    assert_int_not_equal(id, 0);
    check_ok(IAsyncInfo_Cancel(info));
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IAsyncOperationWithProgress_UINT64_UINT64_GetResults(operation, &number));
    check_hresult(E_ILLEGAL_METHOD_CALL, IAsyncOperationWithProgress_UINT64_UINT64_put_Completed(
                                             operation, recorder_delegate(recorder)));
    check_hresult(E_ILLEGAL_METHOD_CALL, IAsyncOperationWithProgress_UINT64_UINT64_put_Progress(
                                             operation, recorder_delegate(recorder)));
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IAsyncOperationWithProgress_UINT64_UINT64_get_Completed(operation,
                                                                          (void *)&handler));
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IAsyncOperationWithProgress_UINT64_UINT64_get_Progress(operation,
                                                                         (void *)&handler));
    assert_int_equal(recorder_count(recorder), 0);
    release_ref(info);
    check_last_release(operation);
    assert_int_equal(recorder_release(recorder), 0);
}

static void progress_goes_to_the_handler_of_the_moment(void **state)
{
    struct recorder *first = recorder_create(RECORDER_UINT64, NULL);
    struct recorder *second = recorder_create(RECORDER_UINT64, NULL);
    struct work_log log;
    struct async *async = new_async(&count_type, &log);
    IAsyncOperationWithProgress_UINT64_UINT64 *operation = async_interface(async);
    union value value = { .uint64 = 1 };

    (void)state;
    async_report(async, &value); /* nobody listens */
    check_ok(IAsyncOperationWithProgress_UINT64_UINT64_put_Progress(operation,
                                                                    recorder_delegate(first)));
    assert_int_equal(log.attached, 1);
    value.uint64 = 0x100000002;
    async_report(async, &value);
    check_ok(IAsyncOperationWithProgress_UINT64_UINT64_put_Progress(operation,
                                                                    recorder_delegate(second)));
    assert_int_equal(recorder_release(first), 0);
    value.uint64 = 3;
    async_report(async, &value);
    assert_int_equal(recorder_count(second), 1);
    assert_int_equal(recorder_get(second, 0).number, 3);
    assert_ptr_equal(recorder_get(second, 0).sender, operation);
    async_complete(async, &value);
    async_report(async, &value); /* too late */
    assert_int_equal(recorder_count(second), 1);
    assert_int_equal(recorder_release(second), 0);
    async_release(async);
    check_last_release(operation);
}

static void an_action_with_progress_has_all_of_both(void **state)
{
    struct recorder *progressed = recorder_create(RECORDER_UINT32, NULL);
    struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
    struct work_log log;
    struct async *async = new_async(&action_with_progress_type, &log);
    struct action_with_progress *action = async_interface(async);
    union value value = { .uint32 = 42 };
    void *handler = NULL;

    (void)state;
    check_ok(action->lpVtbl->put_Progress(action, recorder_delegate(progressed)));
    check_ok(action->lpVtbl->get_Progress(action, &handler));
    assert_ptr_equal(handler, recorder_delegate(progressed));
    release_ref(handler);
    check_ok(action->lpVtbl->put_Completed(action, recorder_delegate(completed)));
    check_hresult(E_ILLEGAL_METHOD_CALL, action->lpVtbl->GetResults(action));
    async_report(async, &value);
    assert_int_equal(recorder_get(progressed, 0).number, 42);
    assert_ptr_equal(recorder_get(progressed, 0).sender, action);
    async_complete(async, NULL);
    assert_int_equal(recorder_get(completed, 0).status, Completed);
    check_ok(action->lpVtbl->GetResults(action));
    async_release(async);
    check_last_release(action);
    assert_int_equal(recorder_release(progressed), 0);
    assert_int_equal(recorder_release(completed), 0);
}

static void interfaces_and_names_are_those_of_the_instantiation(void **state)
{
    struct work_log log;
    struct async *async = new_async(&string_type, &log);
    IAsyncOperation_HSTRING *operation = async_interface(async);
    IUnknown *marshal = query(operation, &IID_IMarshal);
    IUnknown *agile = query(operation, &IID_IAgileObject);
    IAsyncInfo *info = query(operation, &IID_IAsyncInfo);
    IUnknown *other = (IUnknown *)1;
    TrustLevel level = FullTrust;
    HSTRING name = NULL;
    IID *iids = NULL;
    ULONG count = 0;

    (void)state;
    check_same_object(operation, info);
    check_same_object(operation, agile);
    check_same_object(operation, marshal);
    check_hresult(E_NOINTERFACE,
                  IAsyncInfo_QueryInterface(info, &IID_IAsyncAction, (void **)&other));
    assert_null(other);
    check_ok(IAsyncInfo_GetRuntimeClassName(info, &name));
    check_string("Windows.Foundation.IAsyncOperation`1<String>", name);
    check_ok(IAsyncInfo_GetTrustLevel(info, &level));
    assert_int_equal(level, BaseTrust);
    check_ok(IAsyncOperation_HSTRING_GetIids(operation, &count, &iids));
    assert_int_equal(count, 2);
    assert_memory_equal(&iids[0], &IID_IAsyncOperation_HSTRING, sizeof(IID));
    assert_memory_equal(&iids[1], &IID_IAsyncInfo, sizeof(IID));
    CoTaskMemFree(iids);
    release_ref(marshal);
    release_ref(agile);
    release_ref(info);
    async_cancelled(async);
    async_release(async);
    check_last_release(operation);
}

static HRESULT say_hello(void *context, struct async *async, union value *result)
{
    (void)async;
    (*(int *)context)++;
    result->string = string_new("hello");
    return S_OK;
}

static HRESULT refuse(void *context, struct async *async, union value *result)
{
    (void)async;
    (void)result;
    (*(int *)context)++;
    return error_originate(E_BOUNDS, "no %s here", "thing");
}

static void destroy_job(void *context)
{
    *(int *)context += 10;
}

static void a_job_runs_on_a_worker_and_ends_with_what_it_returns(void **state)
{
    static const struct async_job hello = { say_hello, destroy_job };
    static const struct async_job refusal = { refuse, destroy_job };
    IAsyncOperation_HSTRING *operation = NULL;
    HSTRING result = NULL;
    int runs = 0, refusals = 0, others = 0;

    (void)state;
    check_ok(async_run(&string_type, &hello, &runs, (void **)&operation));
    await_results(operation, &result);
    check_string("hello", result);
    assert_int_equal(runs, 11);
    check_ok(async_run(&string_type, &refusal, &refusals, (void **)&operation));
    await_error(E_BOUNDS, operation);
    assert_int_equal(refusals, 11);
    check_hresult(E_POINTER, async_run(&string_type, &hello, &others, NULL));
    assert_int_equal(others, 10);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(it_is_started_when_it_is_made),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(a_result_can_be_got_more_than_once),
    cmocka_unit_test(an_error_comes_by_code_and_by_results_with_its_text),
    cmocka_unit_test(a_handler_set_before_the_end_is_called_once_and_let_go),
    cmocka_unit_test(a_handler_set_after_the_end_is_called_in_the_setter),
    cmocka_unit_test(a_second_handler_is_refused_also_after_null),
    cmocka_unit_test(cancel_shows_at_once_and_completes_when_the_work_has_stopped),
    cmocka_unit_test(work_that_was_too_far_completes_in_spite_of_cancel),
    cmocka_unit_test(after_close_every_call_is_illegal),
    cmocka_unit_test(progress_goes_to_the_handler_of_the_moment),
    cmocka_unit_test(an_action_with_progress_has_all_of_both),
    cmocka_unit_test(interfaces_and_names_are_those_of_the_instantiation),
    cmocka_unit_test(a_job_runs_on_a_worker_and_ends_with_what_it_returns),
};

TEST_MAIN(tests)
