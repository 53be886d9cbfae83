/* SPDX-License-Identifier: MIT */
/* Reading what has arrived. */
#include "model_program.h"

#include <stdlib.h>
#include <string.h>

#include <robuffer.h>

#include "reads.h"

#define BLOCK 65536

/* A read that its Completed handler tells of. */
struct reading {
    unsigned operation, offset;
    IRandomAccessStream *stream;
    IBuffer *buffer;
};

static unsigned adler32(unsigned sum, const BYTE *bytes, UINT32 length)
{
    unsigned a = sum & 0xffff, b = sum >> 16;

    for (UINT32 i = 0; i < length; i++) {
        a = (a + bytes[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

/* The length of what is in the buffer; adds it to the sum. */
static UINT32 buffer_sum(IBuffer *buffer, unsigned *sum)
{
    IBufferByteAccess *access = query(buffer, &IID_IBufferByteAccess);
    UINT32 length = 0;
    BYTE *bytes = NULL;

    check_ok(IBuffer_get_Length(buffer, &length));
    check_ok(IBufferByteAccess_Buffer(access, &bytes));
    *sum = adler32(*sum, bytes, length);
    release_ref(access);
    return length;
}

static void on_read(void *context, const struct recorder_call *call)
{
    struct reading *reading = context;
    IBuffer *result = NULL;
    unsigned sum = 1;
    UINT32 length = 0;
    HRESULT hr =
        IAsyncOperationWithProgress_IBuffer_UINT32_GetResults((read_async *)call->sender, &result);

    if (SUCCEEDED(hr))
        length = buffer_sum(result, &sum);
    release_ref(result);
    release_ref(reading->buffer);
    release_ref(reading->stream);
    say("!\tr\t%u\t%u\t%08X\t%u\t%08X", reading->operation, reading->offset, (unsigned)hr, length,
        sum);
    free(reading);
}

void command_read(char **fields)
{
    struct reading *reading = calloc(1, sizeof(*reading));
    UINT32 count = number_of(fields[3]);
    struct recorder *recorder = recorder_create(RECORDER_COMPLETED, NULL);
    read_async *async;

    assert_non_null(reading);
    reading->operation = number_of(fields[1]);
    reading->offset = number_of(fields[2]);
    reading->stream = random_open(entry_find(operations, reading->operation));
    reading->buffer = buffer_new(count);
    check_ok(IRandomAccessStream_Seek(reading->stream, reading->offset));
    async = read_start(reading->stream, reading->buffer, count, InputStreamOptions_None);
    answer(S_OK, " ");
    recorder_on_call(recorder, on_read, reading);
    check_ok(IAsyncOperationWithProgress_IBuffer_UINT32_put_Completed(async,
                                                                      recorder_delegate(recorder)));
    recorder_release(recorder);
    release_ref(async);
}

/* All of what GetResultStreamAt(0) has, of a download that has ended. */
void command_body(char **fields)
{
    IBackgroundTransferOperation *common =
        query(entry_find(operations, number_of(fields[1])), &IID_IBackgroundTransferOperation);
    IBuffer *buffer = buffer_new(BLOCK);
    IInputStream *stream = NULL;
    unsigned sum = 1, total = 0;
    UINT32 length;

    check_ok(IBackgroundTransferOperation_GetResultStreamAt(common, 0, &stream));
    do {
        length = read_end(read_start(stream, buffer, BLOCK, InputStreamOptions_Partial), buffer);
        if (length)
            buffer_sum(buffer, &sum);
        total += length;
    } while (length);
    release_ref(stream);
    release_ref(buffer);
    release_ref(common);
    answer(S_OK, "\t%u\t%08X", total, sum);
}

void command_ranges(char **fields)
{
    answer(S_OK, "\t%s", downloaded_ranges(entry_find(operations, number_of(fields[1]))));
}
