/* SPDX-License-Identifier: MIT */
/* The properties that DataReader and DataWriter (Windows.Storage.Streams) let their clients set. */
#ifndef WINRT_STORAGE_DATA_PROPERTY_H
#define WINRT_STORAGE_DATA_PROPERTY_H

#include <stdbool.h>

#include <windows.h>
#include <windows.storage.streams.h>

static inline bool byte_order_is_valid(ByteOrder order)
{
    return (unsigned)order <= ByteOrder_BigEndian;
}

static inline bool input_stream_options_are_valid(InputStreamOptions options)
{
    return !((unsigned)options &
             ~(unsigned)(InputStreamOptions_Partial | InputStreamOptions_ReadAhead));
}

/*
 * get_ and put_ of the property that is called like its type, in `member` of a struct `prefix`
 * under its mutex. E_POINTER; E_INVALIDARG for what is not valid.
 */
#define DEFINE_DATA_PROPERTY(prefix, iface, type, member, is_valid)     \
    static HRESULT WINAPI prefix##_get_##type(iface *self, type *value) \
    {                                                                   \
        struct prefix *prefix = impl_from_##iface(self);                \
                                                                        \
        if (!value)                                                     \
            return E_POINTER;                                           \
        mutex_lock(&prefix->mutex);                                     \
        *value = prefix->member;                                        \
        mutex_unlock(&prefix->mutex);                                   \
        return S_OK;                                                    \
    }                                                                   \
    static HRESULT WINAPI prefix##_put_##type(iface *self, type value)  \
    {                                                                   \
        struct prefix *prefix = impl_from_##iface(self);                \
                                                                        \
        if (!is_valid(value))                                           \
            return E_INVALIDARG;                                        \
        mutex_lock(&prefix->mutex);                                     \
        prefix->member = value;                                         \
        mutex_unlock(&prefix->mutex);                                   \
        return S_OK;                                                    \
    }

#endif
