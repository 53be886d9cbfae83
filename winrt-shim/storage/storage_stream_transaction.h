/* SPDX-License-Identifier: MIT */
/*
 * StorageStreamTransaction (Windows.Storage): a stream over a copy of a file, which takes the
 * file's place at CommitAsync, whole or not at all. Until then, and if it is closed without a
 * commit, the file is as it was.
 */
#ifndef WINRT_STORAGE_STORAGE_STREAM_TRANSACTION_H
#define WINRT_STORAGE_STORAGE_STREAM_TRANSACTION_H

#include <windows.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>

/*
 * Begins a transaction on an existing file (IStorageFile.OpenTransactedWriteAsync). Its stream
 * starts with the file's content, at position 0. The copy is a file beside it, whose name begins
 * with a dot; closing or releasing the transaction removes it. Blocks: call it on a worker. Errors
 * as of file_stream_open.
 */
HRESULT storage_stream_transaction_open(const char *path, IStorageStreamTransaction **out);

/* The same for each FileOpenDisposition; what has to be created is created at once, empty. */
HRESULT storage_stream_transaction_open_with(const char *path, StorageOpenOptions options,
                                             FileOpenDisposition disposition,
                                             IStorageStreamTransaction **out);

#endif
