/* SPDX-License-Identifier: MIT */
/*
 * CRC-32C (Castagnoli), as iSCSI has it (RFC 3720, 12.1). It finds every error of up to 32 bits in
 * a row, so also any two records that differ in one number alone.
 */
#ifndef WINRT_STORE_CRC32C_H
#define WINRT_STORE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* Of the bytes behind those that gave `crc`, which is 0 at the beginning. Any thread. */
uint32_t crc32c(uint32_t crc, const void *data, size_t size);

#endif
