/* SPDX-License-Identifier: MIT */
/* The environment, once. */
#include "limits.h"
#include "network.h"
#include "settings.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/system.h"

static enum port_status read_numbers(struct engine_settings *settings)
{
    const struct {
        const char *name;
        uint64_t most, otherwise, *ret;
    } table[] = {
        { "WINRT_MAX_TRANSFERS", LIMIT_RUNNING_MOST, LIMIT_RUNNING, &settings->slots },
        { "WINRT_CONNECT_TIMEOUT_MS", TIMEOUT_MOST_MS, CONNECT_TIMEOUT_MS,
          &settings->connect_timeout_ms },
        { "WINRT_RESPONSE_TIMEOUT_MS", TIMEOUT_MOST_MS, RESPONSE_TIMEOUT_MS,
          &settings->response_timeout_ms },
        { "WINRT_STALL_TIMEOUT_MS", TIMEOUT_MOST_MS, STALL_TIMEOUT_MS,
          &settings->stall_timeout_ms },
        { "WINRT_RETRY_BASE_MS", TIMEOUT_MOST_MS, RETRY_BASE_MS, &settings->retry_base_ms },
    };
    enum port_status status = PORT_OK;
    size_t i;

    for (i = 0; !status && i < sizeof(table) / sizeof(table[0]); i++)
        status = system_environment_number(table[i].name, 1, table[i].most, table[i].otherwise,
                                           table[i].ret);
    return status;
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

    *ret = (struct engine_settings){ 0 };
    status = read_numbers(ret);
    if (!status)
        status = system_environment("SSL_CERT_FILE", &ret->ca_file);
    if (!status)
        status = system_environment("SSL_CERT_DIR", &ret->ca_folder);
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
