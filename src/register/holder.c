/* SPDX-License-Identifier: MIT */
#include "holder.h"

#include "files.h"
#include "registration.h"

static const WCHAR *file_name(const WCHAR *path)
{
    const WCHAR *name = path;

    for (; *path; path++)
        if (*path == '\\' || *path == '/')
            name = path + 1;
    return name;
}

static bool same_name(const WCHAR *path, const WCHAR *other)
{
    return CompareStringOrdinal(file_name(path), -1, file_name(other), -1, TRUE) == CSTR_EQUAL;
}

static enum holder holder_of(const struct component *component, const WCHAR *dll)
{
    bool ours = same_name(dll, component->path);

    if (file_same(dll, component->path) || (ours && file_name(dll) == dll))
        return HOLDER_THIS;
    return ours && !file_exists(dll) ? HOLDER_GONE : HOLDER_OTHER;
}

HRESULT holder_find(const struct component *component, const WCHAR *class_name, enum holder *holder,
                    WCHAR **dll)
{
    HRESULT hr = registration_read(class_name, dll);

    *holder = hr == S_OK ? holder_of(component, *dll) : HOLDER_NOBODY;
    return hr;
}
