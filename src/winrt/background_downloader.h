/* SPDX-License-Identifier: MIT */
/*
 * BackgroundDownloader Class (Windows.Networking.BackgroundTransfer), written in several files:
 *
 * - background_downloader.c: the object and the three ways to create a download
 * - background_downloader_settings.c: its properties (IBackgroundTransferBase, …2 and …3)
 * - background_downloader_factory.c: the class object with the static methods
 * - download_draft.c: what one creation takes of the settings
 */
#ifndef WINRT_BACKGROUND_DOWNLOADER_H
#define WINRT_BACKGROUND_DOWNLOADER_H

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

#include "src/engine/header_list.h"
#include "src/port/threads.h"
#include "winrt-shim/base/object.h"

struct background_downloader {
    IBackgroundDownloader IBackgroundDownloader_iface;
    IBackgroundTransferBase IBackgroundTransferBase_iface;
    IBackgroundDownloader2 IBackgroundDownloader2_iface;
    IBackgroundDownloader3 IBackgroundDownloader3_iface;
    struct object object;

    struct mutex mutex; /* of what follows */
    struct header_list *headers;
    HSTRING method;
    HSTRING group;
    BackgroundTransferCostPolicy cost_policy;
    IPasswordCredential *server_credential;
    IPasswordCredential *proxy_credential;
    IBackgroundTransferGroup *transfer_group;
    IToastNotification *success_toast, *failure_toast;
    ITileNotification *success_tile, *failure_tile;
};

/* A downloader with the default settings. E_OUTOFMEMORY. */
HRESULT background_downloader_create(IInspectable **out);

/* background_downloader_settings.c */
void background_downloader_init_settings(struct background_downloader *downloader);

#endif
