/* SPDX-License-Identifier: MIT */
#define COBJMACROS
#define WIDL_using_Windows_Foundation
#define WIDL_using_Windows_Foundation_Collections
#define WIDL_using_Windows_Networking_BackgroundTransfer
#define WIDL_using_Windows_Storage
#define WIDL_using_Windows_Storage_FileProperties
#define WIDL_using_Windows_Storage_Streams

#include "instances.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <roapi.h>
#include <windows.networking.backgroundtransfer.h>

#include "await.h"
#include "check.h"
#include "hstrings.h"
#include "paths.h"
#include "recorder.h"
#include "servers.h"
#include "test_main.h"

void *activation_factory(const char *class_name, REFIID iid)
{
    void *factory = NULL;
    HRESULT hr = RoGetActivationFactory(string_of(class_name), iid, &factory);

    if (hr != S_OK) {
        print_error("%s: RoGetActivationFactory answers 0x%08X\n", class_name, (unsigned)hr);
        fail();
    }
    return factory;
}

static void *activate(const char *class_name, REFIID iid)
{
    IInspectable *instance = NULL;
    void *wanted;

    check_ok(RoActivateInstance(string_of(class_name), &instance));
    wanted = query(instance, iid);
    IInspectable_Release(instance);
    return wanted;
}

static void *make_deferral(void)
{
    struct recorder *completed = recorder_create(RECORDER_NONE, &IID_IDeferralCompletedHandler);
    IDeferralFactory *factory =
        activation_factory("Windows.Foundation.Deferral", &IID_IDeferralFactory);
    IDeferral *deferral = NULL;

    check_ok(IDeferralFactory_Create(factory, recorder_delegate(completed), &deferral));
    recorder_release(completed);
    IDeferralFactory_Release(factory);
    return deferral;
}

static void *make_memory_buffer(void)
{
    IMemoryBufferFactory *factory =
        activation_factory("Windows.Foundation.MemoryBuffer", &IID_IMemoryBufferFactory);
    IMemoryBuffer *buffer = NULL;

    check_ok(IMemoryBufferFactory_Create(factory, 16, &buffer));
    IMemoryBufferFactory_Release(factory);
    return buffer;
}

static IUriRuntimeClass *make_uri_of(const char *text)
{
    IUriRuntimeClassFactory *factory =
        activation_factory("Windows.Foundation.Uri", &IID_IUriRuntimeClassFactory);
    IUriRuntimeClass *uri = NULL;

    check_ok(IUriRuntimeClassFactory_CreateUri(factory, string_of(text), &uri));
    IUriRuntimeClassFactory_Release(factory);
    return uri;
}

static void *make_uri(void)
{
    return make_uri_of("http://example.com/a?b=c");
}

static void *make_form_decoder(void)
{
    IWwwFormUrlDecoderRuntimeClassFactory *factory =
        activation_factory("Windows.Foundation.WwwFormUrlDecoder",
                           &IID_IWwwFormUrlDecoderRuntimeClassFactory);
    IWwwFormUrlDecoderRuntimeClass *decoder = NULL;

    check_ok(IWwwFormUrlDecoderRuntimeClassFactory_CreateWwwFormUrlDecoder(factory,
                                                                           string_of("?a=b"),
                                                                           &decoder));
    IWwwFormUrlDecoderRuntimeClassFactory_Release(factory);
    return decoder;
}

static void *make_application_data(void)
{
    IApplicationDataStatics *statics =
        activation_factory("Windows.Storage.ApplicationData", &IID_IApplicationDataStatics);
    IApplicationData *data = NULL;

    check_ok(IApplicationDataStatics_get_Current(statics, &data));
    IApplicationDataStatics_Release(statics);
    return data;
}

static IStorageFolder *scratch_folder(void)
{
    IStorageFolderStatics *statics =
        activation_factory("Windows.Storage.StorageFolder", &IID_IStorageFolderStatics);
    IAsyncOperation_StorageFolder *operation = NULL;
    IStorageFolder *folder = NULL;

    check_ok(IStorageFolderStatics_GetFolderFromPathAsync(statics, string_of(item_scratch()),
                                                          &operation));
    IStorageFolderStatics_Release(statics);
    await_results(operation, &folder);
    return folder;
}

