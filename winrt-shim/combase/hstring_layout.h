/* SPDX-License-Identifier: MIT */
/*
 * What an HSTRING points to. Language projections read, count and free strings by this layout with
 * code of their own, so it is part of the ABI: 24 bytes of header on 64-bit systems, 20 on 32-bit
 * ones. A created string goes on with its reference count and its characters, in one block of the
 * process heap (HeapAlloc), because that is where those projections give it back.
 */
#ifndef WINRT_COMBASE_HSTRING_LAYOUT_H
#define WINRT_COMBASE_HSTRING_LAYOUT_H

#include <stddef.h>

#include <windows.h>
#include <hstring.h>

enum hstring_flags {
    HSTRING_FLAG_REFERENCE = 1 << 0, /* made by WindowsCreateStringReference */
    HSTRING_FLAG_BUFFER = 1 << 8,    /* an HSTRING_BUFFER that is not promoted yet; only ours */
};

struct hstring_header {
    UINT32 flags;
    UINT32 length; /* code units without the terminator */
    UINT32 padding[2];
    const WCHAR *text;
};

struct hstring_shared {
    struct hstring_header header;
    LONG ref;
    WCHAR text[];
};

_Static_assert(sizeof(struct hstring_header) == sizeof(HSTRING_HEADER), "header of another size");
_Static_assert(offsetof(struct hstring_header, text) == 16, "text at another offset");
_Static_assert(offsetof(struct hstring_shared, ref) == sizeof(HSTRING_HEADER), "count misplaced");
_Static_assert(offsetof(struct hstring_shared, text) == sizeof(HSTRING_HEADER) + 4,
               "characters misplaced");

static inline struct hstring_header *hstring_header(HSTRING string)
{
    return (struct hstring_header *)string;
}

/* A reference or NULL gives NULL. */
static inline struct hstring_shared *hstring_shared(HSTRING string)
{
    struct hstring_header *header = hstring_header(string);

    if (!header || header->flags & HSTRING_FLAG_REFERENCE)
        return NULL;
    return CONTAINING_RECORD(header, struct hstring_shared, header);
}

static inline UINT32 hstring_length(HSTRING string)
{
    return string ? hstring_header(string)->length : 0;
}

/* Never NULL, terminated. */
const WCHAR *hstring_text(HSTRING string);

/*
 * A new block for `length` (more than 0) characters with its terminator, count 1.
 * MEM_E_INVALID_SIZE if that is more than 32 bits can count in bytes, E_OUTOFMEMORY.
 */
HRESULT hstring_alloc(UINT32 length, struct hstring_shared **ret);

void hstring_free(struct hstring_shared *shared);

static inline HSTRING hstring_handle(struct hstring_shared *shared)
{
    return (HSTRING)&shared->header;
}

#endif
