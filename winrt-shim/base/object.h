/* SPDX-License-Identifier: MIT */
/*
 * One pattern for every COM object of the project (docs/com-pattern.md).
 *
 *     struct storage_file {
 *         IStorageFile IStorageFile_iface;        interface members first, the default one at 0
 *         IStorageItem IStorageItem_iface;
 *         struct object object;                   then the reference count and the class
 *         char *path;                             then state
 *     };
 *
 *     DEFINE_INSPECTABLE(storage_file, IStorageFile)      impl_from_, and the six first slots
 *     DEFINE_INSPECTABLE(storage_file, IStorageItem)
 *
 *     static const struct IStorageFileVtbl storage_file_vtbl = {
 *         INSPECTABLE_SLOTS(storage_file, IStorageFile),
 *         storage_file_RenameOverloadDefaultOptions, ... in the order of the IDL
 *     };
 *
 *     static const struct object_interface storage_file_interfaces[] = {
 *         OBJECT_INTERFACE(storage_file, IStorageFile),   the default interface first
 *         OBJECT_INTERFACE(storage_file, IStorageItem),
 *     };
 *     static const struct object_class storage_file_class =
 *         OBJECT_CLASS(storage_file, RuntimeClass_..._StorageFile, storage_file_destroy);
 *
 * QueryInterface and GetIids answer from that table, so no class writes them by hand. Every object
 * is agile: it answers IAgileObject, and IMarshal with the free-threaded marshaler.
 */
#ifndef WINRT_BASE_OBJECT_H
#define WINRT_BASE_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>
#include <inspectable.h>

struct object_interface {
    const GUID *iid;
    size_t offset; /* of the interface member in the instance */
};

struct object_class {
    const WCHAR *name; /* runtime class name, what GetRuntimeClassName answers */
    const struct object_interface *interfaces;
    size_t interface_count;
    size_t cloaked_count; /* so many at the end are known to QueryInterface, but not to GetIids */
    size_t size;          /* of the instance */
    size_t object_offset; /* of its struct object */
    /* Releases what the instance owns, in reverse order; may be NULL. */
    void (*destroy)(void *);
};

struct object {
    LONG ref;
    const struct object_class *class;
    IUnknown *marshaler; /* the free-threaded one, made when first asked for */
};

#define OBJECT_INTERFACE(prefix, iface)                      \
    {                                                        \
        &IID_##iface, offsetof(struct prefix, iface##_iface) \
    }

#define OBJECT_CLASS(prefix, class_name, destroy_function) \
    OBJECT_CLASS_CLOAKED(prefix, class_name, destroy_function, 0)

/* With so many `cloaked` interfaces at the end of the list: those that are no Windows Runtime ones
 * (robuffer.h). */
#define OBJECT_CLASS_CLOAKED(prefix, class_name, destroy_function, cloaked)              \
    {                                                                                    \
        .name = class_name, .interfaces = prefix##_interfaces,                           \
        .interface_count = sizeof(prefix##_interfaces) / sizeof(prefix##_interfaces[0]), \
        .cloaked_count = cloaked, .size = sizeof(struct prefix),                         \
        .object_offset = offsetof(struct prefix, object), .destroy = destroy_function    \
    }

/*
 * A zeroed instance with one reference; NULL when there is no memory. The caller fills in the
 * vtables and state. Given back by the Release that takes the count to zero.
 */
void *object_alloc(const struct object_class *class);

/* What the six first slots do. Any thread. */
HRESULT object_query_interface(struct object *object, REFIID iid, void **out);
ULONG object_addref(struct object *object);
ULONG object_release(struct object *object);

/* For tables that hold no references: false, and nothing done, if the count has reached zero
   already. The caller sees to it that the memory is still there (the instance's destroy function
   takes it out of the table, under the table's lock). */
bool object_try_addref(struct object *object);

HRESULT object_get_iids(struct object *object, ULONG *count, IID **iids);
HRESULT object_get_runtime_class_name(struct object *object, HSTRING *name);
HRESULT object_get_trust_level(struct object *object, TrustLevel *level);

/* The end of a create function: QueryInterface for what was asked, and give up the creation's
   own reference, also on failure. `default_iface` may not be NULL. */
HRESULT object_return(void *default_iface, REFIID iid, void **out);

/*
 * The macros that follow paste names of `iface` at their outermost level only: it is often a macro
 * itself (the short name of a long one), and would be expanded on its way through a second macro.
 */
#define DEFINE_IMPL_FROM(prefix, iface) \
    OBJECT_IMPL_FROM_(struct prefix, iface, iface##_iface, impl_from_##iface)

#define DEFINE_UNKNOWN(prefix, iface)                                         \
    OBJECT_IMPL_FROM_(struct prefix, iface, iface##_iface, impl_from_##iface) \
    OBJECT_UNKNOWN_(iface, impl_from_##iface, prefix##_##iface)

#define DEFINE_INSPECTABLE(prefix, iface)                                     \
    OBJECT_IMPL_FROM_(struct prefix, iface, iface##_iface, impl_from_##iface) \
    OBJECT_UNKNOWN_(iface, impl_from_##iface, prefix##_##iface)               \
    OBJECT_INSPECTABLE_(iface, impl_from_##iface, prefix##_##iface)

#define UNKNOWN_SLOTS(prefix, iface)     OBJECT_UNKNOWN_SLOTS_(prefix##_##iface)
#define INSPECTABLE_SLOTS(prefix, iface) OBJECT_INSPECTABLE_SLOTS_(prefix##_##iface)

#define OBJECT_IMPL_FROM_(instance, type, member, from)   \
    static inline instance *from(type *self)              \
    {                                                     \
        return CONTAINING_RECORD(self, instance, member); \
    }

#define OBJECT_UNKNOWN_(type, from, name)                                                      \
    static HRESULT STDMETHODCALLTYPE name##_QueryInterface(type *self, REFIID iid, void **out) \
    {                                                                                          \
        return object_query_interface(&from(self)->object, iid, out);                          \
    }                                                                                          \
    static ULONG STDMETHODCALLTYPE name##_AddRef(type *self)                                   \
    {                                                                                          \
        return object_addref(&from(self)->object);                                             \
    }                                                                                          \
    static ULONG STDMETHODCALLTYPE name##_Release(type *self)                                  \
    {                                                                                          \
        return object_release(&from(self)->object);                                            \
    }

#define OBJECT_INSPECTABLE_(type, from, name)                                                    \
    static HRESULT STDMETHODCALLTYPE name##_GetIids(type *self, ULONG *count, IID **iids)        \
    {                                                                                            \
        return object_get_iids(&from(self)->object, count, iids);                                \
    }                                                                                            \
    static HRESULT STDMETHODCALLTYPE name##_GetRuntimeClassName(type *self, HSTRING *class_name) \
    {                                                                                            \
        return object_get_runtime_class_name(&from(self)->object, class_name);                   \
    }                                                                                            \
    static HRESULT STDMETHODCALLTYPE name##_GetTrustLevel(type *self, TrustLevel *level)         \
    {                                                                                            \
        return object_get_trust_level(&from(self)->object, level);                               \
    }

#define OBJECT_UNKNOWN_SLOTS_(name) name##_QueryInterface, name##_AddRef, name##_Release

#define OBJECT_INSPECTABLE_SLOTS_(name) \
    OBJECT_UNKNOWN_SLOTS_(name), name##_GetIids, name##_GetRuntimeClassName, name##_GetTrustLevel

#endif
