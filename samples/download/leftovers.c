/* SPDX-License-Identifier: MIT */
#include "leftovers.h"

#include <stdlib.h>

#include "../common/handlers.h"
#include "../common/runtime.h"
#include "report.h"

/* GetCurrentDownloadsAsync lists what is in no group; each group is asked for by itself. */
static HRESULT ask(IBackgroundTransferGroup *group, IGetDownloads **operation)
{
    const WCHAR *class_name =
        RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader;
    IBackgroundDownloaderStaticMethods *statics = NULL;
    IBackgroundDownloaderStaticMethods2 *newer = NULL;
    HRESULT hr;

    if (!group) {
        hr = get_factory(class_name, &IID_IBackgroundDownloaderStaticMethods, (void **)&statics);
        if (SUCCEEDED(hr))
            hr = statics->lpVtbl->GetCurrentDownloadsAsync(statics, operation);
    } else {
        hr = get_factory(class_name, &IID_IBackgroundDownloaderStaticMethods2, (void **)&newer);
        if (SUCCEEDED(hr))
            hr = newer->lpVtbl->GetCurrentDownloadsForTransferGroupAsync(newer, group, operation);
    }
    RELEASE(newer);
    RELEASE(statics);
    return hr;
}

static void set_event(void *event, AsyncStatus status)
{
    (void)status; /* GetResults tells it again */
    SetEvent(event);
}

static HRESULT wait_for_view(IGetDownloads *operation, IDownloads **view)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    IGetDownloadsCompleted *handler =
        completed_handler_create(&IID_IGetDownloadsCompleted, set_event, event);
    HRESULT hr = event && handler ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(hr))
        hr = operation->lpVtbl->put_Completed(operation, handler);
    if (SUCCEEDED(hr)) {
        WaitForSingleObject(event, INFINITE);
        hr = operation->lpVtbl->GetResults(operation, view);
    }
    RELEASE(handler);
    if (event)
        CloseHandle(event);
    return hr;
}

static HRESULT take_all(IDownloads *view, struct leftovers *leftovers)
{
    UINT32 count = 0;
    HRESULT hr = view->lpVtbl->get_Size(view, &count);

    if (FAILED(hr) || count == 0)
        return hr;
    leftovers->operations = calloc(count, sizeof(*leftovers->operations));
    if (!leftovers->operations)
        return E_OUTOFMEMORY;
    while (SUCCEEDED(hr) && leftovers->count < count) {
        hr = view->lpVtbl->GetAt(view, leftovers->count, &leftovers->operations[leftovers->count]);
        if (SUCCEEDED(hr))
            leftovers->count++;
    }
    return hr;
}

HRESULT leftovers_find(IBackgroundTransferGroup *group, struct leftovers *leftovers)
{
    IGetDownloads *operation = NULL;
    IDownloads *view = NULL;
    HRESULT hr;

    hr = ask(group, &operation);
    if (SUCCEEDED(hr))
        hr = wait_for_view(operation, &view);
    if (SUCCEEDED(hr))
        hr = take_all(view, leftovers);
    RELEASE(view);
    RELEASE(operation);
    if (FAILED(hr))
        report_failure("cannot tell what earlier runs have left", hr);
    return hr;
}

void leftovers_free(struct leftovers *leftovers)
{
    free(leftovers->operations);
}
