/* SPDX-License-Identifier: MIT */
#include "runtime.h"

#include "handlers.h"
#include "text.h"

HRESULT get_factory(const WCHAR *class_name, REFIID iid, void **factory)
{
    HSTRING_HEADER header;
    HSTRING name;
    UINT32 length = 0;
    HRESULT hr;

    *factory = NULL;
    while (class_name[length])
        length++;
    /* A string reference lives on the stack: nothing is copied, and nothing has to be deleted. */
    hr = WindowsCreateStringReference(class_name, length, &header, &name);
    if (SUCCEEDED(hr))
        hr = RoGetActivationFactory(name, iid, factory);
    return hr;
}

HRESULT create_uri(const char *text, IUriRuntimeClass **uri)
{
    IUriRuntimeClassFactory *factory = NULL;
    HSTRING string = NULL;
    HRESULT hr;

    *uri = NULL;
    hr = string_from_text(text, &string);
    if (SUCCEEDED(hr))
        hr = get_factory(RuntimeClass_Windows_Foundation_Uri, &IID_IUriRuntimeClassFactory,
                         (void **)&factory);
    if (SUCCEEDED(hr))
        hr = factory->lpVtbl->CreateUri(factory, string, uri);
    RELEASE(factory);
    WindowsDeleteString(string);
    return hr;
}

static void set_event(void *event, AsyncStatus status)
{
    (void)status; /* GetResults tells it again */
    SetEvent(event);
}

/*
 * The three functions below wait in the same way: set a Completed handler that sets an event, wait
 * for the event, and ask for the results. GetResults returns the operation's error if it failed. A
 * program with a message loop would go on in the handler instead.
 */
HRESULT get_folder(const char *path, IStorageFolder **folder)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    IGetFolderCompleted *handler =
        completed_handler_create(&IID_IGetFolderCompleted, set_event, event);
    IStorageFolderStatics *statics = NULL;
    IGetFolder *operation = NULL;
    HSTRING string = NULL;
    HRESULT hr = event && handler ? S_OK : E_OUTOFMEMORY;

    *folder = NULL;
    if (SUCCEEDED(hr))
        hr = string_from_text(path, &string);
    if (SUCCEEDED(hr))
        hr = get_factory(RuntimeClass_Windows_Storage_StorageFolder, &IID_IStorageFolderStatics,
                         (void **)&statics);
    if (SUCCEEDED(hr))
        hr = statics->lpVtbl->GetFolderFromPathAsync(statics, string, &operation);
    if (SUCCEEDED(hr))
        hr = operation->lpVtbl->put_Completed(operation, handler);
    if (SUCCEEDED(hr)) {
        WaitForSingleObject(event, INFINITE);
        hr = operation->lpVtbl->GetResults(operation, folder);
    }
    RELEASE(operation);
    RELEASE(statics);
    RELEASE(handler);
    WindowsDeleteString(string);
    if (event)
        CloseHandle(event);
    return hr;
}

HRESULT create_file(IStorageFolder *folder, const char *name,
                    enum __x_ABI_CWindows_CStorage_CCreationCollisionOption option,
                    IStorageFile **file)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    IGetFileCompleted *handler = completed_handler_create(&IID_IGetFileCompleted, set_event, event);
    IGetFile *operation = NULL;
    HSTRING string = NULL;
    HRESULT hr = event && handler ? S_OK : E_OUTOFMEMORY;

    *file = NULL;
    if (SUCCEEDED(hr))
        hr = string_from_text(name, &string);
    if (SUCCEEDED(hr))
        hr = folder->lpVtbl->CreateFileAsync(folder, string, option, &operation);
    if (SUCCEEDED(hr))
        hr = operation->lpVtbl->put_Completed(operation, handler);
    if (SUCCEEDED(hr)) {
        WaitForSingleObject(event, INFINITE);
        hr = operation->lpVtbl->GetResults(operation, file);
    }
    RELEASE(operation);
    RELEASE(handler);
    WindowsDeleteString(string);
    if (event)
        CloseHandle(event);
    return hr;
}

HRESULT delete_file(IStorageFile *file)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    IAsyncActionCompletedHandler *handler =
        completed_handler_create(&IID_IAsyncActionCompletedHandler, set_event, event);
    IStorageItem *item = NULL;
    IAsyncAction *action = NULL;
    HRESULT hr = event && handler ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(hr))
        hr = file->lpVtbl->QueryInterface(file, &IID_IStorageItem, (void **)&item);
    if (SUCCEEDED(hr))
        hr = item->lpVtbl->DeleteAsyncOverloadDefaultOptions(item, &action);
    if (SUCCEEDED(hr))
        hr = action->lpVtbl->put_Completed(action, handler);
    if (SUCCEEDED(hr)) {
        WaitForSingleObject(event, INFINITE);
        hr = action->lpVtbl->GetResults(action);
    }
    RELEASE(action);
    RELEASE(item);
    RELEASE(handler);
    if (event)
        CloseHandle(event);
    return hr;
}

/* Path is a property of IStorageItem, which every StorageFile has as well. */
char *file_path(IStorageFile *file)
{
    IStorageItem *item = NULL;
    HSTRING path = NULL;
    char *text = NULL;

    if (FAILED(file->lpVtbl->QueryInterface(file, &IID_IStorageItem, (void **)&item)))
        return NULL;
    if (SUCCEEDED(item->lpVtbl->get_Path(item, &path)))
        text = text_from_string(path);
    WindowsDeleteString(path);
    RELEASE(item);
    return text;
}
