/* SPDX-License-Identifier: MIT */
/*
 * GetCurrentDownloadsAsync, …(group) and GetCurrentDownloadsForTransferGroupAsync within one
 * process: who is listed, when not any more, and that the operation of a transfer is one object as
 * long as somebody has it.
 */
#include "listing.h"
#include "watch.h"

#include <stdio.h>
#include <string.h>

#include "paths.h"
#include "src/port/files.h"

#define CLASS_DOWNLOADER "Windows.Networking.BackgroundTransfer.BackgroundDownloader"
#define HELD             400000

#define async_put_Completed \
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed
#define async_GetResults IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_GetResults

static void nothing_is_an_empty_list(void **state)
{
    IVectorView_DownloadOperation *view = list_current();
    IDownloadOperation *operation = (void *)1;

    (void)state;
    check_hresult(E_BOUNDS, IVectorView_DownloadOperation_GetAt(view, 0, &operation));
    assert_null(operation);
    assert_int_equal(count_of(view), 0);
}

static void one_that_runs_is_the_same_object(void **state)
{
    IDownloadOperation *listed;
    struct watch watch;

    (void)state;
    watch_script(&watch, "same", "steps=hold:400000");
    listed = only_one_of(list_current());
    assert_ptr_equal(listed, watch.operation);
    release_ref(listed);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    watch_close(&watch);
}

static void what_was_not_started_is_not_listed(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/10"), "a.bin");

    (void)state;
    assert_int_equal(count_of(list_current()), 0);
    check_last_release(operation);
}

/* The end alone is not enough: the app has to have seen it. */
static void until_the_outcome_was_delivered(void **state)
{
    static const char *const rows[] = { "/bytes/1000", "/status/404" };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        IDownloadOperation *operation =
            download_new(NULL, server_url("FAULT_HTTP", "%s", rows[i]), "a.bin");
        struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
        download_async *async = download_start(operation);

        while (operation_status(async) == Started)
            recorder_wait_for(completed, 1, 5);
        assert_int_equal(count_of(list_current()), 1);
        assert_int_equal(count_of(list_current()), 1);
        check_ok(async_put_Completed(async, recorder_delegate(completed)));
        assert_int_equal(recorder_count(completed), 1);
        assert_int_equal(count_of(list_current()), 0);
        release_ref(async);
        check_last_release_soon(operation);
        assert_int_equal(recorder_release(completed), 0);
    }
}

static void get_results_delivers_too(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    IDownloadOperation *result = NULL;
    download_async *async = download_start(operation);
    struct recorder *never = recorder_create(RECORDER_COMPLETED, NULL);

    (void)state;
    while (operation_status(async) == Started)
        recorder_wait_for(never, 1, 5);
    assert_int_equal(count_of(list_current()), 1);
    check_ok(async_GetResults(async, &result));
    assert_int_equal(count_of(list_current()), 0);
    release_ref(result);
    release_ref(async);
    check_last_release_soon(operation);
    recorder_release(never);
}

/* Nobody kept the operation that has ended: a new one is made, of the same transfer, and attaching
 * to it collects. */
static void what_nobody_saw_end_can_be_attached_to(void **state)
{
    const char *url = server_url("FAULT_HTTP", "/bytes/1000?token=%s", test_token("unseen"));
    IDownloadOperation *operation = download_new(NULL, url, "a.bin");
    download_async *async = download_start(operation);
    struct recorder *never = recorder_create(RECORDER_COMPLETED, NULL);
    GUID guid = guid_of(operation), listed_guid;
    IBackgroundTransferOperation *common;
    IUriRuntimeClass *uri = NULL;
    IStorageFile *file = NULL;
    IStorageItem *item;
    HSTRING string = NULL;

    (void)state;
    while (operation_status(async) == Started)
        recorder_wait_for(never, 1, 5);
    release_ref(async);
    check_last_release_soon(operation);

    operation = only_one_of(list_current());
    listed_guid = guid_of(operation);
    assert_memory_equal(&guid, &listed_guid, sizeof(guid));
    assert_int_equal(progress_of(operation).Status, BackgroundTransferStatus_Completed);
    assert_int_equal(progress_of(operation).BytesReceived, 1000);
    assert_int_equal(status_code_of(operation), 200);
    common = query(operation, &IID_IBackgroundTransferOperation);
    check_ok(IBackgroundTransferOperation_get_RequestedUri(common, &uri));
    assert_string_equal(uri_text(uri), url);
    check_ok(IBackgroundTransferOperation_get_Method(common, &string));
    check_string("GET", string);
    check_ok(IDownloadOperation_get_ResultFile(operation, &file));
    item = query(file, &IID_IStorageItem);
    check_ok(IStorageItem_get_Path(item, &string));
    check_string(item_path("a.bin"), string);
    release_ref(item);
    release_ref(file);
    release_ref(uri);
    release_ref(common);

    async = NULL;
    check_ok(IDownloadOperation_AttachAsync(operation, &async));
    assert_int_equal(operation_status(async), Completed);
    assert_int_equal(count_of(list_current()), 1);
    assert_int_equal(await_with_progress(async), Completed);
    assert_int_equal(count_of(list_current()), 0);
    release_ref(async);
    check_last_release_soon(operation);
    recorder_release(never);
}

