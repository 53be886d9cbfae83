/* SPDX-License-Identifier: MIT */
/*
 * A value as generic interfaces pass it (T of IAsyncOperation<T>, IVector<T>, IReference<T> …): how
 * wide it is, and what copying and dropping it means.
 */
#ifndef WINRT_BASE_VALUE_H
#define WINRT_BASE_VALUE_H

#include <windows.h>
#include <hstring.h>
#include <inspectable.h>

enum value_type {
    VALUE_NONE,      /* IAsyncAction has no result */
    VALUE_INTERFACE, /* a COM pointer: AddRef and Release; may be NULL */
    VALUE_STRING,    /* HSTRING: WindowsDuplicateString and WindowsDeleteString */
    VALUE_BOOLEAN,   /* one byte */
    VALUE_INT32,     /* enumerations too */
    VALUE_UINT32,
    VALUE_INT64, /* DateTime and TimeSpan too */
    VALUE_UINT64,
    VALUE_UINT64_PAIR, /* a struct of two UINT64, as BackgroundTransferFileRange; only vectors */
    VALUE_TYPE_MAX
};

/* Passed to a method as any struct of these two members is. */
struct value_pair {
    UINT64 first, second;
};

union value {
    struct value_pair pair; /* the first, so that { 0 } clears it all */
    IUnknown *unknown;      /* `interface` is a macro of the Windows headers */
    HSTRING string;
    boolean boolean_;
    INT32 int32;
    UINT32 uint32;
    INT64 int64;
    UINT64 uint64;
};

/* Bytes that an out parameter of this type takes. */
size_t value_size(enum value_type type);

/* Zeroes *ret, then copies with its own reference. E_OUTOFMEMORY from strings. */
HRESULT value_copy(enum value_type type, const union value *from, union value *ret);

/* Drops the reference and zeroes. */
void value_clear(enum value_type type, union value *value);

/* Copies (with a reference) into a client's out parameter of that type. */
HRESULT value_return(enum value_type type, const union value *from, void *out);

#endif
