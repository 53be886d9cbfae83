/* SPDX-License-Identifier: MIT */
/* Setting options of an easy handle, of which any call may fail. Engine's thread. */
#ifndef WINRT_ENGINE_REQUEST_SETUP_H
#define WINRT_ENGINE_REQUEST_SETUP_H

#include <stdbool.h>
#include <stdint.h>

#include "network.h"

struct exchange;

/* Collects the first failure of many calls; those after it do nothing. */
struct request_setup {
    CURL *easy;
    CURLcode code;
};

struct request_option {
    CURLoption option;
    long value;
};

void request_set_long(struct request_setup *setup, CURLoption option, long value);
void request_set_longs(struct request_setup *setup, const struct request_option *options,
                       size_t count);
void request_set_size(struct request_setup *setup, CURLoption option, uint64_t value);
void request_set_pointer(struct request_setup *setup, CURLoption option, const void *value);
void request_set_function(struct request_setup *setup, CURLoption option, void (*value)(void));

/* What connects to the server or to its proxy may trust. False with exchange->failure filled in:
 * better no request than one to anybody. */
bool request_set_certificates(struct exchange *exchange);

/* The end of it: false, with exchange->failure filled in, if any call has failed. */
bool request_setup_finish(const struct request_setup *setup, struct exchange *exchange);

#endif
