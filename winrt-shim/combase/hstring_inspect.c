/* SPDX-License-Identifier: MIT */
/* Reading a string of another process, as a debugger does (winstring.h). */
#include <winstring.h>

#include <string.h>

/* Where the parts of a string are, by the machine that the other process runs on. */
struct layout {
    USHORT machine;
    UINT32 size; /* of the header */
    UINT32 pointer_size;
};

static const struct layout layouts[] = {
    { IMAGE_FILE_MACHINE_AMD64, 24, 8 },
    { IMAGE_FILE_MACHINE_ARM64, 24, 8 },
    { IMAGE_FILE_MACHINE_I386, 20, 4 },
    { IMAGE_FILE_MACHINE_ARMNT, 20, 4 },
};

#define LENGTH_OFFSET  4
#define POINTER_OFFSET 16

/*
 * WindowsInspectString: `read` fetches memory of the other process. Answers where its characters
 * are and how many. E_INVALIDARG for NULL pointers and an unknown machine; what `read` fails with.
 */
HRESULT WINAPI WindowsInspectString(UINT_PTR string, USHORT machine, PINSPECT_HSTRING_CALLBACK read,
                                    void *context, UINT32 *length, UINT_PTR *text)
{
    const struct layout *layout = NULL;
    BYTE header[sizeof(HSTRING_HEADER) > 24 ? sizeof(HSTRING_HEADER) : 24];
    UINT64 pointer = 0;
    UINT32 pointer32;
    size_t i;
    HRESULT hr;

    if (!read || !length || !text)
        return E_INVALIDARG;
    *length = 0;
    *text = 0;
    for (i = 0; i < ARRAYSIZE(layouts); i++)
        if (layouts[i].machine == machine)
            layout = &layouts[i];
    if (!layout)
        return E_INVALIDARG;
    if (!string)
        return S_OK;
    if (FAILED(hr = read(context, string, layout->size, header)))
        return hr;
    memcpy(length, header + LENGTH_OFFSET, sizeof(*length));
    if (layout->pointer_size == sizeof(pointer)) {
        memcpy(&pointer, header + POINTER_OFFSET, sizeof(pointer));
    } else {
        memcpy(&pointer32, header + POINTER_OFFSET, sizeof(pointer32));
        pointer = pointer32;
    }
    *text = (UINT_PTR)pointer;
    return S_OK;
}
