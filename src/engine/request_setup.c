/* SPDX-License-Identifier: MIT */
#include "request_setup.h"

#include "exchange.h"

void request_set_long(struct request_setup *setup, CURLoption option, long value)
{
    if (!setup->code)
        setup->code = network()->set_long(setup->easy, option, value);
}

void request_set_longs(struct request_setup *setup, const struct request_option *options,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        request_set_long(setup, options[i].option, options[i].value);
}

void request_set_size(struct request_setup *setup, CURLoption option, uint64_t value)
{
    if (!setup->code)
        setup->code = network()->set_size(setup->easy, option, (curl_off_t)value);
}

void request_set_pointer(struct request_setup *setup, CURLoption option, const void *value)
{
    if (!setup->code)
        setup->code = network()->set_pointer(setup->easy, option, value);
}

void request_set_function(struct request_setup *setup, CURLoption option, void (*value)(void))
{
    if (!setup->code)
        setup->code = network()->set_function(setup->easy, option, value);
}

/*
 * libcurl 7.88 may put a request on the HTTP/1.1 connection of another one that is under way, where
 * it has also an HTTP/2 connection to that server. It compares the options of TLS before; so those
 * that want HTTP/1.1 have one more, which means nothing from TLS 1.1 on, and sessions of their own.
 */
bool request_set_certificates(struct exchange *exchange)
{
    struct engine *engine = exchange->engine;
    CURLcode code = certificate_store_apply(&engine->certificates, &engine->settings,
                                            exchange->easy, exchange->hop.url.secure,
                                            exchange->http1 ? CURLSSLOPT_ALLOW_BEAST : 0);

    engine_park_if_abandoned(); /* it may have taken its time */
    if (code)
        exchange_fail_libcurl(exchange, code, "the certificate store is empty or cannot be read");
    return !code;
}

bool request_setup_finish(const struct request_setup *setup, struct exchange *exchange)
{
    if (setup->code)
        exchange_fail(exchange, setup->code == CURLE_OUT_OF_MEMORY ? TRANSFER_ERROR_NO_MEMORY
                                                                   : TRANSFER_ERROR_INTERNAL);
    return !setup->code;
}
