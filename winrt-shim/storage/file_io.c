/* SPDX-License-Identifier: MIT */
/* FileIO (Windows.Storage): a class of statics, file_io_work.h. */
#include "file_io_work.h"

#include "classes.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"

struct file_io {
    IActivationFactory IActivationFactory_iface;
    IFileIOStatics IFileIOStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(file_io, IActivationFactory)
DEFINE_INSPECTABLE(file_io, IFileIOStatics)

static HRESULT WINAPI file_io_ReadTextAsync(IFileIOStatics *iface, IStorageFile *file,
                                            IAsyncOperation_HSTRING **operation)
{
    (void)iface;
    return file_io_read_text(file_io_file(file), UnicodeEncoding_Utf8, operation);
}

static HRESULT WINAPI file_io_ReadTextWithEncodingAsync(IFileIOStatics *iface, IStorageFile *file,
                                                        UnicodeEncoding encoding,
                                                        IAsyncOperation_HSTRING **operation)
{
    (void)iface;
    return file_io_read_text(file_io_file(file), encoding, operation);
}

static HRESULT WINAPI file_io_WriteTextAsync(IFileIOStatics *iface, IStorageFile *file,
                                             HSTRING text, IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_text(file_io_file(file), text, UnicodeEncoding_Utf8, false, operation);
}

static HRESULT WINAPI file_io_WriteTextWithEncodingAsync(IFileIOStatics *iface, IStorageFile *file,
                                                         HSTRING text, UnicodeEncoding encoding,
                                                         IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_text(file_io_file(file), text, encoding, false, operation);
}

static HRESULT WINAPI file_io_AppendTextAsync(IFileIOStatics *iface, IStorageFile *file,
                                              HSTRING text, IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_text(file_io_file(file), text, UnicodeEncoding_Utf8, true, operation);
}

static HRESULT WINAPI file_io_AppendTextWithEncodingAsync(IFileIOStatics *iface, IStorageFile *file,
                                                          HSTRING text, UnicodeEncoding encoding,
                                                          IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_text(file_io_file(file), text, encoding, true, operation);
}

static HRESULT WINAPI file_io_ReadLinesAsync(IFileIOStatics *iface, IStorageFile *file,
                                             IAsyncOperation_IVector_HSTRING **operation)
{
    (void)iface;
    return file_io_read_lines(file_io_file(file), UnicodeEncoding_Utf8, operation);
}

static HRESULT WINAPI file_io_ReadLinesWithEncodingAsync(
    IFileIOStatics *iface, IStorageFile *file, UnicodeEncoding encoding,
    IAsyncOperation_IVector_HSTRING **operation)
{
    (void)iface;
    return file_io_read_lines(file_io_file(file), encoding, operation);
}

static HRESULT WINAPI file_io_WriteLinesAsync(IFileIOStatics *iface, IStorageFile *file,
                                              IIterable_HSTRING *lines, IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_lines(file_io_file(file), lines, UnicodeEncoding_Utf8, false, operation);
}

static HRESULT WINAPI file_io_WriteLinesWithEncodingAsync(IFileIOStatics *iface, IStorageFile *file,
                                                          IIterable_HSTRING *lines,
                                                          UnicodeEncoding encoding,
                                                          IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_lines(file_io_file(file), lines, encoding, false, operation);
}

static HRESULT WINAPI file_io_AppendLinesAsync(IFileIOStatics *iface, IStorageFile *file,
                                               IIterable_HSTRING *lines, IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_lines(file_io_file(file), lines, UnicodeEncoding_Utf8, true, operation);
}

static HRESULT WINAPI file_io_AppendLinesWithEncodingAsync(IFileIOStatics *iface,
                                                           IStorageFile *file,
                                                           IIterable_HSTRING *lines,
                                                           UnicodeEncoding encoding,
                                                           IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_lines(file_io_file(file), lines, encoding, true, operation);
}

static HRESULT WINAPI file_io_ReadBufferAsync(IFileIOStatics *iface, IStorageFile *file,
                                              IAsyncOperation_IBuffer **operation)
{
    (void)iface;
    return file_io_read_buffer(file_io_file(file), operation);
}

static HRESULT WINAPI file_io_WriteBufferAsync(IFileIOStatics *iface, IStorageFile *file,
                                               IBuffer *buffer, IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_buffer(file_io_file(file), buffer, operation);
}

static HRESULT WINAPI file_io_WriteBytesAsync(IFileIOStatics *iface, IStorageFile *file,
                                              UINT32 length, BYTE *bytes, IAsyncAction **operation)
{
    (void)iface;
    return file_io_write_bytes(file_io_file(file), bytes, length, operation);
}

static const struct IActivationFactoryVtbl file_io_factory_vtbl = {
    INSPECTABLE_SLOTS(file_io, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static const struct IFileIOStaticsVtbl file_io_vtbl = {
    INSPECTABLE_SLOTS(file_io, IFileIOStatics),
    file_io_ReadTextAsync,
    file_io_ReadTextWithEncodingAsync,
    file_io_WriteTextAsync,
    file_io_WriteTextWithEncodingAsync,
    file_io_AppendTextAsync,
    file_io_AppendTextWithEncodingAsync,
    file_io_ReadLinesAsync,
    file_io_ReadLinesWithEncodingAsync,
    file_io_WriteLinesAsync,
    file_io_WriteLinesWithEncodingAsync,
    file_io_AppendLinesAsync,
    file_io_AppendLinesWithEncodingAsync,
    file_io_ReadBufferAsync,
    file_io_WriteBufferAsync,
    file_io_WriteBytesAsync,
};

static const struct object_interface file_io_interfaces[] = {
    OBJECT_INTERFACE(file_io, IActivationFactory),
    OBJECT_INTERFACE(file_io, IFileIOStatics),
};

static const struct object_class file_io_class =
    OBJECT_CLASS(file_io, RuntimeClass_Windows_Storage_FileIO, NULL);

HRESULT file_io_factory_create(IActivationFactory **out)
{
    struct file_io *factory = object_alloc(&file_io_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &file_io_factory_vtbl;
    factory->IFileIOStatics_iface.lpVtbl = &file_io_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
