/* SPDX-License-Identifier: MIT */
#include "groups.h"

#include "../common/runtime.h"
#include "../common/text.h"
#include "report.h"

static HRESULT create_group(const char *name, bool serialized, IBackgroundTransferGroup **group)
{
    IBackgroundTransferGroupStatics *statics = NULL;
    HSTRING string = NULL;
    HRESULT hr;

    hr = string_from_text(name, &string);
    if (SUCCEEDED(hr))
        hr = get_factory(RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundTransferGroup,
                         &IID_IBackgroundTransferGroupStatics, (void **)&statics);
    if (SUCCEEDED(hr))
        hr = statics->lpVtbl->CreateGroup(statics, string, group);
    if (SUCCEEDED(hr))
        hr = (*group)->lpVtbl->put_TransferBehavior(*group,
                                                    serialized
                                                        ? BackgroundTransferBehavior_Serialized
                                                        : BackgroundTransferBehavior_Parallel);
    RELEASE(statics);
    WindowsDeleteString(string);
    return hr;
}

HRESULT group_open(const char *name, bool serialized, IBackgroundDownloader *downloader,
                   IBackgroundTransferGroup **group)
{
    IBackgroundDownloader2 *second = NULL;
    HRESULT hr;

    *group = NULL;
    hr = create_group(name, serialized, group);
    if (SUCCEEDED(hr))
        hr = downloader->lpVtbl->QueryInterface(downloader, &IID_IBackgroundDownloader2,
                                                (void **)&second);
    if (SUCCEEDED(hr))
        hr = second->lpVtbl->put_TransferGroup(second, *group);
    RELEASE(second);
    if (FAILED(hr))
        report_failure(name, hr);
    return hr;
}
