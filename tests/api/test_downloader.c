/* SPDX-License-Identifier: MIT */
/* BackgroundDownloader Class: its properties, what they mean for downloads, and its arguments. */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include <winstring.h>

#include "client_objects.h"

static HRESULT create(IUriRuntimeClass *uri, IStorageFile *file, IDownloadOperation **operation)
{
    IBackgroundDownloader *downloader = downloader_new();
    HRESULT hr = IBackgroundDownloader_CreateDownload(downloader, uri, file, operation);

    check_last_release(downloader);
    return hr;
}

static HRESULT create_for(const char *url)
{
    IUriRuntimeClass *uri = uri_new(url);
    IDownloadOperation *operation = (void *)1;
    HRESULT hr = create(uri, NULL, &operation);

    if (FAILED(hr))
        assert_null(operation);
    else
        check_last_release(operation);
    check_last_release(uri);
    return hr;
}

static void the_defaults(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    IBackgroundDownloader2 *second = query(downloader, &IID_IBackgroundDownloader2);
    IBackgroundDownloader3 *third = query(downloader, &IID_IBackgroundDownloader3);
    BackgroundTransferCostPolicy policy = (BackgroundTransferCostPolicy)7;
    IPasswordCredential *credential = (void *)1;
    IBackgroundTransferGroup *group = (void *)1;
    IBackgroundTransferCompletionGroup *completion = (void *)1;
    IToastNotification *toast = (void *)1;
    ITileNotification *tile = (void *)1;
    HSTRING string = (void *)1;

    (void)state;
    check_ok(IBackgroundTransferBase_get_Method(base, &string));
    check_string("GET", string);
    string = (void *)1;
    check_ok(IBackgroundTransferBase_get_Group(base, &string));
    assert_null(string);
    check_ok(IBackgroundTransferBase_get_CostPolicy(base, &policy));
    assert_int_equal(policy, BackgroundTransferCostPolicy_Default);
    check_ok(IBackgroundTransferBase_get_ServerCredential(base, &credential));
    assert_null(credential);
    credential = (void *)1;
    check_ok(IBackgroundTransferBase_get_ProxyCredential(base, &credential));
    assert_null(credential);
    check_ok(IBackgroundDownloader2_get_TransferGroup(second, &group));
    assert_null(group);
    check_ok(IBackgroundDownloader2_get_SuccessToastNotification(second, &toast));
    assert_null(toast);
    toast = (void *)1;
    check_ok(IBackgroundDownloader2_get_FailureToastNotification(second, &toast));
    assert_null(toast);
    check_ok(IBackgroundDownloader2_get_SuccessTileNotification(second, &tile));
    assert_null(tile);
    tile = (void *)1;
    check_ok(IBackgroundDownloader2_get_FailureTileNotification(second, &tile));
    assert_null(tile);
    check_ok(IBackgroundDownloader3_get_CompletionGroup(third, &completion));
    assert_null(completion);
    release_ref(base);
    release_ref(second);
    release_ref(third);
    check_last_release(downloader);
}

