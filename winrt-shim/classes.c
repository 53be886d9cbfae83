/* SPDX-License-Identifier: MIT */
/*
 * Every runtime class that the shim can activate, or that has statics. A row is the class's name
 * and the function that answers its factory. Sorted by name. cmake/WinRTClasses.cmake reads the
 * names.
 */
#include "winrt-shim/classes.h"

#include "winrt-shim/foundation/classes.h"
#include "winrt-shim/security/classes.h"
#include "winrt-shim/storage/classes.h"

const struct factory_entry shim_classes[] = {
    { u"Windows.Foundation.Deferral", deferral_factory_create },
    { u"Windows.Foundation.MemoryBuffer", memory_buffer_factory_create },
    { u"Windows.Foundation.PropertyValue", property_value_factory_create },
    { u"Windows.Foundation.Uri", uri_factory_create },
    { u"Windows.Foundation.WwwFormUrlDecoder", www_form_url_decoder_factory_create },
    { u"Windows.Security.Credentials.PasswordCredential", password_credential_factory_create },
    { u"Windows.Storage.ApplicationData", application_data_factory_create },
    { u"Windows.Storage.DownloadsFolder", downloads_folder_factory_create },
    { u"Windows.Storage.FileIO", file_io_factory_create },
    { u"Windows.Storage.KnownFolders", known_folders_factory_create },
    { u"Windows.Storage.PathIO", path_io_factory_create },
    { u"Windows.Storage.StorageFile", storage_file_factory_create },
    { u"Windows.Storage.StorageFolder", storage_folder_factory_create },
    { u"Windows.Storage.Streams.Buffer", buffer_factory_create },
    { u"Windows.Storage.Streams.DataReader", data_reader_factory_create },
    { u"Windows.Storage.Streams.DataWriter", data_writer_factory_create },
    { u"Windows.Storage.Streams.FileRandomAccessStream", file_random_access_stream_factory_create },
    { u"Windows.Storage.Streams.InMemoryRandomAccessStream",
      in_memory_random_access_stream_factory_create },
    { u"Windows.Storage.Streams.RandomAccessStream", random_access_stream_factory_create },
    { u"Windows.Storage.Streams.RandomAccessStreamReference",
      random_access_stream_reference_factory_create },
};

const size_t shim_class_count = sizeof(shim_classes) / sizeof(shim_classes[0]);
