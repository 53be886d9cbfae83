/* SPDX-License-Identifier: MIT */
/* Files, folders and streams of the shim, and Uri. */
#include "scenarios.h"

#include <winstring.h>

#include "paths.h"
#include "test_main.h"

static HRESULT write_text(IStorageFile *file, const char *line)
{
    IFileIOStatics *statics = NULL;
    IAsyncAction *writing = NULL;
    HRESULT hr;

    TRY(client_factory("Windows.Storage.FileIO", &IID_IFileIOStatics, &statics));
    TRY(IFileIOStatics_WriteTextAsync(statics, file, text(line), &writing));
    TRY(client_await(writing, false, NULL));
done:
    DROP(writing);
    DROP(statics);
    return hr;
}

static HRESULT read_text(IStorageFile *file, const char *line)
{
    IAsyncOperation_HSTRING *reading = NULL;
    IFileIOStatics *statics = NULL;
    HSTRING content = NULL;
    INT32 order = 1;
    HRESULT hr;

    TRY(client_factory("Windows.Storage.FileIO", &IID_IFileIOStatics, &statics));
    TRY(IFileIOStatics_ReadTextAsync(statics, file, &reading));
    TRY(client_await(reading, false, &content));
    TRY(WindowsCompareStringOrdinal(content, text(line), &order));
    MUST(!order);
done:
    WindowsDeleteString(content);
    DROP(reading);
    DROP(statics);
    return hr;
}

static HRESULT get_folder(IStorageFolder **out)
{
    IAsyncOperation_StorageFolder *opening = NULL;
    IStorageFolderStatics *statics = NULL;
    HRESULT hr;

    *out = NULL;
    TRY(client_factory("Windows.Storage.StorageFolder", &IID_IStorageFolderStatics, &statics));
    TRY(IStorageFolderStatics_GetFolderFromPathAsync(statics, text(item_scratch()), &opening));
    TRY(client_await(opening, false, out));
done:
    DROP(opening);
    DROP(statics);
    return hr;
}

static HRESULT copy_and_delete(IStorageFile *file, IStorageFolder *folder)
{
    IAsyncOperation_StorageFile *copying = NULL;
    IAsyncAction *renaming = NULL, *deleting = NULL;
    IStorageFile *copy = NULL;
    IStorageItem *item = NULL;
    HRESULT hr;

    TRY(IStorageFile_CopyOverload(file, folder, text(run_name("copy.txt")),
                                  NameCollisionOption_ReplaceExisting, &copying));
    TRY(client_await(copying, false, &copy));
    TRY(client_query(copy, &IID_IStorageItem, &item));
    TRY(IStorageItem_RenameAsync(item, text(run_name("renamed.txt")),
                                 NameCollisionOption_ReplaceExisting, &renaming));
    TRY(client_await(renaming, false, NULL));
    TRY(IStorageItem_DeleteAsyncOverloadDefaultOptions(item, &deleting));
    TRY(client_await(deleting, false, NULL));
done:
    DROP(deleting);
    DROP(renaming);
    DROP(item);
    DROP(copy);
    DROP(copying);
    return hr;
}

static HRESULT run_files(void)
{
    IAsyncOperation_IVectorView_IStorageItem *listing = NULL;
    IAsyncOperation_StorageFile *creating = NULL;
    IVectorView_IStorageItem *items = NULL;
    IStorageFolder *folder = NULL;
    IStorageFile *file = NULL;
    HRESULT hr;

    TRY(get_folder(&folder));
    TRY(IStorageFolder_CreateFileAsync(folder, text(run_name("made.txt")),
                                       CreationCollisionOption_ReplaceExisting, &creating));
    TRY(client_await(creating, false, &file));
    TRY(write_text(file, "one line"));
    TRY(read_text(file, "one line"));
    TRY(copy_and_delete(file, folder));
    TRY(IStorageFolder_GetItemsAsyncOverloadDefaultStartAndCount(folder, &listing));
    TRY(client_await(listing, false, &items));
done:
    DROP(items);
    DROP(listing);
    DROP(file);
    DROP(creating);
    DROP(folder);
    return hr;
}

const struct scenario scenario_files = { .name = "files", .run = run_files };

