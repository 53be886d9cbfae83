/* SPDX-License-Identifier: MIT */
/*
 * RecoverableWebErrorStatuses as a list that counts whenever it is changed, and
 * CurrentWebErrorStatus in each state. (What a transfer does that meets such an error and gets
 * another address: test_recoverable_url.c.)
 */
#include "watch.h"

#include <string.h>

#include <windows.web.h>

#include "test_thread.h"

#define PARKED BackgroundTransferStatus_PausedRecoverableWebErrorStatus
#define HELD   400000

static IVector_WebErrorStatus *statuses_of(IDownloadOperation *operation)
{
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    IVector_WebErrorStatus *statuses = NULL;

    check_hresult(E_POINTER, IDownloadOperation3_get_RecoverableWebErrorStatuses(third, NULL));
    check_ok(IDownloadOperation3_get_RecoverableWebErrorStatuses(third, &statuses));
    release_ref(third);
    return statuses;
}

/* -1: there is none. */
static int current_of(IDownloadOperation *operation)
{
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    IReference_WebErrorStatus *reference = (void *)1;
    WebErrorStatus status = (WebErrorStatus)-1;

    check_hresult(E_POINTER, IDownloadOperation3_get_CurrentWebErrorStatus(third, NULL));
    check_ok(IDownloadOperation3_get_CurrentWebErrorStatus(third, &reference));
    if (reference)
        check_ok(IReference_WebErrorStatus_get_Value(reference, &status));
    release_ref(reference);
    release_ref(third);
    return (int)status;
}

static void cancel(struct watch *watch)
{
    operation_cancel(watch->async);
    assert_int_equal(watch_end(watch, NULL), Canceled);
}

static void it_is_one_list_and_empty_at_first(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/10"), "a.bin");
    IVector_WebErrorStatus *first = statuses_of(operation), *second = statuses_of(operation);
    IVectorView_WebErrorStatus *view = NULL;
    WebErrorStatus status;
    UINT32 size = 9;

    (void)state;
    assert_ptr_equal(first, second);
    check_ok(IVector_WebErrorStatus_get_Size(first, &size));
    assert_int_equal(size, 0);
    check_ok(IVector_WebErrorStatus_Append(first, WebErrorStatus_Forbidden));
    check_ok(IVector_WebErrorStatus_InsertAt(first, 0, WebErrorStatus_Gone));
    check_ok(IVector_WebErrorStatus_GetView(second, &view));
    check_ok(IVectorView_WebErrorStatus_GetAt(view, 0, &status));
    assert_int_equal(status, WebErrorStatus_Gone);
    check_ok(IVector_WebErrorStatus_Clear(first));
    check_ok(IVectorView_WebErrorStatus_get_Size(view, &size));
    assert_int_equal(size, 2);
    release_ref(view);
    release_ref(second);
    /* It may outlive the operation. */
    check_last_release(operation);
    check_ok(IVector_WebErrorStatus_Append(first, WebErrorStatus_NotFound));
    check_last_release(first);
}

/* Ways to change the list, from {NotFound, Gone}; the server will answer 403. */
static HRESULT append_it(IVector_WebErrorStatus *statuses)
{
    return IVector_WebErrorStatus_Append(statuses, WebErrorStatus_Forbidden);
}

static HRESULT insert_it(IVector_WebErrorStatus *statuses)
{
    return IVector_WebErrorStatus_InsertAt(statuses, 1, WebErrorStatus_Forbidden);
}

static HRESULT set_it(IVector_WebErrorStatus *statuses)
{
    return IVector_WebErrorStatus_SetAt(statuses, 0, WebErrorStatus_Forbidden);
}

static HRESULT replace_by_it(IVector_WebErrorStatus *statuses)
{
    WebErrorStatus forbidden = WebErrorStatus_Forbidden;

    return IVector_WebErrorStatus_ReplaceAll(statuses, 1, &forbidden);
}

static HRESULT append_and_remove_it(IVector_WebErrorStatus *statuses)
{
    check_ok(append_it(statuses));
    return IVector_WebErrorStatus_RemoveAt(statuses, 2);
}

static HRESULT append_and_remove_the_last(IVector_WebErrorStatus *statuses)
{
    check_ok(append_it(statuses));
    return IVector_WebErrorStatus_RemoveAtEnd(statuses);
}

static HRESULT append_and_clear(IVector_WebErrorStatus *statuses)
{
    check_ok(append_it(statuses));
    return IVector_WebErrorStatus_Clear(statuses);
}

static HRESULT leave_it_out(IVector_WebErrorStatus *statuses)
{
    return IVector_WebErrorStatus_Append(statuses, WebErrorStatus_Conflict);
}