/* Any object does: it is only kept. */
static void objects_are_kept_and_handed_back(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    IBackgroundDownloader2 *second = query(downloader, &IID_IBackgroundDownloader2);
    IPasswordCredential *credential = credential_new("a", "b"), *got_credential = NULL;
    IStorageFile *any = client_file_new("/any");
    IBackgroundTransferGroup *group = NULL;
    IToastNotification *success_toast = NULL, *failure_toast = NULL;
    ITileNotification *success_tile = NULL, *failure_tile = NULL;

    (void)state;
    check_ok(IBackgroundTransferBase_put_ServerCredential(base, credential));
    check_ok(IBackgroundTransferBase_put_ProxyCredential(base, credential));
    check_ok(IBackgroundTransferBase_get_ServerCredential(base, &got_credential));
    assert_ptr_equal(got_credential, credential);
    release_ref(got_credential);
    check_ok(IBackgroundTransferBase_put_ServerCredential(base, NULL));
    check_ok(IBackgroundTransferBase_get_ServerCredential(base, &got_credential));
    assert_null(got_credential);

    check_ok(IBackgroundDownloader2_put_TransferGroup(second, (void *)any));
    check_ok(IBackgroundDownloader2_put_SuccessToastNotification(second, (void *)any));
    check_ok(IBackgroundDownloader2_put_FailureToastNotification(second, (void *)any));
    check_ok(IBackgroundDownloader2_put_SuccessTileNotification(second, (void *)any));
    check_ok(IBackgroundDownloader2_put_FailureTileNotification(second, (void *)any));
    check_refcount(6, any);
    check_ok(IBackgroundDownloader2_get_TransferGroup(second, &group));
    check_ok(IBackgroundDownloader2_get_SuccessToastNotification(second, &success_toast));
    check_ok(IBackgroundDownloader2_get_FailureToastNotification(second, &failure_toast));
    check_ok(IBackgroundDownloader2_get_SuccessTileNotification(second, &success_tile));
    check_ok(IBackgroundDownloader2_get_FailureTileNotification(second, &failure_tile));
    assert_ptr_equal(group, any);
    assert_ptr_equal(success_toast, any);
    assert_ptr_equal(failure_toast, any);
    assert_ptr_equal(success_tile, any);
    assert_ptr_equal(failure_tile, any);
    release_ref(group);
    release_ref(success_toast);
    release_ref(failure_toast);
    release_ref(success_tile);
    release_ref(failure_tile);
    release_ref(base);
    release_ref(second);
    check_last_release(downloader);
    check_last_release(any);
    check_last_release(credential);
}

static void strings_may_be_references(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    WCHAR text[] = u"PUT";
    HSTRING_HEADER header;
    HSTRING string = NULL;

    (void)state;
    check_ok(WindowsCreateStringReference(text, 3, &header, &string));
    check_ok(IBackgroundTransferBase_put_Method(base, string));
    check_ok(IBackgroundTransferBase_put_Group(base, string));
    text[0] = 'X';
    memset(&header, 0, sizeof(header));
    check_ok(IBackgroundTransferBase_get_Method(base, &string));
    check_string("PUT", string);
    check_ok(IBackgroundTransferBase_get_Group(base, &string));
    check_string("PUT", string);
    release_ref(base);
    check_last_release(downloader);
}

static void cost_policies_are_the_documented_ones(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    BackgroundTransferCostPolicy policy;

    (void)state;
    for (int i = 0; i <= 2; i++) {
        check_ok(IBackgroundTransferBase_put_CostPolicy(base, (BackgroundTransferCostPolicy)i));
        check_ok(IBackgroundTransferBase_get_CostPolicy(base, &policy));
        assert_int_equal(policy, i);
    }
    check_hresult(E_INVALIDARG,
                  IBackgroundTransferBase_put_CostPolicy(base, (BackgroundTransferCostPolicy)3));
    check_hresult(E_INVALIDARG,
                  IBackgroundTransferBase_put_CostPolicy(base, (BackgroundTransferCostPolicy)-1));
    release_ref(base);
    check_last_release(downloader);
}

