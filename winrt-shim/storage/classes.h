/* SPDX-License-Identifier: MIT */
/* The factories of Windows.Storage's classes; rows of winrt-shim/classes.c. */
#ifndef WINRT_STORAGE_CLASSES_H
#define WINRT_STORAGE_CLASSES_H

#include <windows.h>
#include <activation.h>

/* Files and folders. */
HRESULT application_data_factory_create(IActivationFactory **out);
HRESULT downloads_folder_factory_create(IActivationFactory **out);
HRESULT known_folders_factory_create(IActivationFactory **out);
HRESULT storage_file_factory_create(IActivationFactory **out);
HRESULT storage_folder_factory_create(IActivationFactory **out);

/* Streams, buffers and what reads and writes them. */
HRESULT buffer_factory_create(IActivationFactory **out);
HRESULT data_reader_factory_create(IActivationFactory **out);
HRESULT data_writer_factory_create(IActivationFactory **out);
HRESULT file_io_factory_create(IActivationFactory **out);
HRESULT file_random_access_stream_factory_create(IActivationFactory **out);
HRESULT in_memory_random_access_stream_factory_create(IActivationFactory **out);
HRESULT path_io_factory_create(IActivationFactory **out);
HRESULT random_access_stream_factory_create(IActivationFactory **out);
HRESULT random_access_stream_reference_factory_create(IActivationFactory **out);

#endif
