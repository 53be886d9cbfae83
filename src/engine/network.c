/* SPDX-License-Identifier: MIT */
/* The real network: libcurl. */
#include <stddef.h>

#include "network.h"

static CURLcode start(void)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

static unsigned version(void)
{
    return curl_version_info(CURLVERSION_NOW)->version_num;
}

static const char *ca_file(void)
{
    return curl_version_info(CURLVERSION_NOW)->cainfo;
}

static CURLMcode multi_poll(CURLM *multi, int timeout_ms)
{
    return curl_multi_poll(multi, NULL, 0, timeout_ms, NULL);
}

static CURLMsg *multi_message(CURLM *multi)
{
    int left;

    return curl_multi_info_read(multi, &left);
}

static CURLMcode multi_set_long(CURLM *multi, CURLMoption option, long value)
{
    return curl_multi_setopt(multi, option, value);
}

static CURLSHcode share_set_long(CURLSH *share, CURLSHoption option, long value)
{
    return curl_share_setopt(share, option, value);
}

static CURLcode set_long(CURL *easy, CURLoption option, long value)
{
    return curl_easy_setopt(easy, option, value);
}

static CURLcode set_size(CURL *easy, CURLoption option, curl_off_t value)
{
    return curl_easy_setopt(easy, option, value);
}

static CURLcode set_pointer(CURL *easy, CURLoption option, const void *value)
{
    return curl_easy_setopt(easy, option, value);
}

static CURLcode set_function(CURL *easy, CURLoption option, void (*value)(void))
{
    return curl_easy_setopt(easy, option, value);
}

static CURLcode get_long(CURL *easy, CURLINFO info, long *ret)
{
    return curl_easy_getinfo(easy, info, ret);
}

static void *get_tls_session(CURL *easy)
{
    struct curl_tlssessioninfo *session = NULL;

    if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) || !session)
        return NULL;
    return session->internals;
}

const struct network_ops network_real_ops = {
    .start = start,
    .version = version,
    .ca_file = ca_file,
    .multi_init = curl_multi_init,
    .multi_cleanup = curl_multi_cleanup,
    .multi_add = curl_multi_add_handle,
    .multi_remove = curl_multi_remove_handle,
    .multi_perform = curl_multi_perform,
    .multi_poll = multi_poll,
    .multi_wakeup = curl_multi_wakeup,
    .multi_message = multi_message,
    .multi_set_long = multi_set_long,
    .share_init = curl_share_init,
    .share_set_long = share_set_long,
    .share_cleanup = curl_share_cleanup,
    .easy_init = curl_easy_init,
    .easy_reset = curl_easy_reset,
    .easy_pause = curl_easy_pause,
    .easy_cleanup = curl_easy_cleanup,
    .set_long = set_long,
    .set_size = set_size,
    .set_pointer = set_pointer,
    .set_function = set_function,
    .get_long = get_long,
    .get_tls_session = get_tls_session,
    .list_append = curl_slist_append,
    .list_free = curl_slist_free_all,
};

static const struct network_ops *current = &network_real_ops;

const struct network_ops *network_set_ops(const struct network_ops *ops)
{
    const struct network_ops *previous = current;

    current = ops ? ops : &network_real_ops;
    return previous;
}

const struct network_ops *network(void)
{
    return current;
}