static void each_kind_of_change_counts(void **state)
{
    static const struct {
        HRESULT (*change)(IVector_WebErrorStatus *statuses);
        bool parks;
    } rows[] = {
        { append_it, true },
        { insert_it, true },
        { set_it, true },
        { replace_by_it, true },
        { append_and_remove_it, false },
        { append_and_remove_the_last, false },
        { append_and_clear, false },
        { leave_it_out, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        IVector_WebErrorStatus *statuses;
        struct watch watch;

        watch_create(&watch, NULL, "change", server_url("FAULT_HTTP", "/status/403"));
        statuses = statuses_of(watch.operation);
        check_ok(IVector_WebErrorStatus_Append(statuses, WebErrorStatus_NotFound));
        check_ok(IVector_WebErrorStatus_Append(statuses, WebErrorStatus_Gone));
        check_ok(rows[i].change(statuses));
        release_ref(statuses);
        watch_start(&watch);
        if (rows[i].parks) {
            watch_for_status(&watch, PARKED);
            assert_int_equal(current_of(watch.operation), WebErrorStatus_Forbidden);
            cancel(&watch);
        } else {
            assert_int_equal(watch_end(&watch, NULL), Error);
        }
        watch_close(&watch);
    }
}

/* The first answer is cut, and the second one is the error. */
static void a_change_amid_the_transfer_counts(void **state)
{
    IVector_WebErrorStatus *statuses;
    struct watch watch;

    (void)state;
    retry_at_once();
    watch_script(&watch, "amid", "steps=hold:400000,status:403");
    watch_for_bytes(&watch, HELD);
    statuses = statuses_of(watch.operation);
    check_ok(append_it(statuses));
    release_ref(statuses);
    watch_pause(&watch);
    watch_resume(&watch);
    watch_for_status(&watch, PARKED);
    assert_int_equal(current_of(watch.operation), WebErrorStatus_Forbidden);
    cancel(&watch);
    watch_close(&watch);
}

static void other_errors_than_statuses_can_be_listed(void **state)
{
    static const struct {
        const char *server, *row;
        WebErrorStatus status;
    } rows[] = {
        { "CLOSED_HTTP", "/a", WebErrorStatus_CannotConnect },
        { "FAULT_HTTP", "/status/418", WebErrorStatus_UnexpectedClientError },
        { "FAULT_HTTP", "/redirect-loop", WebErrorStatus_RedirectFailed },
    };

    (void)state;
    retry_at_once();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        IVector_WebErrorStatus *statuses;
        struct watch watch;

        watch_create(&watch, NULL, "other", server_url(rows[i].server, "%s", rows[i].row));
        statuses = statuses_of(watch.operation);
        check_ok(IVector_WebErrorStatus_Append(statuses, rows[i].status));
        release_ref(statuses);
        watch_start(&watch);
        watch_for_status(&watch, PARKED);
        assert_int_equal(current_of(watch.operation), rows[i].status);
        cancel(&watch);
        watch_close(&watch);
    }
}

static void the_current_status_is_that_of_now(void **state)
{
    IVector_WebErrorStatus *statuses;
    struct watch watch;

    (void)state;
    watch_create(&watch, NULL, "now",
                 script_url("now", "steps=hold:400000,status:403,hold:500000"));
    statuses = statuses_of(watch.operation);
    check_ok(append_it(statuses));
    release_ref(statuses);
    assert_int_equal(current_of(watch.operation), -1);
    watch_start(&watch);
    watch_for_bytes(&watch, HELD);
    assert_int_equal(current_of(watch.operation), -1);
    watch_pause(&watch);
    assert_int_equal(current_of(watch.operation), -1);
    watch_resume(&watch);
    watch_for_status(&watch, PARKED);
    assert_int_equal(current_of(watch.operation), WebErrorStatus_Forbidden);
    watch_resume(&watch);
    watch_for_status(&watch, BackgroundTransferStatus_Running);
    assert_int_equal(current_of(watch.operation), -1);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(current_of(watch.operation), -1);
    watch_close(&watch);
}

static void an_error_leaves_its_status(void **state)
{
    static const struct {
        const char *row;
        int status;
    } rows[] = { { "/status/404", WebErrorStatus_NotFound },
                 { "/redirect-loop", WebErrorStatus_RedirectFailed } };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        IDownloadOperation *operation =
            download_new(NULL, server_url("FAULT_HTTP", "%s", rows[i].row), "a.bin");

        assert_int_equal(download_run(operation, NULL), Error);
        assert_int_equal(current_of(operation), rows[i].status);
        check_last_release_soon(operation);
    }
}

static void append_many(void *argument)
{
    for (int i = 0; i < 100; i++)
        IVector_WebErrorStatus_Append((IVector_WebErrorStatus *)argument, WebErrorStatus_Gone);
}

static void threads_may_change_it(void **state)
{
    struct test_thread *threads[4];
    IVector_WebErrorStatus *statuses;
    struct watch watch;
    UINT32 size = 0;

    (void)state;
    watch_script(&watch, "many", "steps=hold:400000,status:403");
    watch_for_bytes(&watch, HELD);
    statuses = statuses_of(watch.operation);
    for (int i = 0; i < 4; i++)
        threads[i] = test_thread_start(append_many, statuses);
    check_ok(append_it(statuses));
    for (int i = 0; i < 4; i++)
        test_thread_join(threads[i]);
    check_ok(IVector_WebErrorStatus_get_Size(statuses, &size));
    assert_int_equal(size, 401);
    release_ref(statuses);
    watch_pause(&watch);
    watch_resume(&watch);
    watch_for_status(&watch, PARKED);
    cancel(&watch);
    watch_close(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(it_is_one_list_and_empty_at_first),
    cmocka_unit_test(each_kind_of_change_counts),
    cmocka_unit_test(a_change_amid_the_transfer_counts),
    cmocka_unit_test(other_errors_than_statuses_can_be_listed),
    cmocka_unit_test(the_current_status_is_that_of_now),
    cmocka_unit_test(an_error_leaves_its_status),
    cmocka_unit_test(threads_may_change_it),
};

TEST_MAIN(tests)
