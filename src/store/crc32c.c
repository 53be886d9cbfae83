/* SPDX-License-Identifier: MIT */
/*
 * Eight bytes a step, by eight tables: 1.5 GB a second and more, which is a twentieth of a second
 * for the 50 MB of 100,000 downloads. The processor's own instruction would need code for each.
 */
#include "crc32c.h"

#include "bytes.h"
#include "src/port/threads.h"

#define POLYNOMIAL 0x82f63b78u /* reflected */

static uint32_t tables[8][256];
static struct once made = ONCE_INITIALIZER;

static void make_tables(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;

        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? POLYNOMIAL : 0);
        tables[0][i] = crc;
    }
    for (int table = 1; table < 8; table++) {
        for (int i = 0; i < 256; i++) {
            uint32_t before = tables[table - 1][i];

            tables[table][i] = before >> 8 ^ tables[0][before & 255];
        }
    }
}

uint32_t crc32c(uint32_t crc, const void *data, size_t size)
{
    const uint8_t *bytes = data;

    once_run(&made, make_tables);
    crc = ~crc;
    for (; size >= 8; size -= 8, bytes += 8) {
        uint32_t low = get_u32(bytes) ^ crc, high = get_u32(bytes + 4);

        crc = tables[7][low & 255] ^ tables[6][low >> 8 & 255] ^ tables[5][low >> 16 & 255] ^
              tables[4][low >> 24] ^ tables[3][high & 255] ^ tables[2][high >> 8 & 255] ^
              tables[1][high >> 16 & 255] ^ tables[0][high >> 24];
    }
    for (; size; size--, bytes++)
        crc = crc >> 8 ^ tables[0][(crc ^ *bytes) & 255];
    return ~crc;
}
