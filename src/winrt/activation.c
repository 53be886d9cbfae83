/* SPDX-License-Identifier: MIT */
#include "activation.h"

#include <string.h>

#include <asyncinfo.h>
#include <roapi.h>

#include "src/port/memory.h"
#include "src/port/paths.h"
#include "src/port/threads.h"
#include "winrt-shim/base/hstring_text.h"
#include "winrt-shim/base/object.h"

static HRESULT get_factory(const WCHAR *class_name, REFIID iid, void **ret)
{
    HSTRING name;
    HRESULT hr;

    *ret = NULL;
    hr = hstring_from_utf16(class_name, &name);
    if (FAILED(hr))
        return hr;
    hr = RoGetActivationFactory(name, iid, ret);
    WindowsDeleteString(name);
    return hr;
}

static bool is_hex_digit(char c)
{
    return c && strchr("0123456789abcdefABCDEF", c);
}

/* Servers write Locations with a "%" that begins no triplet and stands for itself. Uri refuses it;
 * the same address that it takes has "%25" there. */
static char *whole_triplets(const char *url)
{
    char *text = memory_zalloc_array(strlen(url) + 1, 3), *end = text;

    for (; text && *url; url++) {
        *end++ = *url;
        if (*url == '%' && !(is_hex_digit(url[1]) && is_hex_digit(url[2]))) {
            *end++ = '2';
            *end++ = '5';
        }
    }
    return text;
}

HRESULT activate_uri(const char *url, IUriRuntimeClass **ret)
{
    char *whole = whole_triplets(url);
    IUriRuntimeClassFactory *factory = NULL;
    HSTRING text = NULL;
    HRESULT hr;

    *ret = NULL;
    if (!whole)
        return E_OUTOFMEMORY;
    hr = hstring_from_utf8(whole, &text);
    if (SUCCEEDED(hr))
        hr = get_factory(RuntimeClass_Windows_Foundation_Uri, &IID_IUriRuntimeClassFactory,
                         (void **)&factory);
    if (SUCCEEDED(hr))
        hr = IUriRuntimeClassFactory_CreateUri(factory, text, ret);
    if (factory)
        IUriRuntimeClassFactory_Release(factory);
    WindowsDeleteString(text);
    memory_free_secret(whole); /* may hold user info */
    return hr;
}

HRESULT activate_deferral(IDeferralCompletedHandler *handler, IDeferral **ret)
{
    IDeferralFactory *factory;
    HRESULT hr;

    *ret = NULL;
    hr = get_factory(RuntimeClass_Windows_Foundation_Deferral, &IID_IDeferralFactory,
                     (void **)&factory);
    if (FAILED(hr))
        return hr;
    hr = IDeferralFactory_Create(factory, handler, ret);
    IDeferralFactory_Release(factory);
    return hr;
}

/* The one who waits for a file. */
struct file_waiter {
    IAsyncOperationCompletedHandler_StorageFile IAsyncOperationCompletedHandler_StorageFile_iface;
    struct object object;
    struct mutex mutex;
    struct condition completed;
    bool done;
};

DEFINE_UNKNOWN(file_waiter, IAsyncOperationCompletedHandler_StorageFile)

static HRESULT WINAPI file_waiter_Invoke(IAsyncOperationCompletedHandler_StorageFile *iface,
                                         IAsyncOperation_StorageFile *operation, AsyncStatus status)
{
    struct file_waiter *waiter = impl_from_IAsyncOperationCompletedHandler_StorageFile(iface);

    (void)operation;
    (void)status;
    mutex_lock(&waiter->mutex);
    waiter->done = true;
    condition_broadcast(&waiter->completed);
    mutex_unlock(&waiter->mutex);
    return S_OK;
}

static const IAsyncOperationCompletedHandler_StorageFileVtbl file_waiter_vtbl = {
    UNKNOWN_SLOTS(file_waiter, IAsyncOperationCompletedHandler_StorageFile),
    file_waiter_Invoke,
};

static void file_waiter_destroy(void *instance)
{
    struct file_waiter *waiter = instance;

    condition_destroy(&waiter->completed);
    mutex_destroy(&waiter->mutex);
}

static const struct object_interface file_waiter_interfaces[] = {
    OBJECT_INTERFACE(file_waiter, IAsyncOperationCompletedHandler_StorageFile),
};

static const struct object_class file_waiter_class =
    OBJECT_CLASS(file_waiter, NULL, file_waiter_destroy);

static HRESULT wait_for_file(IAsyncOperation_StorageFile *operation, IStorageFile **ret)
{
    struct file_waiter *waiter = object_alloc(&file_waiter_class);
    IAsyncOperationCompletedHandler_StorageFile *handler;
    HRESULT hr;

    if (!waiter)
        return E_OUTOFMEMORY;
    handler = &waiter->IAsyncOperationCompletedHandler_StorageFile_iface;
    handler->lpVtbl = &file_waiter_vtbl;
    mutex_init(&waiter->mutex);
    condition_init(&waiter->completed);
    hr = IAsyncOperation_StorageFile_put_Completed(operation, handler);
    if (SUCCEEDED(hr)) {
        mutex_lock(&waiter->mutex);
        while (!waiter->done)
            condition_wait(&waiter->completed, &waiter->mutex);
        mutex_unlock(&waiter->mutex);
        hr = IAsyncOperation_StorageFile_GetResults(operation, ret);
    }
    IAsyncOperationCompletedHandler_StorageFile_Release(handler);
    return hr;
}

HRESULT activate_file(const char *path, IStorageFile **ret)
{
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFileStatics *statics = NULL;
    char *native = path_to_native(path);
    HSTRING text = NULL;
    HRESULT hr = E_OUTOFMEMORY;

    *ret = NULL;
    if (native)
        hr = hstring_from_utf8(native, &text);
    if (SUCCEEDED(hr))
        hr = get_factory(RuntimeClass_Windows_Storage_StorageFile, &IID_IStorageFileStatics,
                         (void **)&statics);
    if (SUCCEEDED(hr))
        hr = IStorageFileStatics_GetFileFromPathAsync(statics, text, &operation);
    if (SUCCEEDED(hr))
        hr = wait_for_file(operation, ret);
    if (SUCCEEDED(hr) && !*ret)
        hr = E_UNEXPECTED;
    if (operation)
        IAsyncOperation_StorageFile_Release(operation);
    if (statics)
        IStorageFileStatics_Release(statics);
    WindowsDeleteString(text);
    memory_free(native);
    return hr;
}
