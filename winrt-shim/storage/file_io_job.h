/* SPDX-License-Identifier: MIT */
/* The inside of file_io_work.h: a job and the streams it works on. */
#ifndef WINRT_STORAGE_FILE_IO_JOB_H
#define WINRT_STORAGE_FILE_IO_JOB_H

#include "composite.h"
#include "file_io_work.h"

struct file_io_job {
    IStorageFile *file; /* or */
    char *path;
    HSTRING text;    /* to write, or */
    IBuffer *buffer; /* to write */
    UnicodeEncoding encoding;
    bool append;
};

/* Checks the target and makes a job for it. */
HRESULT file_io_job_create(struct file_io_target target, UnicodeEncoding encoding,
                           struct file_io_job **out);
void file_io_job_destroy(void *context);

/* Opened and waited for. */
HRESULT file_io_open(struct file_io_job *job, struct composite *composite, FileAccessMode mode,
                     IRandomAccessStream **stream);
HRESULT file_io_open_transaction(struct file_io_job *job, struct composite *composite,
                                 IStorageStreamTransaction **transaction);

/* Bytes of `stream` from its position on: up to `count`, fewer at the end only. */
HRESULT file_io_read_bytes(struct composite *composite, IRandomAccessStream *stream, UINT32 count,
                           IBuffer **buffer);

/* All of the buffer at its position. */
HRESULT file_io_write_all(struct composite *composite, IRandomAccessStream *stream,
                          IBuffer *buffer);

#endif