/* What is set later concerns later downloads. */
static void settings_are_copied_at_creation(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    IPasswordCredential *credential = credential_new("me", "right"),
                        *other = credential_new("me", "wrong");
    IDownloadOperation *first, *second;
    IBackgroundTransferOperation *common;
    BackgroundTransferCostPolicy policy;
    HSTRING string = NULL;
    char *echo;

    (void)state;
    check_ok(downloader_set_header(downloader, "X-Test", "one"));
    check_ok(IBackgroundTransferBase_put_Group(base, string_of("group")));
    check_ok(IBackgroundTransferBase_put_CostPolicy(base, BackgroundTransferCostPolicy_Always));
    check_ok(IBackgroundTransferBase_put_ServerCredential(base, credential));
    first = download_new(downloader, server_url("FAULT_HTTP", "/basic/me/right"), "first.json");

    check_ok(downloader_set_header(downloader, "X-Test", "two"));
    downloader_set_method(downloader, "POST");
    check_ok(IBackgroundTransferBase_put_Group(base, NULL));
    check_ok(IBackgroundTransferBase_put_CostPolicy(base, BackgroundTransferCostPolicy_Default));
    check_ok(IBackgroundTransferBase_put_ServerCredential(base, other));
    check_ok(IPasswordCredential_put_Password(credential, string_of("changed")));
    second = download_new(downloader, server_url("FAULT_HTTP", "/echo"), "second.json");

    common = query(first, &IID_IBackgroundTransferOperation);
    check_ok(IBackgroundTransferOperation_get_Method(common, &string));
    check_string("GET", string);
    check_ok(IBackgroundTransferOperation_get_Group(common, &string));
    check_string("group", string);
    check_ok(IBackgroundTransferOperation_get_CostPolicy(common, &policy));
    assert_int_equal(policy, BackgroundTransferCostPolicy_Always);
    check_ok(
        IBackgroundTransferOperation_put_CostPolicy(common,
                                                    BackgroundTransferCostPolicy_UnrestrictedOnly));
    check_ok(IBackgroundTransferOperation_get_CostPolicy(common, &policy));
    assert_int_equal(policy, BackgroundTransferCostPolicy_UnrestrictedOnly);
    check_hresult(E_INVALIDARG,
                  IBackgroundTransferOperation_put_CostPolicy(common,
                                                              (BackgroundTransferCostPolicy)3));
    release_ref(common);

    assert_int_equal(download_run(first, NULL), Completed);
    echo = file_text("first.json");
    assert_non_null(strstr(echo, "\"X-Test: one\""));
    free(echo);
    assert_int_equal(download_run(second, NULL), Completed);
    echo = file_text("second.json");
    assert_non_null(strstr(echo, "\"X-Test: one, two\""));
    assert_non_null(strstr(echo, "\"method\": \"POST\""));
    free(echo);
    check_last_release_soon(first);
    check_last_release_soon(second);
    release_ref(base);
    check_last_release(downloader);
    check_last_release(credential);
    check_last_release(other);
}

static void the_operation_hands_back_what_it_got(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundDownloader2 *second = query(downloader, &IID_IBackgroundDownloader2);
    IBackgroundTransferGroupStatics *groups =
        activation_factory("Windows.Networking.BackgroundTransfer.BackgroundTransferGroup",
                           &IID_IBackgroundTransferGroupStatics);
    IStorageFile *file = file_new("a.bin"), *got_file = NULL;
    IUriRuntimeClass *uri = uri_new("http://example.com/a b#c"), *got_uri = NULL;
    IDownloadOperation *operation = NULL;
    IDownloadOperation2 *operation2;
    IBackgroundTransferGroup *group = NULL, *got_group = NULL;
    IBackgroundTransferOperation *common;
    GUID guid, again, other;

    (void)state;
    check_ok(IBackgroundTransferGroupStatics_CreateGroup(groups, string_of("group"), &group));
    release_ref(groups);
    check_ok(IBackgroundDownloader2_put_TransferGroup(second, group));
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    common = query(operation, &IID_IBackgroundTransferOperation);
    operation2 = query(operation, &IID_IDownloadOperation2);
    check_ok(IDownloadOperation_get_ResultFile(operation, &got_file));
    assert_ptr_equal(got_file, file);
    check_ok(IBackgroundTransferOperation_get_RequestedUri(common, &got_uri));
    assert_ptr_equal(got_uri, uri);
    check_ok(IDownloadOperation2_get_TransferGroup(operation2, &got_group));
    assert_ptr_equal(got_group, group);
    check_ok(IBackgroundTransferOperation_get_Guid(common, &guid));
    check_ok(IBackgroundTransferOperation_get_Guid(common, &again));
    assert_memory_equal(&guid, &again, sizeof(guid));
    release_ref(common);
    release_ref(operation2);
    check_last_release(operation);
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    common = query(operation, &IID_IBackgroundTransferOperation);
    check_ok(IBackgroundTransferOperation_get_Guid(common, &other));
    assert_memory_not_equal(&guid, &other, sizeof(guid));
    release_ref(common);
    check_last_release(operation);
    release_ref(got_file);
    release_ref(got_uri);
    release_ref(got_group);
    release_ref(second);
    check_last_release(downloader);
    check_last_release(group);
    check_last_release_soon(file);
    check_last_release(uri);
}

