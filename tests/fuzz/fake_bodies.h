/* SPDX-License-Identifier: MIT */
/*
 * What a truthful server has: some versions of a body, each byte of which tells version and place,
 * so that a file made of two is found.
 */
#ifndef WINRT_FUZZ_FAKE_BODIES_H
#define WINRT_FUZZ_FAKE_BODIES_H

#include "fuzz.h"

/* Each version in plain form and encoded, which is another body. */
#define VERSIONS 3
#define BODIES   (2 * VERSIONS)

enum tag_kind {
    TAG_NONE,
    TAG_STRONG, /* the body's own */
    TAG_WEAK,   /* the same for all, as weak ones may be */
};

struct fake_body {
    uint64_t total;
    enum tag_kind tag;
    bool dated;
    char etag[16], modified[32]; /* "": none */
};

extern struct fake_body fake_bodies[BODIES];

/* Takes what the versions are from the input. Encoded ones have the Last-Modified of the plain. */
void fake_bodies_make(struct fuzz_input *input);

static inline bool fake_is_encoded(unsigned body)
{
    return body >= VERSIONS;
}

/* The byte of a body. */
uint8_t fake_byte(unsigned body, uint64_t offset);

/* Whether these are a body's bytes from `offset` on. */
bool fake_is_part(unsigned body, uint64_t offset, const uint8_t *bytes, size_t size);

#endif
