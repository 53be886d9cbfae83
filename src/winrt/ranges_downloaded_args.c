/* SPDX-License-Identifier: MIT */
#include "ranges_downloaded_args.h"

#include "activation.h"
#include "download_ranges.h"
#include "file_ranges.h"
#include "runtime.h"
#include "src/port/process.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/object.h"

/*
 * Keeps an event open for one deferral: the handler that the deferral calls when it is completed or
 * closed. One that its client just lets go of is completed by that.
 */
struct event_hold {
    IDeferralCompletedHandler IDeferralCompletedHandler_iface;
    struct object object;
    struct download_ranges *ranges;
    bool over;
};

DEFINE_UNKNOWN(event_hold, IDeferralCompletedHandler)

static void end_hold(struct event_hold *hold)
{
    if (!__atomic_exchange_n(&hold->over, true, __ATOMIC_ACQ_REL))
        download_ranges_let_go(hold->ranges);
}

static HRESULT WINAPI event_hold_Invoke(IDeferralCompletedHandler *iface)
{
    end_hold(impl_from_IDeferralCompletedHandler(iface));
    return S_OK;
}

static const struct IDeferralCompletedHandlerVtbl event_hold_vtbl = {
    UNKNOWN_SLOTS(event_hold, IDeferralCompletedHandler),
    event_hold_Invoke,
};

static void event_hold_destroy(void *instance)
{
    struct event_hold *hold = instance;

    if (process_is_forked_child())
        return;
    end_hold(hold);
    download_ranges_release(hold->ranges);
}

static const struct object_interface event_hold_interfaces[] = {
    OBJECT_INTERFACE(event_hold, IDeferralCompletedHandler),
};

static const struct object_class event_hold_class =
    OBJECT_CLASS(event_hold, NULL, event_hold_destroy);

/* Over from the beginning. */
static struct event_hold *event_hold_create(struct download_ranges *ranges)
{
    struct event_hold *hold = object_alloc(&event_hold_class);

    if (!hold)
        return NULL;
    hold->IDeferralCompletedHandler_iface.lpVtbl = &event_hold_vtbl;
    hold->over = true;
    hold->ranges = ranges;
    download_ranges_addref(ranges);
    return hold;
}

struct ranges_args {
    IBackgroundTransferRangesDownloadedEventArgs IBackgroundTransferRangesDownloadedEventArgs_iface;
    struct object object;
    struct download_ranges *ranges;
    UINT64 serial;
    bool restarted;
    IVector_BackgroundTransferFileRange *added;
};

DEFINE_INSPECTABLE(ranges_args, IBackgroundTransferRangesDownloadedEventArgs)

static HRESULT WINAPI ranges_args_get_WasDownloadRestarted(
    IBackgroundTransferRangesDownloadedEventArgs *iface, boolean *value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IBackgroundTransferRangesDownloadedEventArgs(iface)->restarted;
    return S_OK;
}

static HRESULT WINAPI
ranges_args_get_AddedRanges(IBackgroundTransferRangesDownloadedEventArgs *iface,
                            IVector_BackgroundTransferFileRange **value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IBackgroundTransferRangesDownloadedEventArgs(iface)->added;
    IVector_BackgroundTransferFileRange_AddRef(*value);
    return S_OK;
}

static HRESULT WINAPI ranges_args_GetDeferral(IBackgroundTransferRangesDownloadedEventArgs *iface,
                                              IDeferral **result)
{
    struct ranges_args *args = impl_from_IBackgroundTransferRangesDownloadedEventArgs(iface);
    struct event_hold *hold;
    HRESULT hr;

    if (!result)
        return E_POINTER;
    *result = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    hold = event_hold_create(args->ranges);
    if (!hold)
        return E_OUTOFMEMORY;
    if (download_ranges_hold(args->ranges, args->serial)) {
        hold->over = false;
        hr = activate_deferral(&hold->IDeferralCompletedHandler_iface, result);
    } else {
        hr = error_originate(E_ILLEGAL_METHOD_CALL,
                             "The handler has returned and no deferral keeps its event open");
    }
    object_release(&hold->object);
    return hr;
}

static const struct IBackgroundTransferRangesDownloadedEventArgsVtbl ranges_args_vtbl = {
    INSPECTABLE_SLOTS(ranges_args, IBackgroundTransferRangesDownloadedEventArgs),
    ranges_args_get_WasDownloadRestarted,
    ranges_args_get_AddedRanges,
    ranges_args_GetDeferral,
};

static void ranges_args_destroy(void *instance)
{
    struct ranges_args *args = instance;

    if (args->added)
        IVector_BackgroundTransferFileRange_Release(args->added);
    if (!process_is_forked_child())
        download_ranges_release(args->ranges);
}

static const struct object_interface ranges_args_interfaces[] = {
    OBJECT_INTERFACE(ranges_args, IBackgroundTransferRangesDownloadedEventArgs),
};

#define CLASS_NAME \
    RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundTransferRangesDownloadedEventArgs

static const struct object_class ranges_args_class =
    OBJECT_CLASS(ranges_args, CLASS_NAME, ranges_args_destroy);

HRESULT ranges_downloaded_args_create(struct download_ranges *ranges, UINT64 serial, bool restarted,
                                      const struct byte_range *added, size_t added_count,
                                      IBackgroundTransferRangesDownloadedEventArgs **out)
{
    struct ranges_args *args = object_alloc(&ranges_args_class);
    HRESULT hr;

    *out = NULL;
    if (!args)
        return E_OUTOFMEMORY;
    args->IBackgroundTransferRangesDownloadedEventArgs_iface.lpVtbl = &ranges_args_vtbl;
    args->ranges = ranges;
    download_ranges_addref(ranges);
    args->serial = serial;
    args->restarted = restarted;
    hr = file_ranges_create(added, added_count, &args->added);
    if (FAILED(hr)) {
        object_release(&args->object);
        return hr;
    }
    *out = &args->IBackgroundTransferRangesDownloadedEventArgs_iface;
    return S_OK;
}