static void three_priorities(void **state)
{
    IDownloadOperation *operation = download_new(NULL, "http://example.com/", NULL);
    IBackgroundTransferOperationPriority *priority =
        query(operation, &IID_IBackgroundTransferOperationPriority);
    BackgroundTransferPriority value = (BackgroundTransferPriority)9;

    (void)state;
    check_ok(IBackgroundTransferOperationPriority_get_Priority(priority, &value));
    assert_int_equal(value, BackgroundTransferPriority_Default);
    for (int i = 0; i <= 2; i++) {
        check_ok(IBackgroundTransferOperationPriority_put_Priority(priority,
                                                                   (BackgroundTransferPriority)i));
        check_ok(IBackgroundTransferOperationPriority_get_Priority(priority, &value));
        assert_int_equal(value, i);
    }
    check_hresult(E_INVALIDARG,
                  IBackgroundTransferOperationPriority_put_Priority(priority,
                                                                    (BackgroundTransferPriority)3));
    check_hresult(E_POINTER, IBackgroundTransferOperationPriority_get_Priority(priority, NULL));
    release_ref(priority);
    check_last_release(operation);
}

static void random_access_is_off(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/10"), "a.bin");
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    boolean value = 0xff;

    (void)state;
    check_ok(IDownloadOperation3_get_IsRandomAccessRequired(third, &value));
    assert_int_equal(value, FALSE);
    check_ok(IDownloadOperation3_put_IsRandomAccessRequired(third, FALSE));
    check_hresult(E_POINTER, IDownloadOperation3_get_IsRandomAccessRequired(third, NULL));
    assert_int_equal(download_run(operation, NULL), Completed);
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IDownloadOperation3_put_IsRandomAccessRequired(third, FALSE));
    release_ref(third);
    check_last_release_soon(operation);
}

static void other_schemes_are_refused(void **state)
{
    (void)state;
    check_hresult(E_INVALIDARG, create_for("gopher://example.com/a"));
    check_hresult(E_INVALIDARG, create_for("file:///etc/passwd"));
    check_hresult(E_INVALIDARG, create_for("mailto:someone@example.com"));
    check_hresult(E_INVALIDARG, create_for("custom://example.com/"));
    check_ok(create_for("HTTP://EXAMPLE.COM"));
    check_ok(create_for("https://example.com/"));
}

static void uris_without_host_are_refused(void **state)
{
    (void)state;
    check_hresult(E_INVALIDARG, create_for("http:"));
    check_hresult(E_INVALIDARG, create_for("http://"));
    check_hresult(E_INVALIDARG, create_for("https:///a"));
}

static void refusals_have_a_text(void **state)
{
    IErrorInfo *info = NULL;
    BSTR text = NULL;

    (void)state;
    check_hresult(E_INVALIDARG, create_for("gopher://example.com/a"));
    check_ok(GetErrorInfo(0, &info));
    assert_non_null(info);
    check_ok(IErrorInfo_GetDescription(info, &text));
    assert_int_not_equal(text[0], 0);
    SysFreeString(text);
    release_ref(info);
}

