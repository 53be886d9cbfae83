/* SPDX-License-Identifier: MIT */
#include "src/port/system.h"

#include <initguid.h>
#include <string.h>

#include <windows.h>

#include <bcrypt.h>
#include <knownfolders.h>

#include "known_folder.h"
#include "src/port/memory.h"
#include "src/port/text.h"
#include "status.h"
#include "wide_path.h"

#define MAX_UNITS 32768 /* of a variable or a path */

/* Another thread may set it meanwhile, so its length is asked for until it fits. */
static enum port_status load_variable(const WCHAR *name, WCHAR **ret, size_t *ret_length)
{
    DWORD size = 0, length;
    WCHAR *value = NULL;

    *ret = NULL;
    while ((length = GetEnvironmentVariableW(name, value, size)) >= size && length) {
        WCHAR *larger = memory_resize(value, (size = length + 1) * sizeof(*value));

        if (!larger) {
            memory_free(value);
            return PORT_NO_MEMORY;
        }
        value = larger;
    }
    *ret = value;
    *ret_length = length;
    return PORT_OK;
}

enum port_status system_environment(const char *name, char **ret)
{
    enum port_status status;
    WCHAR *wide, *value;
    size_t length;

    *ret = NULL;
    status = text_utf16_from_utf8(name, strlen(name), &wide, NULL);
    if (status)
        return status;
    status = load_variable(wide, &value, &length);
    memory_free(wide);
    if (!status && length)
        status = text_utf8_from_utf16_lossy(value, length, ret, NULL);
    memory_free(value);
    return status;
}

enum port_status system_random(void *buffer, size_t size)
{
    char *end = buffer;

    while (size) {
        ULONG count = size < MAXLONG ? (ULONG)size : MAXLONG;

        if (BCryptGenRandom(NULL, (PUCHAR)end, count, BCRYPT_USE_SYSTEM_PREFERRED_RNG))
            return PORT_IO;
        end += count;
        size -= count;
    }
    return PORT_OK;
}

enum port_status system_state_home(char **ret)
{
    return known_folder_get(&FOLDERID_LocalAppData, ret);
}

enum port_status system_program_path(char **ret)
{
    enum port_status status;
    WCHAR *wide = NULL;
    DWORD length, size;

    *ret = NULL;
    for (size = MAX_PATH;; size *= 2) {
        WCHAR *larger = memory_resize(wide, size * sizeof(*wide));

        if (!larger) {
            memory_free(wide);
            return PORT_NO_MEMORY;
        }
        wide = larger;
        length = GetModuleFileNameW(NULL, wide, size);
        if (length < size || size >= MAX_UNITS)
            break;
    }
    status = length ? wide_path_to_ours(wide, length, ret) : status_from_error(GetLastError());
    memory_free(wide);
    return status;
}
