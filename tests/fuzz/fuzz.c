/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"

_Noreturn void fuzz_fail(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
    fflush(stderr);
    abort();
}

const char *fuzz_folder(void)
{
    const char *folder = getenv("WINRT_TEST_SCRATCH");

    if (!folder || !*folder) {
        fprintf(stderr, "WINRT_TEST_SCRATCH is not set: it names the folder that may be emptied\n");
        exit(2);
    }
    if (!scratch_prepare(folder)) {
        fprintf(stderr, "cannot make the scratch folder %s\n", folder);
        exit(2);
    }
    return folder;
}

uint32_t fuzz_u32(struct fuzz_input *input)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < 4; i++)
        value |= (uint32_t)fuzz_u8(input) << (8 * i);
    return value;
}

unsigned fuzz_below(struct fuzz_input *input, unsigned limit)
{
    return fuzz_u8(input) % limit;
}

size_t fuzz_bytes(struct fuzz_input *input, size_t most, const uint8_t **ret)
{
    size_t size = fuzz_u8(input);

    if (size > most)
        size = most;
    if (size > fuzz_left(input))
        size = fuzz_left(input);
    *ret = input->at;
    input->at += size;
    return size;
}

size_t fuzz_line(struct fuzz_input *input, char *buffer, size_t room)
{
    const uint8_t *stop = memchr(input->at, '\n', fuzz_left(input));
    size_t size = (size_t)((stop ? stop : input->end) - input->at), kept;

    kept = size < room - 1 ? size : room - 1;
    memcpy(buffer, input->at, kept);
    buffer[kept] = 0;
    input->at += size + (stop ? 1 : 0);
    return kept;
}
