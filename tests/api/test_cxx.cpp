/* SPDX-License-Identifier: MIT */
/*
 * Downloads by a C++ client, written as C++ is for Windows: interfaces are classes in
 * ABI::Windows::..., parameterized ones are templates, and __uuidof names identifiers. That this
 * compiles, natively and with MinGW, is half of the test.
 */
#include "cxx_client.h"

#include <string>

#include <windows.networking.backgroundtransfer.h>
#include <windows.storage.h>
#include <windows.web.h>

extern "C" {
#include "http.h"
#include "paths.h"
#include "pattern.h"
#include "servers.h"
}

using namespace ABI::Windows::Foundation;
using namespace ABI::Windows::Foundation::Collections;
using namespace ABI::Windows::Networking::BackgroundTransfer;
using namespace ABI::Windows::Storage;
using ABI::Windows::Web::WebErrorStatus;

using DownloadAsync = IAsyncOperationWithProgress<DownloadOperation *, DownloadOperation *>;
using DownloadProgressHandler =
    IAsyncOperationProgressHandler<DownloadOperation *, DownloadOperation *>;

/* Records the states that an operation shows while it runs. */
class ProgressRecorder final : public Handler<DownloadProgressHandler> {
  public:
    HRESULT STDMETHODCALLTYPE Invoke(DownloadAsync *, IDownloadOperation *operation) override
    {
        BackgroundDownloadProgress progress = {};
        const HRESULT hr = operation->get_Progress(&progress);

        AcquireSRWLockExclusive(&lock);
        received.push_back(SUCCEEDED(hr) ? progress.BytesReceived : 0);
        ReleaseSRWLockExclusive(&lock);
        return hr;
    }

    std::vector<UINT64> seen()
    {
        AcquireSRWLockExclusive(&lock);
        std::vector<UINT64> copy = received;
        ReleaseSRWLockExclusive(&lock);
        return copy;
    }

  private:
    SRWLOCK lock = SRWLOCK_INIT;
    std::vector<UINT64> received;
};

static Ref<IUriRuntimeClass> uri_new(const char *text)
{
    auto factory = activation_factory<IUriRuntimeClassFactory>(RuntimeClass_Windows_Foundation_Uri);
    Ref<IUriRuntimeClass> uri;

    check_ok(factory->CreateUri(string_of(text), uri.out()));
    return uri;
}

static Ref<IStorageFolder> scratch_folder()
{
    auto statics =
        activation_factory<IStorageFolderStatics>(RuntimeClass_Windows_Storage_StorageFolder);
    Ref<IAsyncOperation<StorageFolder *>> opening;

    check_ok(statics->GetFolderFromPathAsync(string_of(item_scratch()), opening.out()));
    return result_of<IStorageFolder>(opening);
}

static Ref<IStorageFile> file_new(const char *name)
{
    auto folder = scratch_folder();
    Ref<IAsyncOperation<StorageFile *>> making;

    check_ok(folder->CreateFileAsync(string_of(name), CreationCollisionOption_ReplaceExisting,
                                     making.out()));
    return result_of<IStorageFile>(making);
}

static Ref<IBackgroundDownloader> downloader_new()
{
    auto factory = activation_factory<IActivationFactory>(
        RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader);
    Ref<IInspectable> instance;

    check_ok(factory->ActivateInstance(instance.out()));
    return instance.as<IBackgroundDownloader>();
}

static Ref<IDownloadOperation> download_new(const char *url, const char *name)
{
    auto downloader = downloader_new();
    auto uri = uri_new(url);
    auto file = file_new(name);
    Ref<IDownloadOperation> operation;

    check_ok(downloader->CreateDownload(uri.get(), file.get(), operation.out()));
    return operation;
}

static void a_whole_download(void **)
{
    const char *token = test_token("whole");
    auto operation =
        download_new(server_url("FAULT_HTTP", "/hold/%s?size=300000&after=-1", token), "a.bin");
    auto *recorder = new ProgressRecorder;
    auto *completion = new Completion<DownloadAsync>;
    Ref<DownloadAsync> async;
    Ref<IDownloadOperation> result;
    BackgroundDownloadProgress progress = {};

    check_ok(operation->StartAsync(async.out()));
    check_ok(async->put_Progress(recorder));
    check_ok(async->put_Completed(completion));
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/release/%s", token), NULL, 0), 200);
    assert_int_equal(completion->wait(async.get()), AsyncStatus::Completed);
    check_ok(async->GetResults(result.out()));
    check_same_object(operation.get(), result.get());

    check_ok(operation->get_Progress(&progress));
    assert_int_equal(progress.Status, BackgroundTransferStatus_Completed);
    assert_int_equal(progress.BytesReceived, 300000);
    assert_int_equal(progress.TotalBytesToReceive, 300000);
    const std::vector<UINT64> seen = recorder->seen();
    assert_false(seen.empty());
    assert_int_equal(seen.back(), 300000);
    check_pattern_file(test_path("a.bin"), 300000);

    result.reset();
    async.last_reset();
    check_last_release_soon(completion);
    check_last_release_soon(recorder);
    operation.last_reset();
}

