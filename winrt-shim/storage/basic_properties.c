/* SPDX-License-Identifier: MIT */
#include "basic_properties.h"

#include "winrt-shim/base/object.h"

struct basic_properties {
    IBasicProperties IBasicProperties_iface;
    struct object object;
    UINT64 size;
    DateTime modified;
};

DEFINE_INSPECTABLE(basic_properties, IBasicProperties)

/* Bytes; 0 for folders. */
static HRESULT STDMETHODCALLTYPE basic_properties_get_Size(IBasicProperties *iface, UINT64 *value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IBasicProperties(iface)->size;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE basic_properties_get_DateModified(IBasicProperties *iface,
                                                                   DateTime *value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IBasicProperties(iface)->modified;
    return S_OK;
}

/* "The most relevant date": without a reader of picture and music formats, the date of change. */
static HRESULT STDMETHODCALLTYPE basic_properties_get_ItemDate(IBasicProperties *iface,
                                                               DateTime *value)
{
    return basic_properties_get_DateModified(iface, value);
}

static const struct IBasicPropertiesVtbl basic_properties_vtbl = {
    INSPECTABLE_SLOTS(basic_properties, IBasicProperties),
    basic_properties_get_Size,
    basic_properties_get_DateModified,
    basic_properties_get_ItemDate,
};

static const struct object_interface basic_properties_interfaces[] = {
    OBJECT_INTERFACE(basic_properties, IBasicProperties),
};

static const struct object_class basic_properties_class =
    OBJECT_CLASS(basic_properties, RuntimeClass_Windows_Storage_FileProperties_BasicProperties,
                 NULL);

HRESULT basic_properties_create(const struct file_info *info, IBasicProperties **out)
{
    struct basic_properties *properties;

    *out = NULL;
    properties = object_alloc(&basic_properties_class);
    if (!properties)
        return E_OUTOFMEMORY;
    properties->IBasicProperties_iface.lpVtbl = &basic_properties_vtbl;
    properties->size = info->kind == FILE_KIND_FILE ? info->size : 0;
    properties->modified.UniversalTime = info->modified;
    *out = &properties->IBasicProperties_iface;
    return S_OK;
}
