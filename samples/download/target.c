/* SPDX-License-Identifier: MIT */
#include "target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/errors.h"
#include "../common/platform.h"
#include "../common/runtime.h"
#include "../common/text.h"

static char *copy_text(const char *text, size_t length)
{
    char *copy = malloc(length + 1);

    if (copy) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

/* "a/b/c" is file "c" in folder "a/b/"; "c" one in the current folder; "/c" one in the root. */
static HRESULT split_path(const char *path, char **folder, char **name)
{
    const char *last = platform_file_name(path);

    *folder = last == path ? copy_text(".", 1) : copy_text(path, (size_t)(last - path));
    *name = copy_text(last, strlen(last));
    return *folder && *name ? S_OK : E_OUTOFMEMORY;
}

static HRESULT open_folder(const char *path, IStorageFolder **folder)
{
    char *full = platform_full_path(path); /* GetFolderFromPathAsync wants an absolute one */
    HRESULT hr;
    char text[500];

    hr = full ? get_folder(full, folder) : HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND);
    if (!full)
        fprintf(stderr, "download: there is no folder %s\n", path);
    else if (FAILED(hr)) {
        describe_error(hr, text, sizeof(text));
        fprintf(stderr, "download: %s: %s\n", path, text);
    }
    free(full);
    return hr;
}

HRESULT target_open(const char *output, size_t url_count, struct target *target)
{
    char *folder = NULL;
    HRESULT hr;

    target->folder = NULL;
    target->name = NULL;
    if (!output)
        return open_folder(".", &target->folder);
    if (!*platform_file_name(output) || platform_is_folder(output))
        return open_folder(output, &target->folder);
    if (url_count > 1) {
        fprintf(stderr, "download: %s is not a folder, and there are several URLs\n", output);
        return E_INVALIDARG;
    }
    hr = split_path(output, &folder, &target->name);
    if (SUCCEEDED(hr))
        hr = open_folder(folder, &target->folder);
    free(folder);
    return hr;
}

void target_close(struct target *target)
{
    RELEASE(target->folder);
    free(target->name);
}

/* A server chooses the name, so it may hold nothing that is more than a name. */
static void make_harmless(char *name)
{
    for (char *c = name; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F || strchr("/\\:*?\"<>|", *c))
            *c = '_';
    }
    if (name[0] == '.')
        name[0] = '_';
}

/* The last segment of the path, unescaped: "/files/a%20b.txt" gives "a b.txt". NULL if there is
 * none. */
static char *name_of_uri(IUriRuntimeClass *uri)
{
    IUriEscapeStatics *statics = NULL;
    HSTRING path = NULL, last = NULL, name = NULL;
    const WCHAR *units;
    UINT32 length, start;
    char *text = NULL;
    HRESULT hr;

    hr = uri->lpVtbl->get_Path(uri, &path);
    if (SUCCEEDED(hr)) {
        units = WindowsGetStringRawBuffer(path, &length);
        for (start = length; start > 0 && units[start - 1] != '/'; start--)
            ;
        hr = WindowsSubstring(path, start, &last);
    }
    if (SUCCEEDED(hr))
        hr = get_factory(RuntimeClass_Windows_Foundation_Uri, &IID_IUriEscapeStatics,
                         (void **)&statics);
    if (SUCCEEDED(hr))
        hr = statics->lpVtbl->UnescapeComponent(statics, last, &name);
    if (SUCCEEDED(hr) && !WindowsIsStringEmpty(name))
        text = text_from_string(name);
    RELEASE(statics);
    WindowsDeleteString(name);
    WindowsDeleteString(last);
    WindowsDeleteString(path);
    return text;
}

HRESULT target_create_file(const struct target *target, IUriRuntimeClass *uri, IStorageFile **file)
{
    char *name;
    HRESULT hr;

    if (target->name)
        return create_file(target->folder, target->name, CreationCollisionOption_ReplaceExisting,
                           file);
    name = name_of_uri(uri);
    if (name)
        make_harmless(name);
    hr = create_file(target->folder, name ? name : "index.html",
                     CreationCollisionOption_GenerateUniqueName, file);
    free(name);
    return hr;
}
