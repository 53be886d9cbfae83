/* SPDX-License-Identifier: MIT */
/*
 * Loading libraries by name (libloaderapi.h). Names mean components, found as activation finds
 * them (component_path.h), or system libraries, whose functions the shim has. A library that was
 * loaded stays, so FreeLibrary has nothing to do. Any thread.
 */
#include <windows.h>

#include <stdbool.h>
#include <string.h>

#include "src/port/memory.h"
#include "src/port/system.h"
#include "src/port/text.h"
#include "winrt-shim/combase/library_name.h"
#include "winrt-shim/combase/modules.h"

#define KNOWN_HANDLE_FLAGS                                                          \
    (GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT | \
     GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS)

static struct module *program_module(void)
{
    struct module *module;

    return SUCCEEDED(module_open(NULL, &module)) ? module : NULL;
}

static struct module *shim_module(void)
{
    return module_of_address(&shim_module);
}

static struct module *open_or_find(const char *path, bool load)
{
    struct module *module;

    if (!load)
        return module_of_path(path);
    return SUCCEEDED(module_open(path, &module)) ? module : NULL;
}

/* Sets the last error when it answers NULL. `load`: also what is not loaded yet. */
static struct module *find_module(const char *name, bool load)
{
    struct module *module = NULL;
    struct library_name library;
    enum port_status status;
    DWORD error = ERROR_MOD_NOT_FOUND;

    status = library_name_resolve(name, &library);
    if (status == PORT_NO_MEMORY)
        error = ERROR_NOT_ENOUGH_MEMORY;
    else if (!status && library.own)
        module = shim_module();
    else if (!status && !(module = open_or_find(library.path, load)) && load)
        error = ERROR_BAD_EXE_FORMAT;
    if (!status)
        memory_free(library.path);
    if (!module)
        SetLastError(error);
    return module;
}

static struct module *find_module_w(LPCWSTR name, bool load)
{
    enum port_status status;
    struct module *module;
    char *utf8;

    if ((status = text_utf8_from_utf16(name, lstrlenW(name), &utf8, NULL))) {
        SetLastError(status == PORT_NO_MEMORY ? ERROR_NOT_ENOUGH_MEMORY : ERROR_MOD_NOT_FOUND);
        return NULL;
    }
    module = find_module(utf8, load);
    memory_free(utf8);
    return module;
}

static HMODULE invalid_parameter(void)
{
    SetLastError(ERROR_INVALID_PARAMETER);
    return NULL;
}

/* LoadLibrary: NULL and ERROR_MOD_NOT_FOUND, or ERROR_BAD_EXE_FORMAT for a file that cannot be
 * loaded. */
HMODULE WINAPI LoadLibraryA(LPCSTR name)
{
    return name ? (HMODULE)find_module(name, true) : invalid_parameter();
}

/* LoadLibrary */
HMODULE WINAPI LoadLibraryW(LPCWSTR name)
{
    return name ? (HMODULE)find_module_w(name, true) : invalid_parameter();
}

/* LoadLibraryEx: as LoadLibrary. `file` must be NULL; flags choose where Windows looks, and change
 * nothing here. */
HMODULE WINAPI LoadLibraryExA(LPCSTR name, HANDLE file, DWORD flags)
{
    (void)flags;
    return file ? invalid_parameter() : LoadLibraryA(name);
}

/* LoadLibraryEx */
HMODULE WINAPI LoadLibraryExW(LPCWSTR name, HANDLE file, DWORD flags)
{
    (void)flags;
    return file ? invalid_parameter() : LoadLibraryW(name);
}

/* FreeLibrary: FALSE and ERROR_MOD_NOT_FOUND for what is no module. */
BOOL WINAPI FreeLibrary(HMODULE handle)
{
    if (module_of_handle(handle))
        return TRUE;
    SetLastError(ERROR_MOD_NOT_FOUND);
    return FALSE;
}

/* GetModuleHandle: of what is loaded; NULL means the program. */
HMODULE WINAPI GetModuleHandleA(LPCSTR name)
{
    return (HMODULE)(name ? find_module(name, false) : program_module());
}

/* GetModuleHandle */
HMODULE WINAPI GetModuleHandleW(LPCWSTR name)
{
    return (HMODULE)(name ? find_module_w(name, false) : program_module());
}

static BOOL get_handle_of_address(const void *address, HMODULE *out)
{
    *out = (HMODULE)module_of_address(address);
    if (!*out)
        SetLastError(ERROR_MOD_NOT_FOUND);
    return *out != NULL;
}

static BOOL check_handle_flags(DWORD flags, HMODULE *out)
{
    if (out)
        *out = NULL;
    if (out && !(flags & ~KNOWN_HANDLE_FLAGS))
        return TRUE;
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
}

/* GetModuleHandleEx: by name, or by an address inside of the module. Pinning is what happens
 * anyway. */
BOOL WINAPI GetModuleHandleExA(DWORD flags, LPCSTR name, HMODULE *out)
{
    if (!check_handle_flags(flags, out))
        return FALSE;
    if (flags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS)
        return get_handle_of_address(name, out);
    return (*out = GetModuleHandleA(name)) != NULL;
}

/* GetModuleHandleEx */
BOOL WINAPI GetModuleHandleExW(DWORD flags, LPCWSTR name, HMODULE *out)
{
    if (!check_handle_flags(flags, out))
        return FALSE;
    if (flags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS)
        return get_handle_of_address(name, out);
    return (*out = GetModuleHandleW(name)) != NULL;
}

/* The handle's module, NULL means the program. Sets the last error when it answers NULL. */
static struct module *module_of_argument(HMODULE handle)
{
    struct module *module = handle ? module_of_handle(handle) : program_module();

    if (!module)
        SetLastError(ERROR_MOD_NOT_FOUND);
    return module;
}

/*
 * GetProcAddress: by name; there are no ordinals. NULL and ERROR_PROC_NOT_FOUND for what the module
 * does not export, ERROR_MOD_NOT_FOUND for what is no module.
 */
FARPROC WINAPI GetProcAddress(HMODULE handle, LPCSTR name)
{
    struct module *module = module_of_argument(handle);
    void *address = NULL;

    if (!module)
        return NULL;
    if (!IS_INTRESOURCE(name))
        address = module_symbol(module, name);
    if (!address)
        SetLastError(ERROR_PROC_NOT_FOUND);
    return (FARPROC)address;
}

/*
 * GetModuleFileName: characters without the terminator. A path that is too long is cut, terminated,
 * and answered by `size` and ERROR_INSUFFICIENT_BUFFER.
 */
DWORD WINAPI GetModuleFileNameW(HMODULE handle, LPWSTR out, DWORD size)
{
    struct module *module = module_of_argument(handle);
    char16_t *text = NULL;
    const char *path;
    char *program = NULL;
    size_t length = 0;
    DWORD error = ERROR_SUCCESS, result = 0;

    if (!module)
        return 0;
    if (!out || !size) {
        error = ERROR_INSUFFICIENT_BUFFER;
        goto done;
    }
    path = module->path;
    if (!path && !system_program_path(&program))
        path = program;
    if (!path || text_utf16_from_utf8_lossy(path, strlen(path), &text, &length)) {
        error = ERROR_NOT_ENOUGH_MEMORY;
        goto done;
    }
    if (length >= size) {
        error = ERROR_INSUFFICIENT_BUFFER;
        length = size - 1;
        result = size;
    } else {
        result = (DWORD)length;
    }
    memcpy(out, text, length * sizeof(*out));
    out[length] = 0;

done:
    memory_free(text);
    memory_free(program);
    SetLastError(error);
    return result;
}
