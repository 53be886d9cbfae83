/* SPDX-License-Identifier: MIT */
#include <robuffer.h>

#include "persistent_program.h"

#include <stdlib.h>
#include <string.h>

#include "groups.h"
#include "reads.h"

#define ADLER_MODULUS 65521

HRESULT set_priority(IDownloadOperation *operation, unsigned priority)
{
    IBackgroundTransferOperationPriority *setter =
        query(operation, &IID_IBackgroundTransferOperationPriority);
    HRESULT hr =
        IBackgroundTransferOperationPriority_put_Priority(setter,
                                                          (BackgroundTransferPriority)priority);

    release_ref(setter);
    return hr;
}

HRESULT make_current(IDownloadOperation *operation)
{
    return download_make_current(operation);
}

HRESULT group_behavior(const char *name, const char *number)
{
    IBackgroundTransferGroup *group = group_new(name);
    BackgroundTransferBehavior behavior = BackgroundTransferBehavior_Parallel;
    HRESULT hr = S_OK;

    if (number) {
        behavior = (BackgroundTransferBehavior)strtoul(number, NULL, 10);
        hr = IBackgroundTransferGroup_put_TransferBehavior(group, behavior);
    }
    if (SUCCEEDED(hr))
        hr = IBackgroundTransferGroup_get_TransferBehavior(group, &behavior);
    if (SUCCEEDED(hr))
        say("behavior\t%s\t%d", name, (int)behavior);
    release_ref(group);
    return hr;
}

/* They stay until the process ends: a handler may be called until then. */
struct random_read {
    struct random_read *next;
    const char *name;
    UINT32 offset;
    IRandomAccessStream *stream;
    IBuffer *buffer;
    read_async *async;
    struct recorder *recorder;
};

static struct random_read *reads;

static unsigned adler32(const BYTE *bytes, UINT32 count)
{
    UINT32 low = 1, high = 0;

    for (UINT32 i = 0; i < count; i++) {
        low = (low + bytes[i]) % ADLER_MODULUS;
        high = (high + low) % ADLER_MODULUS;
    }
    return high << 16 | low;
}

/* A read that failed says nothing: its download did, too. */
static void on_read(void *context, const struct recorder_call *call)
{
    struct random_read *read = context;
    IBufferByteAccess *access = query(read->buffer, &IID_IBufferByteAccess);
    UINT32 length = 0;
    BYTE *bytes = NULL;

    check_ok(IBuffer_get_Length(read->buffer, &length));
    check_ok(IBufferByteAccess_Buffer(access, &bytes));
    if (call->status == Completed)
        say("read\t%s\t%u\t%u\t%u", read->name, read->offset, length, adler32(bytes, length));
    release_ref(access);
}

void random_read_start(IDownloadOperation *operation, const char *name, UINT32 offset, UINT32 count)
{
    struct random_read *read = calloc(1, sizeof(*read));

    assert_non_null(read);
    read->name = name;
    read->offset = offset;
    read->stream = random_open(operation);
    read->buffer = buffer_new(count);
    read->recorder = recorder_create(RECORDER_COMPLETED, NULL);
    recorder_on_call(read->recorder, on_read, read);
    check_ok(IRandomAccessStream_Seek(read->stream, offset));
    read->async = read_start(read->stream, read->buffer, count, InputStreamOptions_None);
    read->next = reads;
    reads = read;
    check_ok(IAsyncOperationWithProgress_IBuffer_UINT32_put_Completed(
        read->async, recorder_delegate(read->recorder)));
}
