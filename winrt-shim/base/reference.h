/* SPDX-License-Identifier: MIT */
/*
 * Boxed values: IReference<T> or IReferenceArray<T>, with IPropertyValue, written once for all T.
 * They never change. Rules: the pages of IReference<T>, IPropertyValue and PropertyValue
 * (Windows.Foundation).
 */
#ifndef WINRT_BASE_REFERENCE_H
#define WINRT_BASE_REFERENCE_H

#include <stdbool.h>

#include "object.h"
#include "value.h"

#include <windows.foundation.h>

struct reference_type {
    PropertyType type; /* of a single value; OtherType for what IPropertyValue has no name for */
    enum value_type resource; /* VALUE_STRING, VALUE_INTERFACE, else VALUE_NONE: plain bytes */
    size_t size;              /* bytes of one */
    struct object_class single;
    struct object_class array; /* without a name if there is none */
};

/*
 * REFERENCE_TYPE(status_reference, IReference_WebErrorStatus, u"Windows.Web.WebErrorStatus",
 * sizeof(WebErrorStatus)); defines `static const struct reference_type status_reference`, for
 * enumerations and structs. For the types that PropertyType names there is reference_type_of.
 */
#define REFERENCE_TYPE(variable, iface, value_name, value_bytes)                       \
    static const struct object_interface variable##_interfaces[] = {                   \
        { &IID_##iface, offsetof(struct reference, IReferenceAny_iface) },             \
        { &IID_IPropertyValue, offsetof(struct reference, IPropertyValue_iface) },     \
    };                                                                                 \
    static const struct reference_type variable = {                                    \
        .type = PropertyType_OtherType,                                                \
        .resource = VALUE_NONE,                                                        \
        .size = value_bytes,                                                           \
        .single = REFERENCE_CLASS(u"Windows.Foundation.IReference`1<" value_name u">", \
                                  variable##_interfaces),                              \
    }

/* The row of UInt8 to Rect (not of Inspectable's single form, which nobody boxes);
 * NULL for others. */
const struct reference_type *reference_type_of(PropertyType type);

/*
 * *out is an IReference<T> with a reference for the caller; it has a copy of the `type->size` bytes
 * at `value`. E_POINTER, E_OUTOFMEMORY. `type` must live for ever.
 */
HRESULT reference_create(const struct reference_type *type, const void *value, void **out);

/* An IReferenceArray<T> with copies of `count` values; E_POINTER if there are none at `values`. */
HRESULT reference_create_array(const struct reference_type *type, UINT32 count, const void *values,
                               void **out);

/* Both interfaces in one: get_Value(void *) or get_Value(UINT32 *, void **). */
typedef struct IReferenceAny {
    const void *lpVtbl;
} IReferenceAny;

struct reference {
    IReferenceAny IReferenceAny_iface;
    IPropertyValue IPropertyValue_iface;

    struct object object;

    const struct reference_type *type;
    bool is_array;
    UINT32 count;
    unsigned char *bytes;
};

void reference_destroy(void *instance);

#define REFERENCE_CLASS(class_name, interface_table)                                           \
    {                                                                                          \
        .name = class_name, .interfaces = interface_table,                                     \
        .interface_count = sizeof(interface_table) / sizeof(interface_table[0]),               \
        .size = sizeof(struct reference), .object_offset = offsetof(struct reference, object), \
        .destroy = reference_destroy                                                           \
    }

#endif
