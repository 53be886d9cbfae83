/* SPDX-License-Identifier: MIT */
/*
 * The instances of collection classes, for the macros of collections.h (which need their layout)
 * and for the files that implement them. Others include collections.h and look no further.
 *
 * An interface here is one for all instantiations: T* and T** are `void *`. Where a method takes a
 * T by value, there is a vtable for each width of T.
 */
#ifndef WINRT_BASE_COLLECTION_OBJECTS_H
#define WINRT_BASE_COLLECTION_OBJECTS_H

#include "list.h"
#include "object.h"
#include "values.h"

#include "src/port/threads.h"

#define INSPECTABLE_MEMBERS(iface)                                        \
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(iface *, REFIID, void **); \
    ULONG(STDMETHODCALLTYPE *AddRef)(iface *);                            \
    ULONG(STDMETHODCALLTYPE *Release)(iface *);                           \
    HRESULT(STDMETHODCALLTYPE *GetIids)(iface *, ULONG *, IID **);        \
    HRESULT(STDMETHODCALLTYPE *GetRuntimeClassName)(iface *, HSTRING *);  \
    HRESULT(STDMETHODCALLTYPE *GetTrustLevel)(iface *, TrustLevel *)

typedef struct IIteratorAny {
    const struct IIteratorAnyVtbl *lpVtbl;
} IIteratorAny;

struct IIteratorAnyVtbl {
    INSPECTABLE_MEMBERS(IIteratorAny);
    HRESULT(STDMETHODCALLTYPE *get_Current)(IIteratorAny *, void *);
    HRESULT(STDMETHODCALLTYPE *get_HasCurrent)(IIteratorAny *, boolean *);
    HRESULT(STDMETHODCALLTYPE *MoveNext)(IIteratorAny *, boolean *);
    HRESULT(STDMETHODCALLTYPE *GetMany)(IIteratorAny *, UINT32, void *, UINT32 *);
};

typedef struct IIterableAny {
    const struct IIterableAnyVtbl *lpVtbl;
} IIterableAny;

struct IIterableAnyVtbl {
    INSPECTABLE_MEMBERS(IIterableAny);
    HRESULT(STDMETHODCALLTYPE *First)(IIterableAny *, void **);
};

typedef struct IKeyValuePairAny {
    const struct IKeyValuePairAnyVtbl *lpVtbl;
} IKeyValuePairAny;

struct IKeyValuePairAnyVtbl {
    INSPECTABLE_MEMBERS(IKeyValuePairAny);
    HRESULT(STDMETHODCALLTYPE *get_Key)(IKeyValuePairAny *, HSTRING *);
    HRESULT(STDMETHODCALLTYPE *get_Value)(IKeyValuePairAny *, void *);
};

/* Their vtables differ by width. */
typedef struct IVectorAny {
    const void *lpVtbl;
} IVectorAny;

typedef struct IVectorViewAny {
    const void *lpVtbl;
} IVectorViewAny;

typedef struct IMapAny {
    const void *lpVtbl;
} IMapAny;

typedef struct IMapViewAny {
    const struct IMapViewAnyVtbl *lpVtbl;
} IMapViewAny;

struct IMapViewAnyVtbl {
    INSPECTABLE_MEMBERS(IMapViewAny);
    HRESULT(STDMETHODCALLTYPE *Lookup)(IMapViewAny *, HSTRING, void *);
    HRESULT(STDMETHODCALLTYPE *get_Size)(IMapViewAny *, UINT32 *);
    HRESULT(STDMETHODCALLTYPE *HasKey)(IMapViewAny *, HSTRING, boolean *);
    HRESULT(STDMETHODCALLTYPE *Split)(IMapViewAny *, void **, void **);
};

struct vector {
    IVectorAny IVectorAny_iface;
    IIterableAny IIterableAny_iface;

    struct object object;

    const struct vector_type *type;
    struct list *list;
    const struct vector_watch *watch; /* NULL: nobody follows it */
    void *context;                    /* the watch's */
    struct mutex telling;             /* the watch is told of one change after the other */
};

struct vector_view {
    IVectorViewAny IVectorViewAny_iface;
    IIterableAny IIterableAny_iface;

    struct object object;

    const struct vector_type *type;
    struct values *values;
};

struct map {
    IMapAny IMapAny_iface;
    IIterableAny IIterableAny_iface;

    struct object object;

    const struct map_type *type;
    unsigned flags;
    struct list *pairs;
};

struct map_view {
    IMapViewAny IMapViewAny_iface;
    IIterableAny IIterableAny_iface;

    struct object object;

    const struct map_type *type;
    unsigned flags;
    struct values *pairs;
};

struct key_value_pair {
    IKeyValuePairAny IKeyValuePairAny_iface;

    struct object object;

    enum value_type type;
    HSTRING key;
    union value value;
};

struct iterator {
    IIteratorAny IIteratorAny_iface;

    struct object object;

    struct values *values;
    struct list *list; /* what must not change; NULL if nothing can */
    UINT64 version;
    struct mutex mutex; /* over index */
    UINT32 index;
};

void vector_destroy(void *instance);
void vector_view_destroy(void *instance);
void map_destroy(void *instance);
void map_view_destroy(void *instance);
void key_value_pair_destroy(void *instance);
void iterator_destroy(void *instance);

/* A view that shares `values`. */
HRESULT vector_view_create_shared(const struct vector_type *type, struct values *values,
                                  void **out);
HRESULT map_view_create_shared(const struct map_type *type, unsigned flags, struct values *pairs,
                               void **out);

/* An iterator at the start of `values`, which were those of `list` (which may be NULL) at
 * `version`. */
HRESULT iterator_create(const struct object_class *class, struct values *values, struct list *list,
                        UINT64 version, void **out);

HRESULT key_value_pair_create(const struct map_type *type, HSTRING key, const union value *value,
                              struct key_value_pair **ret);

/* What Lookup, HasKey, Insert and Remove find; NULL if there is none. `pairs` keeps it. */
struct key_value_pair *pairs_find(const struct values *pairs, HSTRING key, unsigned flags,
                                  UINT32 *index);

#define COLLECTION_OFFSET_DEFAULT  0
#define COLLECTION_OFFSET_ITERABLE sizeof(void *)

/* One interface: the pairs and iterators. */
#define COLLECTION_INTERFACE(variable, name, iface)                           \
    static const struct object_interface variable##_##name##_interfaces[] = { \
        { &IID_##iface, COLLECTION_OFFSET_DEFAULT },                          \
    }

/* Two: those that IIterable walks through. */
#define COLLECTION_INTERFACES(variable, name, iface, iterable_iface)          \
    static const struct object_interface variable##_##name##_interfaces[] = { \
        { &IID_##iface, COLLECTION_OFFSET_DEFAULT },                          \
        { &IID_##iterable_iface, COLLECTION_OFFSET_ITERABLE },                \
    }

#define COLLECTION_CLASS(structure, class_name, interface_table)                               \
    {                                                                                          \
        .name = u"Windows.Foundation.Collections." class_name, .interfaces = interface_table,  \
        .interface_count = sizeof(interface_table) / sizeof(interface_table[0]),               \
        .size = sizeof(struct structure), .object_offset = offsetof(struct structure, object), \
        .destroy = structure##_destroy                                                         \
    }

#endif
