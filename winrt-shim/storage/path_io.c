/* SPDX-License-Identifier: MIT */
/* PathIO (Windows.Storage): a class of statics, file_io_work.h. */
#include "file_io_work.h"

#include "classes.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"

struct path_io {
    IActivationFactory IActivationFactory_iface;
    IPathIOStatics IPathIOStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(path_io, IActivationFactory)
DEFINE_INSPECTABLE(path_io, IPathIOStatics)

static HRESULT WINAPI path_io_ReadTextAsync(IPathIOStatics *iface, HSTRING path,
                                            IAsyncOperation_HSTRING **operation)
{
    (void)iface;
    return file_io_read_text(file_io_path(path), UnicodeEncoding_Utf8, operation);
}

static HRESULT WINAPI path_io_ReadTextWithEncodingAsync(IPathIOStatics *iface, HSTRING path,
                                                        UnicodeEncoding encoding,
                                                        IAsyncOperation_HSTRING **operation)
{
    (void)iface;
    return file_io_read_text(file_io_path(path), encoding, operation);
}

static HRESULT WINAPI path_io_WriteTextAsync(IPathIOStatics *iface, HSTRING path, HSTRING text,
                                             IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_text(file_io_path(path), text, UnicodeEncoding_Utf8, false, operation);
}

static HRESULT WINAPI path_io_WriteTextWithEncodingAsync(IPathIOStatics *iface, HSTRING path,
                                                         HSTRING text, UnicodeEncoding encoding,
                                                         IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_text(file_io_path(path), text, encoding, false, operation);
}

static HRESULT WINAPI path_io_AppendTextAsync(IPathIOStatics *iface, HSTRING path, HSTRING text,
                                              IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_text(file_io_path(path), text, UnicodeEncoding_Utf8, true, operation);
}

static HRESULT WINAPI path_io_AppendTextWithEncodingAsync(IPathIOStatics *iface, HSTRING path,
                                                          HSTRING text, UnicodeEncoding encoding,
                                                          IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_text(file_io_path(path), text, encoding, true, operation);
}

static HRESULT WINAPI path_io_ReadLinesAsync(IPathIOStatics *iface, HSTRING path,
                                             IAsyncOperation_IVector_HSTRING **operation)
{
    (void)iface;
    return file_io_read_lines(file_io_path(path), UnicodeEncoding_Utf8, operation);
}

static HRESULT WINAPI
path_io_ReadLinesWithEncodingAsync(IPathIOStatics *iface, HSTRING path, UnicodeEncoding encoding,
                                   IAsyncOperation_IVector_HSTRING **operation)
{
    (void)iface;
    return file_io_read_lines(file_io_path(path), encoding, operation);
}

static HRESULT WINAPI path_io_WriteLinesAsync(IPathIOStatics *iface, HSTRING path,
                                              IIterable_HSTRING *lines, IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_lines(file_io_path(path), lines, UnicodeEncoding_Utf8, false, operation);
}

static HRESULT WINAPI path_io_WriteLinesWithEncodingAsync(IPathIOStatics *iface, HSTRING path,
                                                          IIterable_HSTRING *lines,
                                                          UnicodeEncoding encoding,
                                                          IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_lines(file_io_path(path), lines, encoding, false, operation);
}

static HRESULT WINAPI path_io_AppendLinesAsync(IPathIOStatics *iface, HSTRING path,
                                               IIterable_HSTRING *lines, IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_lines(file_io_path(path), lines, UnicodeEncoding_Utf8, true, operation);
}

static HRESULT WINAPI path_io_AppendLinesWithEncodingAsync(IPathIOStatics *iface, HSTRING path,
                                                           IIterable_HSTRING *lines,
                                                           UnicodeEncoding encoding,
                                                           IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_lines(file_io_path(path), lines, encoding, true, operation);
}

static HRESULT WINAPI path_io_ReadBufferAsync(IPathIOStatics *iface, HSTRING path,
                                              IAsyncOperation_IBuffer **operation)
{
    (void)iface;
    return file_io_read_buffer(file_io_path(path), operation);
}

static HRESULT WINAPI path_io_WriteBufferAsync(IPathIOStatics *iface, HSTRING path, IBuffer *buffer,
                                               IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_buffer(file_io_path(path), buffer, operation);
}

static HRESULT WINAPI path_io_WriteBytesAsync(IPathIOStatics *iface, HSTRING path, UINT32 length,
                                              BYTE *bytes, IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_bytes(file_io_path(path), bytes, length, operation);
}

static const struct IActivationFactoryVtbl path_io_factory_vtbl = {
    INSPECTABLE_SLOTS(path_io, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static const struct IPathIOStaticsVtbl path_io_vtbl = {
    INSPECTABLE_SLOTS(path_io, IPathIOStatics),
    path_io_ReadTextAsync,
    path_io_ReadTextWithEncodingAsync,
    path_io_WriteTextAsync,
    path_io_WriteTextWithEncodingAsync,
    path_io_AppendTextAsync,
    path_io_AppendTextWithEncodingAsync,
    path_io_ReadLinesAsync,
    path_io_ReadLinesWithEncodingAsync,
    path_io_WriteLinesAsync,
    path_io_WriteLinesWithEncodingAsync,
    path_io_AppendLinesAsync,
    path_io_AppendLinesWithEncodingAsync,
    path_io_ReadBufferAsync,
    path_io_WriteBufferAsync,
    path_io_WriteBytesAsync,
};

static const struct object_interface path_io_interfaces[] = {
    OBJECT_INTERFACE(path_io, IActivationFactory),
    OBJECT_INTERFACE(path_io, IPathIOStatics),
};

static const struct object_class path_io_class =
    OBJECT_CLASS(path_io, RuntimeClass_Windows_Storage_PathIO, NULL);

HRESULT path_io_factory_create(IActivationFactory **out)
{
    struct path_io *factory = object_alloc(&path_io_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &path_io_factory_vtbl;
    factory->IPathIOStatics_iface.lpVtbl = &path_io_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