static void a_file_that_is_gone_is_an_error(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    download_async *async = download_start(operation);
    struct recorder *never = recorder_create(RECORDER_COMPLETED, NULL);
    IStorageFile *file = (void *)1;

    (void)state;
    while (operation_status(async) == Started)
        recorder_wait_for(never, 1, 5);
    release_ref(async);
    check_last_release_soon(operation);
    assert_int_equal(file_remove(test_path("a.bin")), PORT_OK);
    operation = only_one_of(list_current());
    check_hresult(__HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND),
                  IDownloadOperation_get_ResultFile(operation, &file));
    assert_null(file);
    check_last_release_soon(operation);
    recorder_release(never);
}

static void without_a_result_file_there_is_none(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), NULL);
    download_async *async = download_start(operation);
    struct recorder *never = recorder_create(RECORDER_COMPLETED, NULL);
    IStorageFile *file = (void *)1;

    (void)state;
    while (operation_status(async) == Started)
        recorder_wait_for(never, 1, 5);
    release_ref(async);
    check_last_release_soon(operation);
    operation = only_one_of(list_current());
    check_ok(IDownloadOperation_get_ResultFile(operation, &file));
    assert_null(file);
    check_last_release_soon(operation);
    recorder_release(never);
}

/* Each list has its own. */
static void groups_are_listed_apart(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    IDownloadOperation *grouped, *other, *listed;
    download_async *asyncs[2];

    (void)state;
    check_ok(IBackgroundTransferBase_put_Group(base, string_of("mine")));
    grouped =
        download_new(downloader,
                     server_url("FAULT_HTTP", "/hold/%s?token=x", test_token("grouped")), "a.bin");
    check_ok(IBackgroundTransferBase_put_Group(base, NULL));
    other =
        download_new(downloader,
                     server_url("FAULT_HTTP", "/hold/%s?token=x", test_token("grouped")), "b.bin");
    asyncs[0] = download_start(grouped);
    asyncs[1] = download_start(other);
    listed = only_one_of(list_group("mine"));
    assert_ptr_equal(listed, grouped);
    release_ref(listed);
    listed = only_one_of(list_current());
    assert_ptr_equal(listed, other);
    release_ref(listed);
    /* The empty string is the Group of those without. */
    listed = only_one_of(list_group(""));
    assert_ptr_equal(listed, other);
    release_ref(listed);
    assert_int_equal(count_of(list_group("Mine")), 0);
    assert_int_equal(count_of(list_group("nobody's")), 0);
    for (int i = 0; i < 2; i++) {
        operation_cancel(asyncs[i]);
        assert_int_equal(await_with_progress(asyncs[i]), Canceled);
        release_ref(asyncs[i]);
    }
    check_last_release_soon(grouped);
    check_last_release_soon(other);
    release_ref(base);
    check_last_release(downloader);
}

