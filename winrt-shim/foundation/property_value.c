/* SPDX-License-Identifier: MIT */
/*
 * Windows.Foundation.PropertyValue: statics that box values as IPropertyValue
 * (winrt-shim/base/reference.h). An empty value is NULL, and an object stays itself, as its page
 * says of CreateEmpty and CreateInspectable.
 */
#include "classes.h"

#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"
#include "winrt-shim/base/reference.h"

struct property_value_statics {
    IActivationFactory IActivationFactory_iface;
    IPropertyValueStatics IPropertyValueStatics_iface;

    struct object object;
};

DEFINE_INSPECTABLE(property_value_statics, IActivationFactory)

static const struct IActivationFactoryVtbl property_value_factory_vtbl = {
    INSPECTABLE_SLOTS(property_value_statics, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

DEFINE_INSPECTABLE(property_value_statics, IPropertyValueStatics)

static HRESULT STDMETHODCALLTYPE property_value_CreateEmpty(IPropertyValueStatics *iface,
                                                            IInspectable **value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    *value = NULL;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE property_value_CreateInspectable(IPropertyValueStatics *iface,
                                                                  IInspectable *object,
                                                                  IInspectable **value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    *value = object;
    if (object)
        IInspectable_AddRef(object);
    return S_OK;
}

#define DEFINE_CREATE(name, ctype)                                                              \
    static HRESULT STDMETHODCALLTYPE property_value_Create##name(IPropertyValueStatics *iface,  \
                                                                 ctype value,                   \
                                                                 IInspectable **property_value) \
    {                                                                                           \
        (void)iface;                                                                            \
        return reference_create(reference_type_of(PropertyType_##name), &value,                 \
                                (void **)property_value);                                       \
    }

#define DEFINE_CREATE_ARRAY(name, ctype)                                                          \
    static HRESULT STDMETHODCALLTYPE property_value_Create##name##Array(                          \
        IPropertyValueStatics *iface, UINT32 count, ctype *values, IInspectable **property_value) \
    {                                                                                             \
        (void)iface;                                                                              \
        return reference_create_array(reference_type_of(PropertyType_##name), count, values,      \
                                      (void **)property_value);                                   \
    }

DEFINE_CREATE(UInt8, BYTE)
DEFINE_CREATE(Int16, INT16)
DEFINE_CREATE(UInt16, UINT16)
DEFINE_CREATE(Int32, INT32)
DEFINE_CREATE(UInt32, UINT32)
DEFINE_CREATE(Int64, INT64)
DEFINE_CREATE(UInt64, UINT64)
DEFINE_CREATE(Single, FLOAT)
DEFINE_CREATE(Double, DOUBLE)
DEFINE_CREATE(Char16, WCHAR)
DEFINE_CREATE(Boolean, boolean)
DEFINE_CREATE(String, HSTRING)
DEFINE_CREATE(Guid, GUID)
DEFINE_CREATE(DateTime, DateTime)
DEFINE_CREATE(TimeSpan, TimeSpan)
DEFINE_CREATE(Point, Point)
DEFINE_CREATE(Size, Size)
DEFINE_CREATE(Rect, Rect)

DEFINE_CREATE_ARRAY(UInt8, BYTE)
DEFINE_CREATE_ARRAY(Int16, INT16)
DEFINE_CREATE_ARRAY(UInt16, UINT16)
DEFINE_CREATE_ARRAY(Int32, INT32)
DEFINE_CREATE_ARRAY(UInt32, UINT32)
DEFINE_CREATE_ARRAY(Int64, INT64)
DEFINE_CREATE_ARRAY(UInt64, UINT64)
DEFINE_CREATE_ARRAY(Single, FLOAT)
DEFINE_CREATE_ARRAY(Double, DOUBLE)
DEFINE_CREATE_ARRAY(Char16, WCHAR)
DEFINE_CREATE_ARRAY(Boolean, boolean)
DEFINE_CREATE_ARRAY(String, HSTRING)
DEFINE_CREATE_ARRAY(Inspectable, IInspectable *)
DEFINE_CREATE_ARRAY(Guid, GUID)
DEFINE_CREATE_ARRAY(DateTime, DateTime)
DEFINE_CREATE_ARRAY(TimeSpan, TimeSpan)
DEFINE_CREATE_ARRAY(Point, Point)
DEFINE_CREATE_ARRAY(Size, Size)
DEFINE_CREATE_ARRAY(Rect, Rect)

static const struct IPropertyValueStaticsVtbl property_value_statics_vtbl = {
    INSPECTABLE_SLOTS(property_value_statics, IPropertyValueStatics),
    property_value_CreateEmpty,
    property_value_CreateUInt8,
    property_value_CreateInt16,
    property_value_CreateUInt16,
    property_value_CreateInt32,
    property_value_CreateUInt32,
    property_value_CreateInt64,
    property_value_CreateUInt64,
    property_value_CreateSingle,
    property_value_CreateDouble,
    property_value_CreateChar16,
    property_value_CreateBoolean,
    property_value_CreateString,
    property_value_CreateInspectable,
    property_value_CreateGuid,
    property_value_CreateDateTime,
    property_value_CreateTimeSpan,
    property_value_CreatePoint,
    property_value_CreateSize,
    property_value_CreateRect,
    property_value_CreateUInt8Array,
    property_value_CreateInt16Array,
    property_value_CreateUInt16Array,
    property_value_CreateInt32Array,
    property_value_CreateUInt32Array,
    property_value_CreateInt64Array,
    property_value_CreateUInt64Array,
    property_value_CreateSingleArray,
    property_value_CreateDoubleArray,
    property_value_CreateChar16Array,
    property_value_CreateBooleanArray,
    property_value_CreateStringArray,
    property_value_CreateInspectableArray,
    property_value_CreateGuidArray,
    property_value_CreateDateTimeArray,
    property_value_CreateTimeSpanArray,
    property_value_CreatePointArray,
    property_value_CreateSizeArray,
    property_value_CreateRectArray,
};

static const struct object_interface property_value_statics_interfaces[] = {
    OBJECT_INTERFACE(property_value_statics, IActivationFactory),
    OBJECT_INTERFACE(property_value_statics, IPropertyValueStatics),
};

static const struct object_class property_value_statics_class =
    OBJECT_CLASS(property_value_statics, RuntimeClass_Windows_Foundation_PropertyValue, NULL);

HRESULT property_value_factory_create(IActivationFactory **out)
{
    struct property_value_statics *statics = object_alloc(&property_value_statics_class);

    *out = NULL;
    if (!statics)
        return E_OUTOFMEMORY;
    statics->IActivationFactory_iface.lpVtbl = &property_value_factory_vtbl;
    statics->IPropertyValueStatics_iface.lpVtbl = &property_value_statics_vtbl;
    *out = &statics->IActivationFactory_iface;
    return S_OK;
}