static void methods_that_are_no_tokens_are_refused(void **state)
{
    static const char *const methods[] = { "", "G T", "GET\r\nX: y", "G\xC3\x84T", "GET:" };

    (void)state;
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        IBackgroundDownloader *downloader = downloader_new();
        IUriRuntimeClass *uri = uri_new("http://example.com/");
        IDownloadOperation *operation = (void *)1;

        downloader_set_method(downloader, methods[i]);
        check_hresult(E_INVALIDARG,
                      IBackgroundDownloader_CreateDownload(downloader, uri, NULL, &operation));
        assert_null(operation);
        check_last_release(uri);
        check_last_release(downloader);
    }
}

/* An item that is not in the file system has no path. */
static void files_without_path_are_refused(void **state)
{
    IStorageFile *file = client_file_new(""), *good = client_file_new(test_path("a.bin"));
    IUriRuntimeClass *uri = uri_new("http://example.com/");
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation = (void *)1;

    (void)state;
    check_hresult(E_INVALIDARG,
                  IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    assert_null(operation);
    check_hresult(E_INVALIDARG, IBackgroundDownloader_CreateDownloadFromFile(downloader, uri, good,
                                                                             file, &operation));
    check_last_release_soon(file);
    check_last_release(good);
    check_last_release(uri);
    check_last_release(downloader);
}

static void a_uri_and_a_file_of_the_client(void **state)
{
    IUriRuntimeClass *uri =
        client_uri_new("http", "127.0.0.1", server_url("FAULT_HTTP", "/bytes/5000"));
    IStorageFile *made = file_new("a.bin"), *file = client_file_new(test_path("a.bin"));
    IDownloadOperation *operation = NULL;

    (void)state;
    check_ok(create(uri, file, &operation));
    assert_int_equal(download_run(operation, NULL), Completed);
    check_pattern_file(test_path("a.bin"), 5000);
    check_last_release_soon(operation);
    check_last_release_soon(file);
    check_last_release(uri);
    check_last_release_soon(made);
}

static void uris_of_the_client_are_checked_too(void **state)
{
    static const char *const texts[] = { "", "nonsense", "http://", "http://a b/",
                                         "//example.com/" };
    IDownloadOperation *operation = (void *)1;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        IUriRuntimeClass *uri = client_uri_new("http", "example.com", texts[i]);

        check_hresult(E_INVALIDARG, create(uri, NULL, &operation));
        assert_null(operation);
        check_last_release(uri);
    }
}

static void pointers_of_the_downloader_are_checked(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    IBackgroundDownloader2 *second = query(downloader, &IID_IBackgroundDownloader2);
    IBackgroundDownloader3 *third = query(downloader, &IID_IBackgroundDownloader3);
    IUriRuntimeClass *uri = uri_new("http://example.com/");
    IStorageFile *file = file_new("a.bin");
    IInputStream *stream = client_stream_new(0, 1, S_OK);
    IAsyncOperation_DownloadOperation *async = (void *)1;
    IDownloadOperation *operation = (void *)1;

    (void)state;
    check_hresult(E_POINTER, IBackgroundDownloader_CreateDownload(downloader, uri, file, NULL));
    check_hresult(E_POINTER,
                  IBackgroundDownloader_CreateDownload(downloader, NULL, file, &operation));
    assert_null(operation);
    check_hresult(E_POINTER,
                  IBackgroundDownloader_CreateDownloadFromFile(downloader, uri, file, file, NULL));
    check_hresult(E_POINTER, IBackgroundDownloader_CreateDownloadFromFile(downloader, NULL, file,
                                                                          file, &operation));
    check_hresult(E_POINTER, IBackgroundDownloader_CreateDownloadFromFile(downloader, uri, file,
                                                                          NULL, &operation));
    check_hresult(E_POINTER,
                  IBackgroundDownloader_CreateDownloadAsync(downloader, uri, file, stream, NULL));
    check_hresult(E_POINTER, IBackgroundDownloader_CreateDownloadAsync(downloader, NULL, file,
                                                                       stream, &async));
    assert_null(async);
    check_hresult(E_POINTER,
                  IBackgroundDownloader_CreateDownloadAsync(downloader, uri, file, NULL, &async));
    check_hresult(E_POINTER, IBackgroundTransferBase_get_Method(base, NULL));
    check_hresult(E_POINTER, IBackgroundTransferBase_get_Group(base, NULL));
    check_hresult(E_POINTER, IBackgroundTransferBase_get_CostPolicy(base, NULL));
    check_hresult(E_POINTER, IBackgroundTransferBase_get_ServerCredential(base, NULL));
    check_hresult(E_POINTER, IBackgroundTransferBase_get_ProxyCredential(base, NULL));
    check_hresult(E_POINTER, IBackgroundDownloader2_get_TransferGroup(second, NULL));
    check_hresult(E_POINTER, IBackgroundDownloader2_get_SuccessToastNotification(second, NULL));
    check_hresult(E_POINTER, IBackgroundDownloader2_get_FailureToastNotification(second, NULL));
    check_hresult(E_POINTER, IBackgroundDownloader2_get_SuccessTileNotification(second, NULL));
    check_hresult(E_POINTER, IBackgroundDownloader2_get_FailureTileNotification(second, NULL));
    check_hresult(E_POINTER, IBackgroundDownloader3_get_CompletionGroup(third, NULL));
    check_last_release(stream);
    check_last_release_soon(file);
    check_last_release(uri);
    release_ref(base);
    release_ref(second);
    release_ref(third);
    check_last_release(downloader);
}

