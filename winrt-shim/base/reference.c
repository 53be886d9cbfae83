/* SPDX-License-Identifier: MIT */
#include "reference.h"

#include <string.h>

#include <objbase.h>

#include "number.h"

#include "src/port/memory.h"

/* The property types of arrays are those of their elements and this. */
#define ARRAY_TYPE 0x400

/* Copies `count` values of a type, with references of their own; on failure there are none. */
static HRESULT copy_values(const struct reference_type *type, UINT32 count, const void *from,
                           void *to)
{
    const unsigned char *source = from;
    unsigned char *target = to;
    HRESULT hr = S_OK;
    UINT32 i;

    if (type->resource == VALUE_NONE) {
        memcpy(to, from, count * type->size);
        return S_OK;
    }
    for (i = 0; i < count; i++) {
        union value value = { 0 };

        memcpy(&value, source + i * type->size, type->size);
        hr = value_return(type->resource, &value, target + i * type->size);
        if (FAILED(hr))
            break;
    }
    while (FAILED(hr) && i--) {
        union value value = { 0 };

        memcpy(&value, target + i * type->size, type->size);
        value_clear(type->resource, &value);
    }
    return hr;
}

void reference_destroy(void *instance)
{
    struct reference *reference = instance;
    UINT32 i;

    for (i = 0; reference->type->resource != VALUE_NONE && i < reference->count; i++) {
        union value value = { 0 };

        memcpy(&value, reference->bytes + i * reference->type->size, reference->type->size);
        value_clear(reference->type->resource, &value);
    }
    memory_free(reference->bytes);
}

/* The values as a new array that the client frees with CoTaskMemFree. */
static HRESULT return_array(const struct reference *reference, UINT32 *count, void **values)
{
    void *array;
    HRESULT hr;

    array = CoTaskMemAlloc(reference->count * reference->type->size + 1);
    if (!array)
        return E_OUTOFMEMORY;
    hr = copy_values(reference->type, reference->count, reference->bytes, array);
    if (FAILED(hr)) {
        CoTaskMemFree(array);
        return hr;
    }
    *values = array;
    *count = reference->count;
    return S_OK;
}

DEFINE_INSPECTABLE(reference, IReferenceAny)

static HRESULT STDMETHODCALLTYPE reference_get_Value(IReferenceAny *iface, void *value)
{
    struct reference *reference = impl_from_IReferenceAny(iface);

    if (!value)
        return E_POINTER;
    memset(value, 0, reference->type->size);
    return copy_values(reference->type, 1, reference->bytes, value);
}

static const struct {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(IReferenceAny *, REFIID, void **);
    ULONG(STDMETHODCALLTYPE *AddRef)(IReferenceAny *);
    ULONG(STDMETHODCALLTYPE *Release)(IReferenceAny *);
    HRESULT(STDMETHODCALLTYPE *GetIids)(IReferenceAny *, ULONG *, IID **);
    HRESULT(STDMETHODCALLTYPE *GetRuntimeClassName)(IReferenceAny *, HSTRING *);
    HRESULT(STDMETHODCALLTYPE *GetTrustLevel)(IReferenceAny *, TrustLevel *);
    HRESULT(STDMETHODCALLTYPE *get_Value)(IReferenceAny *, void *);
} reference_vtbl = {
    INSPECTABLE_SLOTS(reference, IReferenceAny),
    reference_get_Value,
};

static HRESULT STDMETHODCALLTYPE reference_array_get_Value(IReferenceAny *iface, UINT32 *count,
                                                           void **values)
{
    if (count)
        *count = 0;
    if (values)
        *values = NULL;
    if (!count || !values)
        return E_POINTER;
    return return_array(impl_from_IReferenceAny(iface), count, values);
}

