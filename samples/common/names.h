/* SPDX-License-Identifier: MIT */
/*
 * C has no namespaces, so the headers spell them out: Windows.Storage.IStorageFile is
 * __x_ABI_CWindows_CStorage_CIStorageFile, and IAsyncOperation<StorageFile> is
 * __FIAsyncOperation_1_Windows__CStorage__CStorageFile. A program that uses some twenty of them
 * reads better with short names of its own, and this is the one place that has the long ones.
 *
 * A parameter whose documented type is a class (Uri, StorageFile) has in C the type of the class's
 * default interface.
 */
#ifndef COMMON_NAMES_H
#define COMMON_NAMES_H

#include <windows.h>
#include <roapi.h>
#include <winstring.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.web.h>
#include <windows.networking.backgroundtransfer.h>

typedef __x_ABI_CWindows_CFoundation_CIUriRuntimeClass IUriRuntimeClass;
typedef __x_ABI_CWindows_CFoundation_CIUriRuntimeClassFactory IUriRuntimeClassFactory;
typedef __x_ABI_CWindows_CFoundation_CIUriEscapeStatics IUriEscapeStatics;
typedef __x_ABI_CWindows_CFoundation_CIAsyncAction IAsyncAction;
typedef __x_ABI_CWindows_CFoundation_CIAsyncActionCompletedHandler IAsyncActionCompletedHandler;

typedef __x_ABI_CWindows_CStorage_CIStorageFile IStorageFile;
typedef __x_ABI_CWindows_CStorage_CIStorageFolder IStorageFolder;
typedef __x_ABI_CWindows_CStorage_CIStorageFolderStatics IStorageFolderStatics;
typedef __x_ABI_CWindows_CStorage_CIStorageItem IStorageItem;
typedef __FIAsyncOperation_1_Windows__CStorage__CStorageFile IGetFile;
typedef __FIAsyncOperationCompletedHandler_1_Windows__CStorage__CStorageFile IGetFileCompleted;
typedef __FIAsyncOperation_1_Windows__CStorage__CStorageFolder IGetFolder;
typedef __FIAsyncOperationCompletedHandler_1_Windows__CStorage__CStorageFolder IGetFolderCompleted;

typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloader
    IBackgroundDownloader;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloader2
    IBackgroundDownloader2;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloaderStaticMethods
    IBackgroundDownloaderStaticMethods;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloaderStaticMethods2
    IBackgroundDownloaderStaticMethods2;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferBase
    IBackgroundTransferBase;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferGroup
    IBackgroundTransferGroup;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferGroupStatics
    IBackgroundTransferGroupStatics;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferOperation
    IBackgroundTransferOperation;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferOperationPriority
    IBackgroundTransferOperationPriority;
typedef enum __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CBackgroundTransferPriority
    BackgroundTransferPriority;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferErrorStaticMethods
    IBackgroundTransferErrorStatics;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIDownloadOperation IDownloadOperation;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CBackgroundDownloadProgress
    BackgroundDownloadProgress;

/* What GetCurrentDownloadsAsync returns, its handler, and the list. */
typedef __FIAsyncOperation_1___FIVectorView_1_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
    IGetDownloads;
typedef __FIAsyncOperationCompletedHandler_1___FIVectorView_1_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
    IGetDownloadsCompleted;
typedef __FIVectorView_1_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation IDownloads;

/* What StartAsync and AttachAsync return, and its two handlers. */
typedef __FIAsyncOperationWithProgress_2_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
    IDownload;
typedef __FIAsyncOperationProgressHandler_2_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
    IDownloadProgressed;
typedef __FIAsyncOperationWithProgressCompletedHandler_2_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
    IDownloadCompleted;

#define IID_IUriRuntimeClassFactory IID___x_ABI_CWindows_CFoundation_CIUriRuntimeClassFactory
#define IID_IUriEscapeStatics       IID___x_ABI_CWindows_CFoundation_CIUriEscapeStatics
#define IID_IAsyncActionCompletedHandler \
    IID___x_ABI_CWindows_CFoundation_CIAsyncActionCompletedHandler
#define IID_IStorageFolderStatics IID___x_ABI_CWindows_CStorage_CIStorageFolderStatics
#define IID_IStorageItem          IID___x_ABI_CWindows_CStorage_CIStorageItem
#define IID_IGetFileCompleted \
    IID___FIAsyncOperationCompletedHandler_1_Windows__CStorage__CStorageFile
#define IID_IGetFolderCompleted \
    IID___FIAsyncOperationCompletedHandler_1_Windows__CStorage__CStorageFolder
#define IID_IBackgroundDownloader \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloader
#define IID_IBackgroundDownloader2 \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloader2
#define IID_IBackgroundDownloaderStaticMethods \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloaderStaticMethods
#define IID_IBackgroundDownloaderStaticMethods2 \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloaderStaticMethods2
#define IID_IBackgroundTransferGroupStatics \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferGroupStatics
#define IID_IBackgroundTransferOperation \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferOperation
#define IID_IBackgroundTransferOperationPriority \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferOperationPriority
#define IID_IGetDownloadsCompleted \
    IID___FIAsyncOperationCompletedHandler_1___FIVectorView_1_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
#define IID_IBackgroundTransferBase \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferBase
#define IID_IBackgroundTransferErrorStatics \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundTransferErrorStaticMethods
#define IID_IDownloadProgressed \
    IID___FIAsyncOperationProgressHandler_2_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
#define IID_IDownloadCompleted \
    IID___FIAsyncOperationWithProgressCompletedHandler_2_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation

/* Gives up a reference and forgets the pointer; NULL is fine. */
#define RELEASE(pointer)                         \
    do {                                         \
        if (pointer)                             \
            (pointer)->lpVtbl->Release(pointer); \
        (pointer) = NULL;                        \
    } while (0)

#endif
