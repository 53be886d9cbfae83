/* SPDX-License-Identifier: MIT */
#include "registration.h"

#include "src/port/memory.h"

static const WCHAR classes_path[] = u"Software\\Microsoft\\WindowsRuntime\\ActivatableClassId";

/* The 64-bit view, whatever this program is: the DLLs are 64-bit. */
enum {
    VIEW = KEY_WOW64_64KEY
};

/* DllPath is last, so that nobody finds a class whose entry is not complete. */
static const WCHAR *const value_names[REGISTRATION_VALUES] = {
    u"ActivationType", /* 0: in the process */
    u"Threading",      /* 0: any apartment */
    u"TrustLevel",     /* 0: base trust */
    u"DllPath",
};

enum {
    DLL_PATH = REGISTRATION_VALUES - 1
};

static HRESULT open_class(const WCHAR *class_name, REGSAM access, HKEY *key)
{
    HKEY classes;
    LSTATUS status;

    *key = NULL;
    status = RegOpenKeyExW(HKEY_LOCAL_MACHINE, classes_path, 0, KEY_READ | VIEW, &classes);
    if (status)
        return HRESULT_FROM_WIN32(status);
    status = RegOpenKeyExW(classes, class_name, 0, access | VIEW, key);
    RegCloseKey(classes);
    return HRESULT_FROM_WIN32(status);
}

static BOOL is_missing(HRESULT hr)
{
    return hr == HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);
}

/* A string value, with REG_EXPAND_SZ expanded, in memory that the caller frees. */
static HRESULT read_string(HKEY key, const WCHAR *name, WCHAR **ret)
{
    DWORD size = 0;
    LSTATUS status = RegGetValueW(key, NULL, name, RRF_RT_REG_SZ, NULL, NULL, &size);

    *ret = NULL;
    if (!status) {
        *ret = memory_zalloc(size + sizeof(**ret));
        if (!*ret)
            return E_OUTOFMEMORY;
        status = RegGetValueW(key, NULL, name, RRF_RT_REG_SZ, NULL, *ret, &size);
    }
    if (status) {
        memory_free(*ret);
        *ret = NULL;
    }
    return HRESULT_FROM_WIN32(status);
}

HRESULT registration_read(const WCHAR *class_name, WCHAR **dll)
{
    HKEY key;
    HRESULT hr;

    *dll = NULL;
    hr = open_class(class_name, KEY_READ, &key);
    if (FAILED(hr))
        return is_missing(hr) ? S_FALSE : hr;
    hr = read_string(key, value_names[DLL_PATH], dll);
    RegCloseKey(key);
    if (is_missing(hr) || hr == HRESULT_FROM_WIN32(ERROR_UNSUPPORTED_TYPE)) {
        *dll = memory_zalloc(sizeof(**dll));
        hr = *dll ? S_OK : E_OUTOFMEMORY;
    }
    return hr;
}

static HRESULT back_up(HKEY key, struct registration_backup *backup)
{
    for (int i = 0; i < REGISTRATION_VALUES; i++) {
        DWORD size = 0;
        LSTATUS status = RegQueryValueExW(key, value_names[i], NULL, NULL, NULL, &size);

        if (status == ERROR_FILE_NOT_FOUND)
            continue;
        if (status)
            return HRESULT_FROM_WIN32(status);
        backup->values[i].data = memory_alloc(size);
        if (!backup->values[i].data)
            return E_OUTOFMEMORY;
        backup->values[i].size = size;
        status = RegQueryValueExW(key, value_names[i], NULL, &backup->values[i].type,
                                  backup->values[i].data, &backup->values[i].size);
        if (status)
            return HRESULT_FROM_WIN32(status);
    }
    return S_OK;
}

static HRESULT write_values(HKEY key, const WCHAR *dll)
{
    static const DWORD zero;
    LSTATUS status = ERROR_SUCCESS;

    for (int i = 0; !status && i < DLL_PATH; i++)
        status =
            RegSetValueExW(key, value_names[i], 0, REG_DWORD, (const BYTE *)&zero, sizeof(zero));
    if (!status)
        status = RegSetValueExW(key, value_names[DLL_PATH], 0, REG_SZ, (const BYTE *)dll,
                                (lstrlenW(dll) + 1) * sizeof(*dll));
    return HRESULT_FROM_WIN32(status);
}

HRESULT registration_write(const WCHAR *class_name, const WCHAR *dll,
                           struct registration_backup *backup)
{
    HKEY classes, key;
    LSTATUS status;
    DWORD made = 0;
    HRESULT hr;

    *backup = (struct registration_backup){ 0 };
    status = RegCreateKeyExW(HKEY_LOCAL_MACHINE, classes_path, 0, NULL, 0,
                             KEY_CREATE_SUB_KEY | VIEW, NULL, &classes, NULL);
    if (status)
        return HRESULT_FROM_WIN32(status);
    status = RegCreateKeyExW(classes, class_name, 0, NULL, 0,
                             KEY_QUERY_VALUE | KEY_SET_VALUE | VIEW, NULL, &key, &made);
    RegCloseKey(classes);
    if (status)
        return HRESULT_FROM_WIN32(status);
    backup->existed = made == REG_OPENED_EXISTING_KEY;
    hr = back_up(key, backup);
    if (SUCCEEDED(hr)) {
        hr = write_values(key, dll);
        if (FAILED(hr))
            registration_restore(class_name, backup);
    }
    RegCloseKey(key);
    return hr;
}

HRESULT registration_restore(const WCHAR *class_name, const struct registration_backup *backup)
{
    LSTATUS status = ERROR_SUCCESS;
    HRESULT hr;
    HKEY key;

    if (!backup->existed)
        return registration_remove(class_name);
    hr = open_class(class_name, KEY_SET_VALUE, &key);
    if (FAILED(hr))
        return hr;
    for (int i = 0; !status && i < REGISTRATION_VALUES; i++) {
        if (backup->values[i].data)
            status = RegSetValueExW(key, value_names[i], 0, backup->values[i].type,
                                    backup->values[i].data, backup->values[i].size);
        else if ((status = RegDeleteValueW(key, value_names[i])) == ERROR_FILE_NOT_FOUND)
            status = ERROR_SUCCESS;
    }
    RegCloseKey(key);
    return HRESULT_FROM_WIN32(status);
}

void registration_backup_free(struct registration_backup *backup)
{
    for (int i = 0; i < REGISTRATION_VALUES; i++)
        memory_free(backup->values[i].data);
    *backup = (struct registration_backup){ 0 };
}

HRESULT registration_remove(const WCHAR *class_name)
{
    HKEY classes;
    LSTATUS status;

    status = RegOpenKeyExW(HKEY_LOCAL_MACHINE, classes_path, 0,
                           KEY_READ | KEY_WRITE | DELETE | VIEW, &classes);
    if (!status) {
        status = RegDeleteTreeW(classes, class_name);
        RegCloseKey(classes);
    }
    return status == ERROR_FILE_NOT_FOUND ? S_FALSE : HRESULT_FROM_WIN32(status);
}
