/* SPDX-License-Identifier: MIT */
/*
 * What a fuzz target is: bytes of anybody's go in, and nothing but a broken promise stops the
 * program. libFuzzer calls the two functions; where it is not (every build but the preset `fuzz`),
 * replay.c calls them with the files of the corpus. docs/fuzzing.md
 */
#ifndef WINRT_FUZZ_H
#define WINRT_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Once, before the first input. Returns 0. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
/* One input. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A promise: says which one and ends the program if it is broken. */
#define REQUIRE(condition) ((condition) ? (void)0 : fuzz_fail(#condition, __FILE__, __LINE__))
_Noreturn void fuzz_fail(const char *condition, const char *file, int line);

/* A folder that this run has to itself, made anew: $WINRT_TEST_SCRATCH
 * has to name it. */
const char *fuzz_folder(void);

/* The input, taken from its beginning; behind its end there are zeros. */
struct fuzz_input {
    const uint8_t *at, *end;
};

static inline struct fuzz_input fuzz_input(const uint8_t *data, size_t size)
{
    return (struct fuzz_input){ data, data + size };
}

static inline size_t fuzz_left(const struct fuzz_input *input)
{
    return (size_t)(input->end - input->at);
}

static inline uint8_t fuzz_u8(struct fuzz_input *input)
{
    return input->at < input->end ? *input->at++ : 0;
}

uint32_t fuzz_u32(struct fuzz_input *input);

/* A number below `limit`, which is not 0. */
unsigned fuzz_below(struct fuzz_input *input, unsigned limit);

/* At most `most` bytes, as many as one byte of the input says and there are; into the input. */
size_t fuzz_bytes(struct fuzz_input *input, size_t most, const uint8_t **ret);

/* The bytes up to the next line end, which is taken too, in a buffer with a NUL behind; what does
 * not fit is cut off. Its length; NULs stay. */
size_t fuzz_line(struct fuzz_input *input, char *buffer, size_t room);

#endif
