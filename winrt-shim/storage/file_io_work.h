/* SPDX-License-Identifier: MIT */
/*
 * What FileIO and PathIO (Windows.Storage) do; the one names its file by an IStorageFile, which may
 * be a client's own, the other by an absolute path.
 *
 * Encodings: a byte order mark at the file's start decides, for reading, and for writing, too,
 * where it is kept (page FileIO.WriteTextAsync). Without one it is the caller's encoding, or UTF-8;
 * a text that is written as UTF-16 then gets a mark, so that it can be read again. Marks are no
 * part of the text read.
 *
 * Writing replaces the whole content by a StorageStreamTransaction, so that after a failure the
 * file is as it was. Appending writes in place. Lines end with CR LF when written, with CR LF, LF
 * or CR when read.
 */
#ifndef WINRT_STORAGE_FILE_IO_WORK_H
#define WINRT_STORAGE_FILE_IO_WORK_H

#include <stdbool.h>

#include <windows.h>
#include <hstring.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>

/* One of the two; borrowed. */
struct file_io_target {
    bool by_path;
    IStorageFile *file;
    HSTRING path;
};

static inline struct file_io_target file_io_file(IStorageFile *file)
{
    return (struct file_io_target){ .file = file };
}

static inline struct file_io_target file_io_path(HSTRING path)
{
    return (struct file_io_target){ .by_path = true, .path = path };
}

/* All of them: E_POINTER for a NULL file, buffer, list or out pointer, E_INVALIDARG for a path that
   is not absolute or an encoding that there is not. The rest is told by the operation. */
HRESULT file_io_read_text(struct file_io_target target, UnicodeEncoding encoding,
                          IAsyncOperation_HSTRING **operation);
HRESULT file_io_read_lines(struct file_io_target target, UnicodeEncoding encoding,
                           IAsyncOperation_IVector_HSTRING **operation);
HRESULT file_io_read_buffer(struct file_io_target target, IAsyncOperation_IBuffer **operation);

HRESULT file_io_write_text(struct file_io_target target, HSTRING text, UnicodeEncoding encoding,
                           bool append, IAsyncAction **operation);

/* The lines are collected in the call. */
HRESULT file_io_write_lines(struct file_io_target target, IIterable_HSTRING *lines,
                            UnicodeEncoding encoding, bool append, IAsyncAction **operation);
HRESULT file_io_write_buffer(struct file_io_target target, IBuffer *buffer,
                             IAsyncAction **operation);

/* A copy is made of the bytes. */
HRESULT file_io_write_bytes(struct file_io_target target, const BYTE *bytes, UINT32 length,
                            IAsyncAction **operation);

#endif
