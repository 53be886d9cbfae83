/* SPDX-License-Identifier: MIT */
/* What files, folders, streams, readers and writers do when there is no memory (failing_memory.h),
 * in the call or on the worker. */
#include <windows.h>
#include <activation.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>

#include "await.h"
#include "check.h"
#include "failing_memory.h"
#include "hstrings.h"
#include "paths.h"
#include "strings_ring.h"
#include "test_main.h"

#include "winrt-shim/storage/classes.h"

/* The statics of a class. */
static HRESULT get_statics(HRESULT (*create)(IActivationFactory **out), REFIID iid, void **out)
{
    IActivationFactory *factory;
    HRESULT hr = create(&factory);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    hr = IActivationFactory_QueryInterface(factory, iid, out);
    release_ref(factory);
    return hr;
}

/* The result of what was started with `hr`: all of these forms have GetResults in one slot. */
static HRESULT finish(HRESULT hr, void *operation, void *result)
{
    IAsyncOperation_StorageFile *any = operation;

    if (FAILED(hr)) {
        assert_null(operation);
        return hr;
    }
    if (await_operation(operation) == Completed)
        hr = IAsyncOperation_StorageFile_GetResults(any, result);
    else
        hr = operation_error(operation);
    IAsyncOperation_StorageFile_Release(any);
    return hr;
}

static HRESULT finish_read(HRESULT hr, IAsyncOperationWithProgress_IBuffer_UINT32 *operation,
                           IBuffer **result)
{
    if (FAILED(hr)) {
        assert_null(operation);
        return hr;
    }
    if (await_with_progress(operation) == Completed)
        hr = IAsyncOperationWithProgress_IBuffer_UINT32_GetResults(operation, result);
    else
        hr = operation_error(operation);
    IAsyncOperationWithProgress_IBuffer_UINT32_Release(operation);
    return hr;
}

static HRESULT get_folder(IStorageFolder **folder)
{
    IAsyncOperation_StorageFolder *operation = NULL;
    IStorageFolderStatics *statics;
    HRESULT hr;

    hr = get_statics(storage_folder_factory_create, &IID_IStorageFolderStatics, (void **)&statics);
    if (FAILED(hr))
        return hr;
    hr = IStorageFolderStatics_GetFolderFromPathAsync(statics, string_of(item_scratch()),
                                                      &operation);
    hr = finish(hr, operation, folder);
    release_ref(statics);
    return hr;
}

static HRESULT create_file(IStorageFolder *folder, const char *name, IStorageFile **file)
{
    IAsyncOperation_StorageFile *operation = NULL;
    HRESULT hr;

    hr = IStorageFolder_CreateFileAsync(folder, string_of(name),
                                        CreationCollisionOption_ReplaceExisting, &operation);
    return finish(hr, operation, file);
}

static HRESULT use_files(void)
{
    IAsyncOperation_IVectorView_IStorageItem *listing = NULL;
    IAsyncOperation_StorageFile *copying = NULL;
    IVectorView_IStorageItem *items = NULL;
    IStorageFile *file = NULL, *copy = NULL;
    IStorageFolder *folder = NULL;
    IStorageItem *item = NULL;
    IAsyncAction *renaming = NULL;
    HRESULT hr = get_folder(&folder);

    if (SUCCEEDED(hr))
        hr = create_file(folder, "a.txt", &file);
    if (SUCCEEDED(hr)) {
        hr = IStorageFile_CopyOverload(file, folder, string_of("b.txt"),
                                       NameCollisionOption_ReplaceExisting, &copying);
        hr = finish(hr, copying, &copy);
    }
    if (SUCCEEDED(hr)) {
        item = query(copy, &IID_IStorageItem);
        hr = IStorageItem_RenameAsync(item, string_of("c.txt"), NameCollisionOption_ReplaceExisting,
                                      &renaming);
        hr = finish(hr, renaming, NULL);
    }
    if (SUCCEEDED(hr)) {
        hr = IStorageFolder_GetItemsAsyncOverloadDefaultStartAndCount(folder, &listing);
        hr = finish(hr, listing, &items);
    }
    release_ref(items);
    release_ref(item);
    release_ref(copy);
    release_ref(file);
    release_ref(folder);
    return hr;
}

static HRESULT open_file(IStorageFile *file, IRandomAccessStream **stream)
{
    IAsyncOperation_IRandomAccessStream *operation = NULL;
    HRESULT hr = IStorageFile_OpenAsync(file, FileAccessMode_ReadWrite, &operation);

    return finish(hr, operation, stream);
}

static HRESULT write_to(IRandomAccessStream *stream)
{
    IOutputStream *output = query(stream, &IID_IOutputStream);
    IAsyncOperation_UINT32 *storing = NULL;
    IDataWriterFactory *factory;
    IDataWriter *writer = NULL;
    UINT32 stored;
    HRESULT hr;

    hr = get_statics(data_writer_factory_create, &IID_IDataWriterFactory, (void **)&factory);
    if (SUCCEEDED(hr))
        hr = IDataWriterFactory_CreateDataWriter(factory, output, &writer);
    if (SUCCEEDED(hr))
        hr = IDataWriter_WriteString(writer, string_of("four"), &stored);
    if (SUCCEEDED(hr)) {
        hr = IDataWriter_StoreAsync(writer, &storing);
        hr = finish(hr, storing, &stored);
    }
    release_ref(writer);
    release_ref(factory);
    release_ref(output);
    return hr;
}