/* A folder and a file of their own, since their methods rename and delete them. */
static void *make_folder(void)
{
    IStorageFolder *scratch = scratch_folder();
    IAsyncOperation_StorageFolder *operation = NULL;
    IStorageFolder *folder = NULL;

    check_ok(IStorageFolder_CreateFolderAsync(scratch, string_of("folder"),
                                              CreationCollisionOption_GenerateUniqueName,
                                              &operation));
    IStorageFolder_Release(scratch);
    await_results(operation, &folder);
    return folder;
}

static void *make_file(void)
{
    IStorageFolder *scratch = scratch_folder();
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFile *file = NULL;

    check_ok(IStorageFolder_CreateFileAsync(scratch, string_of("file.bin"),
                                            CreationCollisionOption_GenerateUniqueName,
                                            &operation));
    IStorageFolder_Release(scratch);
    await_results(operation, &file);
    return file;
}

static void *make_transaction(void)
{
    IStorageFile *file = make_file();
    IAsyncOperation_StorageStreamTransaction *operation = NULL;
    IStorageStreamTransaction *transaction = NULL;

    check_ok(IStorageFile_OpenTransactedWriteAsync(file, &operation));
    IStorageFile_Release(file);
    await_results(operation, &transaction);
    return transaction;
}

static void *make_file_stream(void)
{
    IStorageFile *file = make_file();
    IAsyncOperation_IRandomAccessStream *operation = NULL;
    IRandomAccessStream *stream = NULL;

    check_ok(IStorageFile_OpenAsync(file, FileAccessMode_ReadWrite, &operation));
    IStorageFile_Release(file);
    await_results(operation, &stream);
    return stream;
}

static void *make_file_input_stream(void)
{
    IRandomAccessStream *stream = make_file_stream();
    IInputStream *input = NULL;

    check_ok(IRandomAccessStream_GetInputStreamAt(stream, 0, &input));
    IRandomAccessStream_Release(stream);
    return input;
}

static void *make_file_output_stream(void)
{
    IRandomAccessStream *stream = make_file_stream();
    IOutputStream *output = NULL;

    check_ok(IRandomAccessStream_GetOutputStreamAt(stream, 0, &output));
    IRandomAccessStream_Release(stream);
    return output;
}

static void *make_stream_reference(void)
{
    IRandomAccessStreamReferenceStatics *statics =
        activation_factory("Windows.Storage.Streams.RandomAccessStreamReference",
                           &IID_IRandomAccessStreamReferenceStatics);
    IStorageFile *file = make_file();
    IRandomAccessStreamReference *reference = NULL;

    check_ok(IRandomAccessStreamReferenceStatics_CreateFromFile(statics, file, &reference));
    IStorageFile_Release(file);
    IRandomAccessStreamReferenceStatics_Release(statics);
    return reference;
}

static void *make_buffer(void)
{
    IBufferFactory *factory =
        activation_factory("Windows.Storage.Streams.Buffer", &IID_IBufferFactory);
    IBuffer *buffer = NULL;

    check_ok(IBufferFactory_Create(factory, 16, &buffer));
    IBufferFactory_Release(factory);
    return buffer;
}

static void *make_reader(void)
{
    IDataReaderStatics *statics =
        activation_factory("Windows.Storage.Streams.DataReader", &IID_IDataReaderStatics);
    IBuffer *buffer = make_buffer();
    IDataReader *reader = NULL;

    check_ok(IDataReaderStatics_FromBuffer(statics, buffer, &reader));
    IBuffer_Release(buffer);
    IDataReaderStatics_Release(statics);
    return reader;
}

static void *make_load_operation(void)
{
    IDataReaderFactory *factory =
        activation_factory("Windows.Storage.Streams.DataReader", &IID_IDataReaderFactory);
    IRandomAccessStream *stream =
        activate("Windows.Storage.Streams.InMemoryRandomAccessStream", &IID_IRandomAccessStream);
    IInputStream *input = query(stream, &IID_IInputStream);
    IDataReader *reader = NULL;
    IAsyncOperation_UINT32 *operation = NULL;

    check_ok(IDataReaderFactory_CreateDataReader(factory, input, &reader));
    check_ok(IDataReader_LoadAsync(reader, 1, &operation));
    IDataReader_Release(reader);
    IInputStream_Release(input);
    IRandomAccessStream_Release(stream);
    IDataReaderFactory_Release(factory);
    return operation;
}

