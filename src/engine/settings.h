/* SPDX-License-Identifier: MIT */
/*
 * What the environment says, read once when the engine starts: WINRT_MAX_TRANSFERS,
 * WINRT_CONNECT_TIMEOUT_MS, WINRT_RESPONSE_TIMEOUT_MS, WINRT_STALL_TIMEOUT_MS,
 * WINRT_RETRY_BASE_MS, and the certificate store: SSL_CERT_FILE takes the place of the system's;
 * SSL_CERT_DIR, a folder of hashed names, that of its folder.
 * docs/engine.md, "Certificates"
 */
#ifndef WINRT_ENGINE_SETTINGS_H
#define WINRT_ENGINE_SETTINGS_H

#include <stdint.h>

#include "src/port/status.h"

struct engine_settings {
    uint64_t slots; /* transfers that run at a time */
    uint64_t connect_timeout_ms, response_timeout_ms, stall_timeout_ms;
    uint64_t retry_base_ms;    /* the first wait before another attempt */
    char *ca_file, *ca_folder; /* certificates; both NULL: whatever libcurl was built for */
};

/* PORT_NO_MEMORY. settings_free afterwards. */
enum port_status settings_read(struct engine_settings *ret);
void settings_free(struct engine_settings *settings);

#endif
