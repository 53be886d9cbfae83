/* SPDX-License-Identifier: MIT */
#include "recoverable_statuses.h"

#include "src/port/memory.h"
#include "transfer_error_table.h"
#include "winrt-shim/base/collections.h"
#include "winrt-shim/base/error.h"

VECTOR_TYPE(status_vector, VALUE_INT32, u"Windows.Web.WebErrorStatus", IVector_WebErrorStatus,
            IVectorView_WebErrorStatus, IIterable_WebErrorStatus, IIterator_WebErrorStatus);

static bool matches(int32_t web_error_status, const struct transfer_error *error)
{
    return web_error_status_from_transfer_error(error) == (WebErrorStatus)web_error_status;
}

static HRESULT statuses_changed(void *context, const union value *items, UINT32 count)
{
    struct transfer *transfer = context;
    enum port_status status = PORT_NO_MEMORY;
    int32_t *numbers = memory_zalloc_array(count, sizeof(*numbers));

    if (numbers) {
        for (UINT32 i = 0; i < count; i++)
            numbers[i] = items[i].int32;
        status = transfer_set_recoverable(transfer, numbers, count, matches);
        memory_free(numbers);
    }
    /* For one that has ended the vector is a vector and no more. */
    return status == PORT_WRONG_STATE ? S_OK : hresult_from_status(status);
}

static void statuses_destroyed(void *context)
{
    transfer_release(context);
}

static const struct vector_watch status_watch = {
    .changed = statuses_changed,
    .destroy = statuses_destroyed,
};

/* With what the engine has: the statuses of a restored transfer are the app's of before. */
static HRESULT vector_of(struct transfer *transfer, IVector_WebErrorStatus **ret)
{
    union value *items = NULL;
    int32_t *numbers;
    size_t count;
    HRESULT hr;

    *ret = NULL;
    hr = hresult_from_status(transfer_get_recoverable(transfer, &numbers, &count));
    if (FAILED(hr))
        return hr;
    items = memory_zalloc_array(count, sizeof(*items));
    hr = E_OUTOFMEMORY;
    if (items) {
        for (size_t i = 0; i < count; i++)
            items[i].int32 = numbers[i];
        hr = vector_create_watched(&status_vector, items, (UINT32)count, &status_watch, transfer,
                                   (void **)ret);
    }
    if (SUCCEEDED(hr))
        transfer_addref(transfer);
    memory_free(items);
    memory_free(numbers);
    return hr;
}

HRESULT recoverable_statuses_get(struct download_operation *operation,
                                 IVector_WebErrorStatus **value)
{
    IVector_WebErrorStatus *found = SLOT_LOAD(&operation->recoverable), *made;
    HRESULT hr;

    if (!found) {
        hr = vector_of(operation->transfer, &made);
        if (FAILED(hr))
            return hr;
        if (SLOT_PUBLISH(&operation->recoverable, &found, made))
            found = made;
        else
            IVector_WebErrorStatus_Release(made);
    }
    *value = found;
    IVector_WebErrorStatus_AddRef(found);
    return S_OK;
}

HRESULT recoverable_statuses_restore(struct download_operation *operation)
{
    enum port_status status;
    int32_t *numbers;
    size_t count;

    status = transfer_get_recoverable(operation->transfer, &numbers, &count);
    if (!status && count)
        status = transfer_set_recoverable(operation->transfer, numbers, count, matches);
    memory_free(numbers);
    return status == PORT_WRONG_STATE ? S_OK : hresult_from_status(status);
}
