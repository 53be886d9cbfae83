/* SPDX-License-Identifier: MIT */
#include "known_folder.h"

#include <shlobj.h>

#include "wide_path.h"

enum port_status known_folder_get(const GUID *id, char **ret)
{
    enum port_status status = PORT_NOT_FOUND;
    WCHAR *wide = NULL;
    size_t length = 0;
    HRESULT hr;

    *ret = NULL;
    hr = SHGetKnownFolderPath(id, KF_FLAG_DONT_VERIFY, NULL, &wide);
    if (SUCCEEDED(hr) && wide) {
        while (wide[length])
            length++;
        status = wide_path_to_ours(wide, length, ret);
    } else if (hr == E_OUTOFMEMORY) {
        status = PORT_NO_MEMORY;
    }
    CoTaskMemFree(wide);
    return status;
}
