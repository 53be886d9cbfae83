/* SPDX-License-Identifier: MIT */
/*
 * The answers that an input has for the requests that come. They may be as odd as they like, with
 * two limits: what an answer says of the version of its body is true, and so is where a part of it
 * belongs. When the input has no more of them, the rest is answered as RFC 9110 has it.
 */
#ifndef WINRT_FUZZ_FAKE_ANSWERS_H
#define WINRT_FUZZ_FAKE_ANSWERS_H

#include "fake_bodies.h"
#include "fake_network.h"

/* The rest of the input is for the answers. */
void fake_answers_use(const struct fuzz_input *input);

bool fake_answer(struct fake_easy *easy, CURLcode *ret_result);

/* Whether some body has ended early with nothing to tell that it did. */
bool fake_was_cut_unseen(void);

#endif