/* The response, by the templates of maps, pairs and iterators. */
static void the_response_is_read(void **)
{
    auto operation = download_new(server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    Ref<DownloadAsync> async;
    Ref<IResponseInformation> response;
    Ref<IMapView<HSTRING, HSTRING>> headers;
    Ref<IIterator<IKeyValuePair<HSTRING, HSTRING> *>> position;
    String length;
    UINT32 status = 0, size = 0, count = 0;
    boolean valid = FALSE, resumable = FALSE, found = FALSE;

    check_ok(operation->StartAsync(async.out()));
    assert_int_equal(await(async), AsyncStatus::Completed);
    check_ok(operation.as<IBackgroundTransferOperation>()->GetResponseInformation(response.out()));
    check_ok(response->get_StatusCode(&status));
    assert_int_equal(status, 200);
    check_ok(response->get_IsResumable(&resumable));
    check_ok(response->get_Headers(headers.out()));
    check_ok(headers->HasKey(string_of("Content-Length"), &found));
    assert_true(found);
    check_ok(headers->Lookup(string_of("Content-Length"), length.out()));
    assert_string_equal(string_text(length), "1000");

    check_ok(headers->get_Size(&size));
    auto items = headers.as<IIterable<IKeyValuePair<HSTRING, HSTRING> *>>();
    check_ok(items->First(position.out()));
    for (check_ok(position->get_HasCurrent(&valid)); valid;
         check_ok(position->MoveNext(&valid)), count++) {
        Ref<IKeyValuePair<HSTRING, HSTRING>> pair;
        String key, value, looked_up;
        INT32 order = -1;

        check_ok(position->get_Current(pair.out()));
        check_ok(pair->get_Key(key.out()));
        check_ok(pair->get_Value(value.out()));
        check_ok(headers->Lookup(key, looked_up.out()));
        check_ok(WindowsCompareStringOrdinal(value, looked_up, &order));
        assert_int_equal(order, 0);
    }
    assert_int_equal(count, size);
}

/* What an operation tells of itself: by value, by reference, as a string. */
static void properties_are_read(void **)
{
    const std::string url = server_url("FAULT_HTTP", "/bytes/10");
    auto operation = download_new(url.c_str(), "named.bin");
    auto common = operation.as<IBackgroundTransferOperation>();
    auto priority = operation.as<IBackgroundTransferOperationPriority>();
    Ref<IUriRuntimeClass> uri;
    Ref<IStorageFile> file;
    String text, name, method;
    BackgroundTransferPriority value = BackgroundTransferPriority_Default;
    GUID guid = {};

    check_ok(common->get_RequestedUri(uri.out()));
    check_ok(uri->get_AbsoluteUri(text.out()));
    assert_string_equal(string_text(text), url.c_str());
    check_ok(common->get_Method(method.out()));
    assert_string_equal(string_text(method), "GET");
    check_ok(common->get_Guid(&guid));
    assert_true(guid != GUID());
    check_ok(operation->get_ResultFile(file.out()));
    check_ok(file.as<IStorageItem>()->get_Name(name.out()));
    assert_string_equal(string_text(name), "named.bin");
    check_ok(priority->put_Priority(BackgroundTransferPriority_High));
    check_ok(priority->get_Priority(&value));
    assert_int_equal(value, BackgroundTransferPriority_High);
}

static void an_error_has_its_code(void **)
{
    auto operation = download_new(server_url("FAULT_HTTP", "/status/404"), "a.bin");
    auto errors = activation_factory<IBackgroundTransferErrorStaticMethods>(
        RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundTransferError);
    Ref<DownloadAsync> async;
    Ref<IDownloadOperation> result;
    WebErrorStatus status = {};
    HRESULT error = S_OK;

    check_ok(operation->StartAsync(async.out()));
    assert_int_equal(await(async), AsyncStatus::Error);
    check_ok(async.as<IAsyncInfo>()->get_ErrorCode(&error));
    check_hresult(error, async->GetResults(result.out()));
    assert_null(result.get());
    check_ok(errors->GetStatus(error, &status));
    assert_int_equal(status, ABI::Windows::Web::WebErrorStatus_NotFound);
}

static void files_are_a_vector_view(void **)
{
    auto file = file_new("only.bin");
    auto folder = scratch_folder();
    Ref<IAsyncOperation<IVectorView<StorageFile *> *>> listing;
    Ref<IStorageFile> first;
    String name;
    UINT32 size = 0;

    check_ok(folder->GetFilesAsyncOverloadDefaultOptionsStartAndCount(listing.out()));
    auto files = result_of<IVectorView<StorageFile *>>(listing);
    check_ok(files->get_Size(&size));
    assert_int_equal(size, 1);
    check_ok(files->GetAt(0, first.out()));
    check_ok(first.as<IStorageItem>()->get_Name(name.out()));
    assert_string_equal(string_text(name), "only.bin");
}

/* A box is a template over a plain type. */
static void a_number_is_boxed(void **)
{
    auto values =
        activation_factory<IPropertyValueStatics>(RuntimeClass_Windows_Foundation_PropertyValue);
    Ref<IInspectable> box;
    PropertyType type = PropertyType_Empty;
    UINT64 value = 0;

    check_ok(values->CreateUInt64(UINT64_C(1) << 40, box.out()));
    check_ok(box.as<IPropertyValue>()->get_Type(&type));
    assert_int_equal(type, PropertyType_UInt64);
    check_ok(box.as<IReference<UINT64>>()->get_Value(&value));
    assert_true(value == UINT64_C(1) << 40);
}

/* What the app's downloads are, by the template of views. */
static Ref<IVectorView<DownloadOperation *>> list_downloads()
{
    auto statics = activation_factory<IBackgroundDownloaderStaticMethods>(
        RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader);
    Ref<IAsyncOperation<IVectorView<DownloadOperation *> *>> listing;

    check_ok(statics->GetCurrentDownloadsAsync(listing.out()));
    return result_of<IVectorView<DownloadOperation *>>(listing);
}

static void downloads_are_listed_and_attached_to(void **)
{
    auto operation = download_new(server_url("FAULT_HTTP", "/slow/200000?rate=400000"), "a.bin");
    Ref<DownloadAsync> async, second;
    Ref<IDownloadOperation> listed, result;
    UINT32 size = 0;

    check_ok(operation->StartAsync(async.out()));
    {
        auto downloads = list_downloads();

        check_ok(downloads->get_Size(&size));
        assert_int_equal(size, 1);
        check_ok(downloads->GetAt(0, listed.out()));
    }
    assert_ptr_equal(listed.get(), operation.get());
    check_ok(listed->AttachAsync(second.out()));
    assert_ptr_not_equal(second.get(), async.get());
    assert_int_equal(await(second), AsyncStatus::Completed);
    check_ok(second->GetResults(result.out()));
    check_same_object(operation.get(), result.get());
    assert_int_equal(await(async), AsyncStatus::Completed);
    check_ok(list_downloads()->get_Size(&size));
    assert_int_equal(size, 0);
    result.reset();
    listed.reset();
    second.last_reset();
    async.last_reset();
    operation.last_reset();
}

/* A vector of an enumeration, and a reference to one of it. */
static void a_recoverable_error_waits(void **)
{
    auto operation = download_new(server_url("FAULT_HTTP", "/status/403"), "a.bin");
    auto third = operation.as<IDownloadOperation3>();
    auto *recorder = new ProgressRecorder;
    Ref<IVector<WebErrorStatus>> statuses;
    Ref<IReference<WebErrorStatus>> current;
    Ref<DownloadAsync> async;
    BackgroundDownloadProgress progress = {};
    WebErrorStatus status = {};

    check_ok(third->get_RecoverableWebErrorStatuses(statuses.out()));
    check_ok(statuses->Append(ABI::Windows::Web::WebErrorStatus_Forbidden));
    check_ok(third->get_CurrentWebErrorStatus(current.out()));
    assert_null(current.get());
    check_ok(operation->StartAsync(async.out()));
    check_ok(async->put_Progress(recorder));
    do {
        Sleep(1);
        check_ok(operation->get_Progress(&progress));
    } while (progress.Status != BackgroundTransferStatus_PausedRecoverableWebErrorStatus);
    check_ok(third->get_CurrentWebErrorStatus(current.out()));
    check_ok(current->get_Value(&status));
    assert_int_equal(status, ABI::Windows::Web::WebErrorStatus_Forbidden);
    assert_int_equal(operation->Pause(), S_OK);
    check_hresult(E_ILLEGAL_METHOD_CALL, operation->Pause());
    check_ok(operation->Resume());
    check_ok(async.as<IAsyncInfo>()->Cancel());
    assert_int_equal(await(async), AsyncStatus::Canceled);
    async.last_reset();
    check_last_release_soon(recorder);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_whole_download),
    cmocka_unit_test(the_response_is_read),
    cmocka_unit_test(properties_are_read),
    cmocka_unit_test(an_error_has_its_code),
    cmocka_unit_test(files_are_a_vector_view),
    cmocka_unit_test(a_number_is_boxed),
    cmocka_unit_test(downloads_are_listed_and_attached_to),
    cmocka_unit_test(a_recoverable_error_waits),
};

TEST_MAIN(tests)
