/* SPDX-License-Identifier: MIT */
#ifndef WINRT_ENGINE_SCHANNEL_ERROR_H
#define WINRT_ENGINE_SCHANNEL_ERROR_H

#include "transfer_error.h"

/*
 * What a certificate was refused for, according to libcurl's words about Schannel, which has no
 * verification result as OpenSSL has. TRANSFER_ERROR_NONE if they say nothing of it.
 */
enum transfer_error_code schannel_error(const char *detail);

#endif
