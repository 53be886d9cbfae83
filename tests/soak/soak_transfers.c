/* SPDX-License-Identifier: MIT */
#include "soak_transfers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "groups.h"
#include "strings_ring.h"

/* A transfer, and the delegate that is told of its end. */
struct soak_one {
    IAsyncOperationWithProgressCompletedHandler_DownloadOperation_DownloadOperation delegate;
    LONG ref;
    struct soak *soak;
    struct soak_one *next;
    unsigned number;
    AsyncStatus status;
    IDownloadOperation *operation;
    download_async *async;
    bool has_file;
};

typedef IAsyncOperationWithProgressCompletedHandler_DownloadOperation_DownloadOperation delegate;

static struct soak_one *impl_from(delegate *iface)
{
    return CONTAINING_RECORD(iface, struct soak_one, delegate);
}

static ULONG WINAPI delegate_AddRef(delegate *iface)
{
    return (ULONG)__atomic_add_fetch(&impl_from(iface)->ref, 1, __ATOMIC_RELAXED);
}

static ULONG WINAPI delegate_Release(delegate *iface)
{
    ULONG ref = (ULONG)__atomic_sub_fetch(&impl_from(iface)->ref, 1, __ATOMIC_ACQ_REL);

    if (!ref)
        free(impl_from(iface));
    return ref;
}

static HRESULT WINAPI delegate_QueryInterface(delegate *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IAgileObject))
        return E_NOINTERFACE;
    delegate_AddRef(iface);
    *out = iface;
    return S_OK;
}

static HRESULT WINAPI delegate_Invoke(delegate *iface, download_async *async, AsyncStatus status)
{
    struct soak_one *one = impl_from(iface);
    struct soak *soak = one->soak;

    (void)async;
    mutex_lock(&soak->mutex);
    soak->calls[one->number]++;
    if (soak->calls[one->number] == 1) {
        one->status = status;
        one->next = soak->done;
        soak->done = one;
        delegate_AddRef(iface);
    }
    condition_signal(&soak->changed);
    mutex_unlock(&soak->mutex);
    return S_OK;
}

static const struct
    IAsyncOperationWithProgressCompletedHandler_DownloadOperation_DownloadOperationVtbl
        delegate_vtbl = {
            .QueryInterface = delegate_QueryInterface,
            .AddRef = delegate_AddRef,
            .Release = delegate_Release,
            .Invoke = delegate_Invoke,
        };

void soak_init(struct soak *soak, unsigned capacity)
{
    memset(soak, 0, sizeof(*soak));
    soak->calls = calloc(capacity, 1);
    assert_non_null(soak->calls);
    soak->capacity = capacity;
    mutex_init(&soak->mutex);
    condition_init(&soak->changed);
}

void soak_destroy(struct soak *soak)
{
    condition_destroy(&soak->changed);
    mutex_destroy(&soak->mutex);
    free(soak->calls);
}

static const char *name_of(unsigned number)
{
    return ring_format("%u.bin", number);
}

void soak_start(struct soak *soak)
{
    struct soak_one *one = calloc(1, sizeof(*one));

    assert_non_null(one);
    assert_true(soak->created < soak->capacity);
    one->delegate.lpVtbl = &delegate_vtbl;
    one->ref = 1;
    one->soak = soak;
    one->number = soak->created++;
    one->has_file = one->number % 11 != 0;
    one->operation = download_new(NULL, server_url("NGINX_HTTP", "/many/%u", one->number),
                                  one->has_file ? name_of(one->number) : NULL);
    if (one->number % 5 == 0)
        download_set_priority(one->operation, BackgroundTransferPriority_High);
    one->async = download_start(one->operation);
    check_ok(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed(
        one->async, &one->delegate));
    delegate_Release(&one->delegate);
    strings_end();
}

static struct soak_one *next_done(struct soak *soak)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);
    struct soak_one *one;

    mutex_lock(&soak->mutex);
    while (!soak->done) {
        if (!condition_wait_until(&soak->changed, &soak->mutex, deadline) && !soak->done)
            fail_msg("nothing ends; %u of %u have", soak->ended, soak->created);
    }
    one = soak->done;
    soak->done = one->next;
    mutex_unlock(&soak->mutex);
    return one;
}

void soak_end(struct soak *soak)
{
    struct soak_one *one = next_done(soak);
    const char *expected = ring_format("file /many/%u\n", one->number);
    char *text;

    assert_int_equal(one->status, Completed);
    if (one->has_file) {
        text = file_text(name_of(one->number));
        assert_string_equal(text, expected);
        free(text);
        assert_int_equal(remove(test_path(name_of(one->number))), 0);
    } else {
        assert_int_equal(progress_of(one->operation).BytesReceived, strlen(expected));
    }
    release_ref(one->async);
    release_ref(one->operation);
    delegate_Release(&one->delegate);
    soak->ended++;
}