static void *make_store_operation(void)
{
    IDataWriterFactory *factory =
        activation_factory("Windows.Storage.Streams.DataWriter", &IID_IDataWriterFactory);
    IRandomAccessStream *stream =
        activate("Windows.Storage.Streams.InMemoryRandomAccessStream", &IID_IRandomAccessStream);
    IOutputStream *output = query(stream, &IID_IOutputStream);
    IDataWriter *writer = NULL;
    IAsyncOperation_UINT32 *operation = NULL;

    check_ok(IDataWriterFactory_CreateDataWriter(factory, output, &writer));
    check_ok(IDataWriter_WriteByte(writer, 1));
    check_ok(IDataWriter_StoreAsync(writer, &operation));
    IDataWriter_Release(writer);
    IOutputStream_Release(output);
    IRandomAccessStream_Release(stream);
    IDataWriterFactory_Release(factory);
    return operation;
}

static void *make_basic_properties(void)
{
    IStorageFolder *folder = make_folder();
    IStorageItem *item = query(folder, &IID_IStorageItem);
    IAsyncOperation_BasicProperties *operation = NULL;
    IBasicProperties *properties = NULL;

    check_ok(IStorageItem_GetBasicPropertiesAsync(item, &operation));
    IStorageItem_Release(item);
    IStorageFolder_Release(folder);
    await_results(operation, &properties);
    return properties;
}

static void *make_group(void)
{
    IBackgroundTransferGroupStatics *statics =
        activation_factory("Windows.Networking.BackgroundTransfer.BackgroundTransferGroup",
                           &IID_IBackgroundTransferGroupStatics);
    IBackgroundTransferGroup *group = NULL;

    check_ok(IBackgroundTransferGroupStatics_CreateGroup(statics, string_of("group"), &group));
    IBackgroundTransferGroupStatics_Release(statics);
    return group;
}

static void *make_download(void)
{
    IBackgroundDownloader *downloader =
        activate("Windows.Networking.BackgroundTransfer.BackgroundDownloader",
                 &IID_IBackgroundDownloader);
    IUriRuntimeClass *uri = make_uri_of(server_url("NGINX_HTTP", "/1.bin"));
    IStorageFile *file = make_file();
    IDownloadOperation *operation = NULL;

    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    IStorageFile_Release(file);
    IUriRuntimeClass_Release(uri);
    IBackgroundDownloader_Release(downloader);
    return operation;
}

/* Keeps what the first event brings; the handlers have returned before the download's has. */
static void keep_args(void *context, const struct recorder_call *call)
{
    IUnknown **kept = context;

    if (*kept)
        return;
    *kept = call->argument;
    IUnknown_AddRef(*kept);
}

static void *make_ranges_args(void)
{
    struct recorder *recorder = recorder_create(
        RECORDER_INTERFACE,
        &IID_ITypedEventHandler_DownloadOperation_BackgroundTransferRangesDownloadedEventArgs);
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation *operation = NULL;
    IDownloadOperation *download = make_download(), *finished = NULL;
    IDownloadOperation3 *newer = query(download, &IID_IDownloadOperation3);
    EventRegistrationToken token;
    IUnknown *args = NULL;

    recorder_on_call(recorder, keep_args, &args);
    check_ok(IDownloadOperation3_add_RangesDownloaded(newer, recorder_delegate(recorder), &token));
    check_ok(IDownloadOperation_StartAsync(download, &operation));
    await_results_with_progress(operation, &finished);
    assert_non_null(args);
    check_ok(IDownloadOperation3_remove_RangesDownloaded(newer, token));
    recorder_release(recorder);
    IDownloadOperation_Release(finished);
    IDownloadOperation3_Release(newer);
    IDownloadOperation_Release(download);
    return args;
}