static HRESULT read_from(IRandomAccessStream *stream)
{
    IAsyncOperationWithProgress_IBuffer_UINT32 *reading = NULL;
    IAsyncOperation_UINT32 *loading = NULL;
    IInputStream *input = NULL;
    IDataReaderFactory *factory;
    IDataReader *reader = NULL;
    IBuffer *buffer = NULL, *read = NULL;
    HSTRING text = NULL;
    UINT32 loaded;
    HRESULT hr;

    hr = get_statics(data_reader_factory_create, &IID_IDataReaderFactory, (void **)&factory);
    if (SUCCEEDED(hr))
        hr = IRandomAccessStream_GetInputStreamAt(stream, 0, &input);
    if (SUCCEEDED(hr))
        hr = IDataReaderFactory_CreateDataReader(factory, input, &reader);
    if (SUCCEEDED(hr)) {
        hr = IDataReader_LoadAsync(reader, 2, &loading);
        hr = finish(hr, loading, &loaded);
    }
    if (SUCCEEDED(hr)) {
        hr = IDataReader_LoadAsync(reader, 1, &loading);
        hr = finish(hr, loading, &loaded);
    }
    if (SUCCEEDED(hr))
        hr = IDataReader_ReadString(reader, 3, &text);
    if (SUCCEEDED(hr))
        hr = IDataReader_DetachBuffer(reader, &buffer);
    release_ref(buffer);
    if (SUCCEEDED(hr))
        hr = IDataReader_ReadBuffer(reader, 0, &buffer);
    if (SUCCEEDED(hr)) {
        hr = IInputStream_ReadAsync(input, buffer, 0, InputStreamOptions_None, &reading);
        hr = finish_read(hr, reading, &read);
    }
    string_delete(text);
    release_ref(read);
    release_ref(buffer);
    release_ref(reader);
    release_ref(input);
    release_ref(factory);
    return hr;
}

/* A file of its own: an opening that nobody could wait for may still be under way. */
static const char *next_name(void)
{
    static unsigned number;

    return ring_format("%u.txt", number++);
}

static HRESULT use_streams(void)
{
    IRandomAccessStream *stream = NULL, *clone = NULL;
    IStorageFolder *folder = NULL;
    IStorageFile *file = NULL;
    HRESULT hr = get_folder(&folder);

    if (SUCCEEDED(hr))
        hr = create_file(folder, next_name(), &file);
    if (SUCCEEDED(hr))
        hr = open_file(file, &stream);
    if (SUCCEEDED(hr))
        hr = write_to(stream);
    if (SUCCEEDED(hr))
        hr = read_from(stream);
    if (SUCCEEDED(hr))
        hr = IRandomAccessStream_CloneStream(stream, &clone);
    release_ref(clone);
    release_ref(stream);
    release_ref(file);
    release_ref(folder);
    return hr;
}

static HRESULT use_file_io(void)
{
    IAsyncOperation_IVector_HSTRING *reading = NULL;
    IAsyncAction *writing = NULL, *appending = NULL;
    IFileIOStatics *statics = NULL;
    IVector_HSTRING *lines = NULL;
    IStorageFolder *folder = NULL;
    IIterable_HSTRING *iterable;
    IStorageFile *file = NULL;
    HRESULT hr = get_folder(&folder);

    if (SUCCEEDED(hr))
        hr = create_file(folder, next_name(), &file);
    if (SUCCEEDED(hr))
        hr = get_statics(file_io_factory_create, &IID_IFileIOStatics, (void **)&statics);
    if (SUCCEEDED(hr)) {
        hr = IFileIOStatics_WriteTextAsync(statics, file, string_of("one\ntwo\n"), &writing);
        hr = finish(hr, writing, NULL);
    }
    if (SUCCEEDED(hr)) {
        hr = IFileIOStatics_ReadLinesAsync(statics, file, &reading);
        hr = finish(hr, reading, &lines);
    }
    if (SUCCEEDED(hr)) {
        iterable = query(lines, &IID_IIterable_HSTRING);
        hr = IFileIOStatics_AppendLinesAsync(statics, file, iterable, &appending);
        hr = finish(hr, appending, NULL);
        release_ref(iterable);
    }
    release_ref(lines);
    release_ref(statics);
    release_ref(file);
    release_ref(folder);
    return hr;
}

#define DEFINE_TEST(name, scenario)        \
    static void name(void **state)         \
    {                                      \
        (void)state;                       \
        run_with_failing_memory(scenario); \
    }

DEFINE_TEST(files_survive, use_files)
DEFINE_TEST(streams_survive, use_streams)
DEFINE_TEST(file_io_survives, use_file_io)

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(files_survive),
    cmocka_unit_test(streams_survive),
    cmocka_unit_test(file_io_survives),
};

TEST_MAIN(tests)
