/* SPDX-License-Identifier: MIT */
/*
 * FileRandomAccessStream, FileInputStream and FileOutputStream (Windows.Storage.Streams) over a
 * file. Writes go in place. The functions here block: call them on a worker. Paths are those of
 * src/port/files.h.
 *
 * Who may have a file open at the same time, within this process (page IStorageFile2.OpenAsync):
 *
 *                            Read                               ReadWrite
 *   None                     polite: fails once others write    the single writer
 *   AllowOnlyReaders         keeps every writer out             the single writer
 *   AllowReadersAndWriters   reads whatever there is            one of several writers
 *
 * What may not be together fails to open with ERROR_SHARING_VIOLATION. The reads of a polite reader
 * fail with ERROR_OPLOCK_HANDLE_CLOSED from the first write on, by a stream of this process, or by
 * anybody that changed the file's time or size. Other processes are not kept out: there is no
 * mandatory sharing mode on POSIX.
 */
#ifndef WINRT_STORAGE_FILE_STREAM_H
#define WINRT_STORAGE_FILE_STREAM_H

#include <windows.h>
#include <activation.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>

/*
 * Opens an existing file. `*out` is a FileRandomAccessStream at position 0. E_INVALIDARG for values
 * that the enumerations do not have; ERROR_FILE_NOT_FOUND, E_ACCESSDENIED (a folder, too),
 * ERROR_SHARING_VIOLATION.
 */
HRESULT file_stream_open(const char *path, FileAccessMode mode, StorageOpenOptions options,
                         IRandomAccessStream **out);

/* The same for each FileOpenDisposition. Creating and truncating need
 * ReadWrite: else E_INVALIDARG. */
HRESULT
file_stream_open_with(const char *path, FileAccessMode mode, StorageOpenOptions options,
                      FileOpenDisposition disposition, IRandomAccessStream **out);

/* A FileInputStream at the file's start, as a polite reader
 * (IInputStreamReference.OpenSequentialReadAsync). */
HRESULT file_input_stream_open(const char *path, IInputStream **out);

/* Factory of RuntimeClass_Windows_Storage_Streams_FileRandomAccessStream:
 * IFileRandomAccessStreamStatics. */
HRESULT file_random_access_stream_factory_create(IActivationFactory **out);

#endif