/* Asked for an empty list: nothing of this app's is under way. */
static void *make_unconstrained_result(void)
{
    IBackgroundDownloaderStaticMethods *statics =
        activation_factory("Windows.Networking.BackgroundTransfer.BackgroundDownloader",
                           &IID_IBackgroundDownloaderStaticMethods);
    IBackgroundDownloaderUserConsent *consent =
        query(statics, &IID_IBackgroundDownloaderUserConsent);
    IAsyncOperation_IVectorView_DownloadOperation *listing = NULL;
    IAsyncOperation_UnconstrainedTransferRequestResult *asking = NULL;
    IVectorView_DownloadOperation *downloads = NULL;
    IUnconstrainedTransferRequestResult *result = NULL;
    IIterable_DownloadOperation *items;

    check_ok(IBackgroundDownloaderStaticMethods_GetCurrentDownloadsAsync(statics, &listing));
    await_results(listing, &downloads);
    items = query(downloads, &IID_IIterable_DownloadOperation);
    check_ok(IBackgroundDownloaderUserConsent_RequestUnconstrainedDownloadsAsync(consent, items,
                                                                                 &asking));
    await_results(asking, &result);
    IIterable_DownloadOperation_Release(items);
    IVectorView_DownloadOperation_Release(downloads);
    IBackgroundDownloaderUserConsent_Release(consent);
    IBackgroundDownloaderStaticMethods_Release(statics);
    return result;
}

static void *make_response(void)
{
    IDownloadOperation *download = make_download();
    IBackgroundTransferOperation *transfer = query(download, &IID_IBackgroundTransferOperation);
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation *operation = NULL;
    IDownloadOperation *finished = NULL;
    IResponseInformation *response = NULL;

    check_ok(IDownloadOperation_StartAsync(download, &operation));
    await_results_with_progress(operation, &finished);
    check_ok(IBackgroundTransferOperation_GetResponseInformation(transfer, &response));
    assert_non_null(response);
    IDownloadOperation_Release(finished);
    IBackgroundTransferOperation_Release(transfer);
    IDownloadOperation_Release(download);
    return response;
}

static void *make_upload(void)
{
    IBackgroundUploader *uploader =
        activate("Windows.Networking.BackgroundTransfer.BackgroundUploader",
                 &IID_IBackgroundUploader);
    IUriRuntimeClass *uri = make_uri_of(server_url("NGINX_HTTP", "/1.bin"));
    IStorageFile *file = make_file();
    IUploadOperation *operation = NULL;

    check_ok(IBackgroundUploader_CreateUpload(uploader, uri, file, &operation));
    IStorageFile_Release(file);
    IUriRuntimeClass_Release(uri);
    IBackgroundUploader_Release(uploader);
    return operation;
}

static const struct instance_maker makers[] = {
    { "Windows.Foundation.Deferral", make_deferral, false },
    { "Windows.Foundation.MemoryBuffer", make_memory_buffer, false },
    { "Windows.Foundation.Uri", make_uri, false },
    { "Windows.Foundation.WwwFormUrlDecoder", make_form_decoder, false },
    { "Windows.Storage.ApplicationData", make_application_data, true },
    { "Windows.Storage.StorageFile", make_file, false },
    { "Windows.Storage.StorageFolder", make_folder, false },
    { "Windows.Storage.StorageStreamTransaction", make_transaction, false },
    { "Windows.Storage.FileProperties.BasicProperties", make_basic_properties, false },
    { "Windows.Storage.Streams.Buffer", make_buffer, false },
    { "Windows.Storage.Streams.DataReader", make_reader, false },
    { "Windows.Storage.Streams.DataReaderLoadOperation", make_load_operation, true },
    { "Windows.Storage.Streams.DataWriterStoreOperation", make_store_operation, true },
    { "Windows.Storage.Streams.FileInputStream", make_file_input_stream, false },
    { "Windows.Storage.Streams.FileOutputStream", make_file_output_stream, false },
    { "Windows.Storage.Streams.FileRandomAccessStream", make_file_stream, false },
    { "Windows.Storage.Streams.RandomAccessStreamReference", make_stream_reference, false },
    { "Windows.Networking.BackgroundTransfer.BackgroundTransferGroup", make_group, true },
    { "Windows.Networking.BackgroundTransfer.BackgroundTransferRangesDownloadedEventArgs",
      make_ranges_args, false },
    { "Windows.Networking.BackgroundTransfer.DownloadOperation", make_download, false },
    { "Windows.Networking.BackgroundTransfer.ResponseInformation", make_response, true },
    { "Windows.Networking.BackgroundTransfer.UnconstrainedTransferRequestResult",
      make_unconstrained_result, false },
    { "Windows.Networking.BackgroundTransfer.UploadOperation", make_upload, false },
};

const struct instance_maker *find_instance_maker(const char *class_name)
{
    for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++)
        if (strcmp(makers[i].class_name, class_name) == 0)
            return &makers[i];
    return NULL;
}
