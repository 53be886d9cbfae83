/* SPDX-License-Identifier: MIT */
#include "fake_bodies.h"

#include <stdio.h>

struct fake_body fake_bodies[BODIES];

void fake_bodies_make(struct fuzz_input *input)
{
    for (unsigned i = 0; i < BODIES; i++) {
        struct fake_body *body = &fake_bodies[i];
        unsigned flags = i < VERSIONS ? fuzz_u8(input) : 0;

        *body = (struct fake_body){ 0 };
        if (i < VERSIONS) {
            body->total = fuzz_u8(input);
            if (flags & 1) /* as long as the one before */
                body->total = i ? fake_bodies[i - 1].total : 100;
            body->tag = (enum tag_kind)(flags / 2 % 3);
            body->dated = flags & 64;
        } else {
            body->total = fake_bodies[i - VERSIONS].total / 2;
            body->tag = fake_bodies[i - VERSIONS].tag;
            body->dated = fake_bodies[i - VERSIONS].dated;
        }
        if (body->tag == TAG_STRONG)
            snprintf(body->etag, sizeof(body->etag), "\"v%u\"", i);
        if (body->tag == TAG_WEAK)
            snprintf(body->etag, sizeof(body->etag), "W/\"same\"");
        if (body->dated)
            snprintf(body->modified, sizeof(body->modified), "Sun, %02u Nov 2020 08:00:00 GMT",
                     1 + i % VERSIONS * 7);
    }
}

uint8_t fake_byte(unsigned body, uint64_t offset)
{
    return (uint8_t)(body * 41 + offset * 7 + offset / 64 * 13);
}

bool fake_is_part(unsigned body, uint64_t offset, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != fake_byte(body, offset + i))
            return false;
    }
    return true;
}