static void pointers_of_the_operation_are_checked(void **state)
{
    IDownloadOperation *operation = download_new(NULL, "http://example.com/", NULL);
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IDownloadOperation2 *second = query(operation, &IID_IDownloadOperation2);

    (void)state;
    check_hresult(E_POINTER, IDownloadOperation_get_ResultFile(operation, NULL));
    check_hresult(E_POINTER, IDownloadOperation_get_Progress(operation, NULL));
    check_hresult(E_POINTER, IDownloadOperation_StartAsync(operation, NULL));
    check_hresult(E_POINTER, IBackgroundTransferOperation_get_Guid(common, NULL));
    check_hresult(E_POINTER, IBackgroundTransferOperation_get_RequestedUri(common, NULL));
    check_hresult(E_POINTER, IBackgroundTransferOperation_get_Method(common, NULL));
    check_hresult(E_POINTER, IBackgroundTransferOperation_get_Group(common, NULL));
    check_hresult(E_POINTER, IBackgroundTransferOperation_get_CostPolicy(common, NULL));
    check_hresult(E_POINTER, IBackgroundTransferOperation_GetResponseInformation(common, NULL));
    check_hresult(E_POINTER, IDownloadOperation2_get_TransferGroup(second, NULL));
    release_ref(common);
    release_ref(second);
    check_last_release(operation);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_defaults),
    cmocka_unit_test(objects_are_kept_and_handed_back),
    cmocka_unit_test(strings_may_be_references),
    cmocka_unit_test(cost_policies_are_the_documented_ones),
    cmocka_unit_test(settings_are_copied_at_creation),
    cmocka_unit_test(the_operation_hands_back_what_it_got),
    cmocka_unit_test(three_priorities),
    cmocka_unit_test(random_access_is_off),
    cmocka_unit_test(other_schemes_are_refused),
    cmocka_unit_test(uris_without_host_are_refused),
    cmocka_unit_test(refusals_have_a_text),
    cmocka_unit_test(methods_that_are_no_tokens_are_refused),
    cmocka_unit_test(files_without_path_are_refused),
    cmocka_unit_test(a_uri_and_a_file_of_the_client),
    cmocka_unit_test(uris_of_the_client_are_checked_too),
    cmocka_unit_test(pointers_of_the_downloader_are_checked),
    cmocka_unit_test(pointers_of_the_operation_are_checked),
};

TEST_MAIN(tests)