/* In the order of creation, which is not that of the starts. */
static void the_order_is_that_of_creation(void **state)
{
    enum {
        COUNT = 5
    };
    static const int starts[COUNT] = { 3, 0, 4, 1, 2 };
    IDownloadOperation *operations[COUNT], *listed[COUNT + 1] = { NULL };
    IVectorView_DownloadOperation *view;
    download_async *asyncs[COUNT];
    char name[16];
    UINT32 count;

    (void)state;
    for (int i = 0; i < COUNT; i++) {
        snprintf(name, sizeof(name), "%d.bin", i);
        operations[i] =
            download_new(NULL, server_url("FAULT_HTTP", "/hold/%s?token=x", test_token("order")),
                         name);
    }
    for (int i = 0; i < COUNT; i++)
        asyncs[starts[i]] = download_start(operations[starts[i]]);
    view = list_current();
    check_ok(IVectorView_DownloadOperation_GetMany(view, 0, COUNT + 1, listed, &count));
    assert_int_equal(count, COUNT);
    check_last_release_soon(view);
    for (int i = 0; i < COUNT; i++) {
        assert_ptr_equal(listed[i], operations[i]);
        release_ref(listed[i]);
        operation_cancel(asyncs[i]);
        assert_int_equal(await_with_progress(asyncs[i]), Canceled);
        release_ref(asyncs[i]);
        check_last_release_soon(operations[i]);
    }
}

static void null_pointers_are_refused(void **state)
{
    IBackgroundDownloaderStaticMethods *statics =
        activation_factory(CLASS_DOWNLOADER, &IID_IBackgroundDownloaderStaticMethods);
    IBackgroundDownloaderStaticMethods2 *statics2 =
        query(statics, &IID_IBackgroundDownloaderStaticMethods2);
    IBackgroundDownloaderUserConsent *consent =
        query(statics, &IID_IBackgroundDownloaderUserConsent);
    IAsyncOperation_IVectorView_DownloadOperation *listing = (void *)1;
    IAsyncOperation_UnconstrainedTransferRequestResult *asking = (void *)1;

    (void)state;
    check_hresult(E_POINTER,
                  IBackgroundDownloaderStaticMethods_GetCurrentDownloadsAsync(statics, NULL));
    check_hresult(E_POINTER,
                  IBackgroundDownloaderStaticMethods_GetCurrentDownloadsForGroupAsync(statics, NULL,
                                                                                      NULL));
    check_hresult(E_POINTER,
                  IBackgroundDownloaderStaticMethods2_GetCurrentDownloadsForTransferGroupAsync(
                      statics2, NULL, &listing));
    assert_null(listing);
    check_hresult(E_POINTER,
                  IBackgroundDownloaderUserConsent_RequestUnconstrainedDownloadsAsync(consent, NULL,
                                                                                      &asking));
    assert_null(asking);
    release_ref(consent);
    release_ref(statics2);
    release_ref(statics);
}

static void nothing_constrains_downloads(void **state)
{
    IBackgroundDownloaderUserConsent *consent =
        activation_factory(CLASS_DOWNLOADER, &IID_IBackgroundDownloaderUserConsent);
    IVectorView_DownloadOperation *view = list_current();
    IIterable_DownloadOperation *operations = query(view, &IID_IIterable_DownloadOperation);
    IAsyncOperation_UnconstrainedTransferRequestResult *asking = NULL;
    IUnconstrainedTransferRequestResult *result = NULL;
    boolean yes = FALSE;

    (void)state;
    check_ok(IBackgroundDownloaderUserConsent_RequestUnconstrainedDownloadsAsync(consent,
                                                                                 operations,
                                                                                 &asking));
    assert_int_equal(operation_status(asking), Completed);
    await_results(asking, &result);
    check_hresult(E_POINTER, IUnconstrainedTransferRequestResult_get_IsUnconstrained(result, NULL));
    check_ok(IUnconstrainedTransferRequestResult_get_IsUnconstrained(result, &yes));
    assert_true(yes);
    check_last_release(result);
    release_ref(operations);
    release_ref(view);
    release_ref(consent);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_is_an_empty_list),
    cmocka_unit_test(one_that_runs_is_the_same_object),
    cmocka_unit_test(what_was_not_started_is_not_listed),
    cmocka_unit_test(until_the_outcome_was_delivered),
    cmocka_unit_test(get_results_delivers_too),
    cmocka_unit_test(what_nobody_saw_end_can_be_attached_to),
    cmocka_unit_test(a_file_that_is_gone_is_an_error),
    cmocka_unit_test(without_a_result_file_there_is_none),
    cmocka_unit_test(groups_are_listed_apart),
    cmocka_unit_test(the_order_is_that_of_creation),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(nothing_constrains_downloads),
};

TEST_MAIN(tests)
