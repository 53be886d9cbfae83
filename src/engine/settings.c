/* SPDX-License-Identifier: MIT */
/* The environment, once. */
#include "limits.h"
#include "network.h"
#include "settings.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/system.h"

static uint64_t time_limit(const char *name, uint64_t otherwise)
{
    return system_environment_number(name, 1, TIMEOUT_MOST_MS, otherwise);
}

static enum port_status copy_variable(const char *name, char **ret)
{
    const char *value = system_environment(name);

    *ret = memory_strdup(value);
    return value && !*ret ? PORT_NO_MEMORY : PORT_OK;
}

/* libcurl's own store, if it is a file that is there. */
static enum port_status find_ca_file(char **ret)
{
    const char *path = network()->ca_file();
    struct file_info info;

    if (!path || file_path_info(path, &info) || info.kind != FILE_KIND_FILE)
        return PORT_OK;
    *ret = memory_strdup(path);
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

enum port_status settings_read(struct engine_settings *ret)
{
    enum port_status status;

    *ret = (struct engine_settings){
        .slots = (unsigned)system_environment_number("WINRT_MAX_TRANSFERS", 1, LIMIT_RUNNING_MOST,
                                                     LIMIT_RUNNING),
        .connect_timeout_ms = time_limit("WINRT_CONNECT_TIMEOUT_MS", CONNECT_TIMEOUT_MS),
        .response_timeout_ms = time_limit("WINRT_RESPONSE_TIMEOUT_MS", RESPONSE_TIMEOUT_MS),
        .stall_timeout_ms = time_limit("WINRT_STALL_TIMEOUT_MS", STALL_TIMEOUT_MS),
    };
    status = copy_variable("SSL_CERT_FILE", &ret->ca_file);
    if (!status)
        status = copy_variable("SSL_CERT_DIR", &ret->ca_folder);
    if (!status && !ret->ca_file && !ret->ca_folder)
        status = find_ca_file(&ret->ca_file);
    if (status)
        settings_free(ret);
    return status;
}

void settings_free(struct engine_settings *settings)
{
    memory_free(settings->ca_file);
    memory_free(settings->ca_folder);
    settings->ca_file = NULL;
    settings->ca_folder = NULL;
}