static HRESULT write_to(IRandomAccessStream *stream)
{
    IAsyncOperation_UINT32 *storing = NULL;
    IDataWriterFactory *writers = NULL;
    IAsyncOperation_boolean *flushing = NULL;
    IOutputStream *output = NULL;
    IDataWriter *writer = NULL;
    boolean flushed = FALSE;
    UINT32 stored = 0;
    HRESULT hr;

    TRY(IRandomAccessStream_GetOutputStreamAt(stream, 0, &output));
    TRY(client_factory("Windows.Storage.Streams.DataWriter", &IID_IDataWriterFactory, &writers));
    TRY(IDataWriterFactory_CreateDataWriter(writers, output, &writer));
    TRY(IDataWriter_WriteString(writer, text("written"), &stored));
    TRY(IDataWriter_StoreAsync(writer, (void *)&storing));
    TRY(client_await(storing, false, &stored));
    MUST(stored == 7);
    TRY(IOutputStream_FlushAsync(output, &flushing));
    TRY(client_await(flushing, false, &flushed));
done:
    DROP(flushing);
    DROP(storing);
    DROP(writer);
    DROP(writers);
    DROP(output);
    return hr;
}

static HRESULT read_from(IRandomAccessStream *stream)
{
    IAsyncOperation_UINT32 *loading = NULL;
    IDataReaderFactory *readers = NULL;
    IInputStream *input = NULL;
    IDataReader *reader = NULL;
    HSTRING content = NULL;
    UINT32 loaded = 0;
    INT32 order = 1;
    HRESULT hr;

    TRY(IRandomAccessStream_GetInputStreamAt(stream, 0, &input));
    TRY(client_factory("Windows.Storage.Streams.DataReader", &IID_IDataReaderFactory, &readers));
    TRY(IDataReaderFactory_CreateDataReader(readers, input, &reader));
    TRY(IDataReader_LoadAsync(reader, 7, (void *)&loading));
    TRY(client_await(loading, false, &loaded));
    MUST(loaded == 7);
    TRY(IDataReader_ReadString(reader, 7, &content));
    TRY(WindowsCompareStringOrdinal(content, text("written"), &order));
    MUST(!order);
done:
    WindowsDeleteString(content);
    DROP(loading);
    DROP(reader);
    DROP(readers);
    DROP(input);
    return hr;
}

static HRESULT run_streams(void)
{
    IAsyncOperation_IRandomAccessStream *opening = NULL;
    IRandomAccessStream *stream = NULL, *memory = NULL;
    IStorageFile *file = NULL;
    HRESULT hr;

    TRY(client_activate("Windows.Storage.Streams.InMemoryRandomAccessStream",
                        &IID_IRandomAccessStream, &memory));
    TRY(write_to(memory));
    TRY(read_from(memory));
    TRY(client_file(run_name("stream.txt"), &file));
    TRY(IStorageFile_OpenAsync(file, FileAccessMode_ReadWrite, &opening));
    TRY(client_await(opening, false, &stream));
    TRY(write_to(stream));
    TRY(read_from(stream));
done:
    DROP(stream);
    DROP(opening);
    DROP(file);
    DROP(memory);
    return hr;
}

const struct scenario scenario_streams = { .name = "streams", .run = run_streams };

static HRESULT run_uri(void)
{
    IUriRuntimeClass *uri = NULL, *combined = NULL;
    IWwwFormUrlDecoderRuntimeClass *query = NULL;
    HSTRING display = NULL, host = NULL, value = NULL;
    boolean equal = TRUE;
    HRESULT hr;

    TRY(client_uri("http://user:word@host.example:81/a b/c?x=1&y=2#d", &uri));
    TRY(IUriRuntimeClass_get_DisplayUri(uri, &display));
    TRY(IUriRuntimeClass_get_Host(uri, &host));
    TRY(IUriRuntimeClass_get_QueryParsed(uri, &query));
    TRY(IWwwFormUrlDecoderRuntimeClass_GetFirstValueByName(query, text("y"), &value));
    TRY(IUriRuntimeClass_CombineUri(uri, text("../e?f"), &combined));
    TRY(IUriRuntimeClass_Equals(uri, combined, &equal));
    MUST(!equal);
done:
    WindowsDeleteString(value);
    WindowsDeleteString(host);
    WindowsDeleteString(display);
    DROP(query);
    DROP(combined);
    DROP(uri);
    return hr;
}

const struct scenario scenario_uri = { .name = "uri", .run = run_uri };
