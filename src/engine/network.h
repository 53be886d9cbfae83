/* SPDX-License-Identifier: MIT */
/*
 * The network seam: every libcurl function that the engine calls, so that a test can record, refuse
 * or invent each of them. The typed setters stand for the variadic ones. (URLs as text are
 * origin.c's.) Engine's thread, except `start` and `multi_wakeup`.
 */
#ifndef WINRT_ENGINE_NETWORK_H
#define WINRT_ENGINE_NETWORK_H

#include <curl/curl.h>

struct network_ops {
    CURLcode (*start)(void);      /* curl_global_init; once a process */
    unsigned (*version)(void);    /* 0xXXYYZZ of the library at run time */
    const char *(*ca_file)(void); /* the certificate store that it was built for, or NULL */
    CURLM *(*multi_init)(void);
    CURLMcode (*multi_cleanup)(CURLM *multi);
    CURLMcode (*multi_add)(CURLM *multi, CURL *easy);
    CURLMcode (*multi_remove)(CURLM *multi, CURL *easy);
    CURLMcode (*multi_perform)(CURLM *multi, int *running);
    CURLMcode (*multi_poll)(CURLM *multi, int timeout_ms);
    CURLMcode (*multi_wakeup)(CURLM *multi);
    CURLMsg *(*multi_message)(CURLM *multi);
    CURLMcode (*multi_set_long)(CURLM *multi, CURLMoption option, long value);

    CURLSH *(*share_init)(void);
    CURLSHcode (*share_set_long)(CURLSH *share, CURLSHoption option, long value);
    CURLSHcode (*share_cleanup)(CURLSH *share);

    CURL *(*easy_init)(void);
    void (*easy_reset)(CURL *easy);
    /* May call the write callback; what that fails with is then told here alone. */
    CURLcode (*easy_pause)(CURL *easy, int what);
    void (*easy_cleanup)(CURL *easy);
    CURLcode (*set_long)(CURL *easy, CURLoption option, long value);
    CURLcode (*set_size)(CURL *easy, CURLoption option, curl_off_t value);
    CURLcode (*set_pointer)(CURL *easy, CURLoption option, const void *value);
    CURLcode (*set_function)(CURL *easy, CURLoption option, void (*value)(void));
    CURLcode (*get_long)(CURL *easy, CURLINFO info, long *ret);
    /* What CURLINFO_TLS_SSL_PTR tells of the connection in use; NULL if it has no TLS. */
    void *(*get_tls_session)(CURL *easy);

    struct curl_slist *(*list_append)(struct curl_slist *list, const char *text);
    void (*list_free)(struct curl_slist *list);
};

/* For tests, before the engine starts; NULL restores the real one. Returns the one before. */
const struct network_ops *network_set_ops(const struct network_ops *ops);
extern const struct network_ops network_real_ops;

/* What is in place. */
const struct network_ops *network(void);

#endif
