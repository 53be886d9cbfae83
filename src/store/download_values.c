/* SPDX-License-Identifier: MIT */
#include "download_values.h"

#include <string.h>

#include "names.h"

#define VALUE(name, type, secret)              \
    {                                          \
        name, sizeof(name) - 1, (type), secret \
    }

const struct download_value download_values[] = {
    VALUE(DOWNLOAD_GENERATION, REGISTRY_QWORD, false),
    VALUE(DOWNLOAD_LAST_ASKED, REGISTRY_QWORD, false),
    VALUE(DOWNLOAD_PRIVATE_FILE, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_PRIVATE_BODY, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_CREATED, REGISTRY_QWORD, false),
    VALUE(DOWNLOAD_PLATFORM, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_URI, REGISTRY_SZ, true),
    VALUE(DOWNLOAD_METHOD, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_RESULT_FILE, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_BODY_FILE, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_HEADERS, REGISTRY_MULTI_SZ, true),
    VALUE(DOWNLOAD_SERVER_USER, REGISTRY_SZ, true),
    VALUE(DOWNLOAD_SERVER_PASSWORD, REGISTRY_SZ, true),
    VALUE(DOWNLOAD_PROXY_USER, REGISTRY_SZ, true),
    VALUE(DOWNLOAD_PROXY_PASSWORD, REGISTRY_SZ, true),
    VALUE(DOWNLOAD_GROUP, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_TRANSFER_GROUP, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_COST_POLICY, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_PRIORITY, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_RANDOM_ACCESS, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_RECOVERABLE, REGISTRY_BINARY, false),
    VALUE(DOWNLOAD_TAG, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_MAX_SPEED, REGISTRY_QWORD, false),
    VALUE(DOWNLOAD_MAX_CONNECTIONS, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_STATE, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_BYTES, REGISTRY_QWORD, false),
    VALUE(DOWNLOAD_MOST_BYTES, REGISTRY_QWORD, false),
    VALUE(DOWNLOAD_RANGES, REGISTRY_BINARY, false),
    VALUE(DOWNLOAD_TOTAL, REGISTRY_QWORD, false),
    VALUE(DOWNLOAD_ETAG, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_LAST_MODIFIED, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_DATE, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_URI_CHANGED, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_RANGES_SERVED, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_FILE_IDENTITY, REGISTRY_BINARY, false),
    VALUE(DOWNLOAD_ATTEMPTS, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_RETRIES, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_RESTARTS, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_RESPONSE_STATUS, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_RESPONSE_URI, REGISTRY_SZ, false),
    VALUE(DOWNLOAD_RESPONSE_HEADERS, REGISTRY_MULTI_SZ, true),
    VALUE(DOWNLOAD_ERROR, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_ERROR_HTTP, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_ERROR_FILE, REGISTRY_DWORD, false),
    VALUE(DOWNLOAD_ERROR_MESSAGE, REGISTRY_SZ, false),
};
const size_t download_value_count = sizeof(download_values) / sizeof(download_values[0]);

bool download_value_is_secret(const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < download_value_count; i++) {
        if (download_values[i].length == length &&
            name_equal(download_values[i].name, name, length))
            return download_values[i].secret;
    }
    return true;
}
