/* SPDX-License-Identifier: MIT */
#include "private_file.h"

#include "app_identity.h"
#include "memory.h"
#include "system.h"

static enum port_status make_folder(char **ret)
{
    char *state;
    enum port_status status = app_state_folder(NULL, &state);

    *ret = NULL;
    if (status)
        return status;
    *ret = memory_format("%s/private", state);
    memory_free(state);
    return *ret ? file_make_folders(*ret, true) : PORT_NO_MEMORY;
}

enum port_status private_file_create(const char *kind, char **ret_path, file_handle *ret_file)
{
    char *folder = NULL, *path = NULL;
    enum port_status status;
    uint64_t random;

    *ret_path = NULL;
    *ret_file = FILE_HANDLE_NONE;
    status = system_random(&random, sizeof(random));
    if (!status)
        status = make_folder(&folder);
    if (!status) {
        path = memory_format("%s/%016llx.%s", folder, (unsigned long long)random, kind);
        status = path ? PORT_OK : PORT_NO_MEMORY;
    }
    if (!status)
        status = file_open(path,
                           FILE_OPEN_READ | FILE_OPEN_WRITE | FILE_OPEN_CREATE |
                               FILE_OPEN_EXCLUSIVE | FILE_OPEN_PRIVATE | FILE_OPEN_NO_FOLLOW,
                           ret_file);
    if (status)
        memory_free(path);
    else
        *ret_path = path;
    memory_free(folder);
    return status;
}
