/* SPDX-License-Identifier: MIT */
#include "application_data_folders.h"

#include <objbase.h>
#include <shobjidl.h>

#include "item_error.h"
#include "item_paths.h"

#include "src/port/app_identity.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/text.h"
#include "winrt-shim/base/error.h"

/* The names are those of the folders of an app on Windows. */
static const char *const names[] = {
    [ApplicationDataLocality_Local] = "LocalState",
    [ApplicationDataLocality_Roaming] = "RoamingState",
    [ApplicationDataLocality_Temporary] = "TempState",
    [ApplicationDataLocality_LocalCache] = "LocalCache",
};

/* What the program said it is, in a new string; NULL if it did not. */
static char *explicit_app_id(void)
{
    WCHAR *wide;
    size_t length = 0;
    char *id = NULL;

    if (FAILED(GetCurrentProcessExplicitAppUserModelID(&wide)))
        return NULL;
    while (wide[length])
        length++;
    if (text_utf8_from_utf16_lossy(wide, length, &id, NULL))
        id = NULL;
    CoTaskMemFree(wide);
    return id;
}

HRESULT application_data_path(ApplicationDataLocality locality, char **path)
{
    char *chosen, *root = NULL, *normal = NULL;
    enum port_status status;
    HRESULT hr;

    *path = NULL;
    if (locality == ApplicationDataLocality_SharedLocal)
        return E_NOTIMPL;
    if ((unsigned)locality >= sizeof(names) / sizeof(names[0]))
        return E_INVALIDARG;
    chosen = explicit_app_id();
    status = app_state_folder(chosen, &root);
    memory_free(chosen);
    if (status)
        return error_originate(hresult_from_status(status), "Cannot tell where the app's data is");
    hr = item_path_normalize(root, &normal);
    memory_free(root);
    if (FAILED(hr))
        return hr;
    *path = item_path_join(normal, names[locality]);
    memory_free(normal);
    if (!*path)
        return E_OUTOFMEMORY;
    hr = item_error(file_make_folders(*path, true), "make the folder", *path);
    if (FAILED(hr)) {
        memory_free(*path);
        *path = NULL;
    }
    return hr;
}