static const struct {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(IReferenceAny *, REFIID, void **);
    ULONG(STDMETHODCALLTYPE *AddRef)(IReferenceAny *);
    ULONG(STDMETHODCALLTYPE *Release)(IReferenceAny *);
    HRESULT(STDMETHODCALLTYPE *GetIids)(IReferenceAny *, ULONG *, IID **);
    HRESULT(STDMETHODCALLTYPE *GetRuntimeClassName)(IReferenceAny *, HSTRING *);
    HRESULT(STDMETHODCALLTYPE *GetTrustLevel)(IReferenceAny *, TrustLevel *);
    HRESULT(STDMETHODCALLTYPE *get_Value)(IReferenceAny *, UINT32 *, void **);
} reference_array_vtbl = {
    INSPECTABLE_SLOTS(reference, IReferenceAny),
    reference_array_get_Value,
};

DEFINE_INSPECTABLE(reference, IPropertyValue)

static HRESULT STDMETHODCALLTYPE reference_get_Type(IPropertyValue *iface, PropertyType *value)
{
    struct reference *reference = impl_from_IPropertyValue(iface);

    if (!value)
        return E_POINTER;
    *value = reference->type->type + (reference->is_array ? ARRAY_TYPE : 0);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE reference_get_IsNumericScalar(IPropertyValue *iface,
                                                               boolean *value)
{
    struct reference *reference = impl_from_IPropertyValue(iface);

    if (!value)
        return E_POINTER;
    *value = !reference->is_array && number_is_numeric(reference->type->type);
    return S_OK;
}

/* A single value of that type; a number becomes any other numeric type that it fits into. */
static HRESULT get_single(IPropertyValue *iface, PropertyType wanted, size_t size, void *value)
{
    struct reference *reference = impl_from_IPropertyValue(iface);
    const PropertyType type = reference->type->type;

    if (!value)
        return E_POINTER;
    memset(value, 0, size);
    if (reference->is_array)
        return TYPE_E_TYPEMISMATCH;
    if (type == wanted)
        return copy_values(reference->type, 1, reference->bytes, value);
    if (number_is_numeric(type) && number_is_numeric(wanted))
        return number_convert(type, reference->bytes, wanted, value);
    return TYPE_E_TYPEMISMATCH;
}

static HRESULT get_array(IPropertyValue *iface, PropertyType wanted, UINT32 *count, void **values)
{
    struct reference *reference = impl_from_IPropertyValue(iface);

    if (count)
        *count = 0;
    if (values)
        *values = NULL;
    if (!count || !values)
        return E_POINTER;
    if (!reference->is_array || reference->type->type != wanted)
        return TYPE_E_TYPEMISMATCH;
    return return_array(reference, count, values);
}

#define DEFINE_GET(name, ctype)                                                               \
    static HRESULT STDMETHODCALLTYPE reference_Get##name(IPropertyValue *iface, ctype *value) \
    {                                                                                         \
        return get_single(iface, PropertyType_##name, sizeof(ctype), value);                  \
    }

#define DEFINE_GET_ARRAY(name, ctype)                                                          \
    static HRESULT STDMETHODCALLTYPE reference_Get##name##Array(IPropertyValue *iface,         \
                                                                UINT32 *count, ctype **values) \
    {                                                                                          \
        return get_array(iface, PropertyType_##name, count, (void **)values);                  \
    }

DEFINE_GET(UInt8, BYTE)
DEFINE_GET(Int16, INT16)
DEFINE_GET(UInt16, UINT16)
DEFINE_GET(Int32, INT32)
DEFINE_GET(UInt32, UINT32)
DEFINE_GET(Int64, INT64)
DEFINE_GET(UInt64, UINT64)
DEFINE_GET(Single, FLOAT)
DEFINE_GET(Double, DOUBLE)
DEFINE_GET(Char16, WCHAR)
DEFINE_GET(Boolean, boolean)
DEFINE_GET(String, HSTRING)
DEFINE_GET(Guid, GUID)
DEFINE_GET(DateTime, DateTime)
DEFINE_GET(TimeSpan, TimeSpan)
DEFINE_GET(Point, Point)
DEFINE_GET(Size, Size)
DEFINE_GET(Rect, Rect)

DEFINE_GET_ARRAY(UInt8, BYTE)
DEFINE_GET_ARRAY(Int16, INT16)
DEFINE_GET_ARRAY(UInt16, UINT16)
DEFINE_GET_ARRAY(Int32, INT32)
DEFINE_GET_ARRAY(UInt32, UINT32)
DEFINE_GET_ARRAY(Int64, INT64)
DEFINE_GET_ARRAY(UInt64, UINT64)
DEFINE_GET_ARRAY(Single, FLOAT)
DEFINE_GET_ARRAY(Double, DOUBLE)
DEFINE_GET_ARRAY(Char16, WCHAR)
DEFINE_GET_ARRAY(Boolean, boolean)
DEFINE_GET_ARRAY(String, HSTRING)
DEFINE_GET_ARRAY(Inspectable, IInspectable *)
DEFINE_GET_ARRAY(Guid, GUID)
DEFINE_GET_ARRAY(DateTime, DateTime)
DEFINE_GET_ARRAY(TimeSpan, TimeSpan)
DEFINE_GET_ARRAY(Point, Point)
DEFINE_GET_ARRAY(Size, Size)
DEFINE_GET_ARRAY(Rect, Rect)

static const struct IPropertyValueVtbl reference_property_value_vtbl = {
    INSPECTABLE_SLOTS(reference, IPropertyValue),
    reference_get_Type,
    reference_get_IsNumericScalar,
    reference_GetUInt8,
    reference_GetInt16,
    reference_GetUInt16,
    reference_GetInt32,
    reference_GetUInt32,
    reference_GetInt64,
    reference_GetUInt64,
    reference_GetSingle,
    reference_GetDouble,
    reference_GetChar16,
    reference_GetBoolean,
    reference_GetString,
    reference_GetGuid,
    reference_GetDateTime,
    reference_GetTimeSpan,
    reference_GetPoint,
    reference_GetSize,
    reference_GetRect,
    reference_GetUInt8Array,
    reference_GetInt16Array,
    reference_GetUInt16Array,
    reference_GetInt32Array,
    reference_GetUInt32Array,
    reference_GetInt64Array,
    reference_GetUInt64Array,
    reference_GetSingleArray,
    reference_GetDoubleArray,
    reference_GetChar16Array,
    reference_GetBooleanArray,
    reference_GetStringArray,
    reference_GetInspectableArray,
    reference_GetGuidArray,
    reference_GetDateTimeArray,
    reference_GetTimeSpanArray,
    reference_GetPointArray,
    reference_GetSizeArray,
    reference_GetRectArray,
};

static HRESULT create(const struct reference_type *type, bool is_array, UINT32 count,
                      const void *values, void **out)
{
    struct reference *reference;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!values && count)
        return E_POINTER;
    reference = object_alloc(is_array ? &type->array : &type->single);
    if (!reference)
        return E_OUTOFMEMORY;
    reference->IReferenceAny_iface.lpVtbl =
        is_array ? (const void *)&reference_array_vtbl : &reference_vtbl;
    reference->IPropertyValue_iface.lpVtbl = &reference_property_value_vtbl;
    reference->type = type;
    reference->is_array = is_array;
    reference->bytes = memory_zalloc_array((size_t)count + 1, type->size);
    hr = reference->bytes ? S_OK : E_OUTOFMEMORY;
    if (SUCCEEDED(hr) && count)
        hr = copy_values(type, count, values, reference->bytes);
    if (FAILED(hr)) {
        object_release(&reference->object);
        return hr;
    }
    reference->count = count;
    *out = &reference->IReferenceAny_iface;
    return S_OK;
}

HRESULT reference_create(const struct reference_type *type, const void *value, void **out)
{
    return create(type, false, 1, value, out);
}

HRESULT reference_create_array(const struct reference_type *type, UINT32 count, const void *values,
                               void **out)
{
    return create(type, true, count, values, out);
}
