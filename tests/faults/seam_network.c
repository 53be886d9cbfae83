/* SPDX-License-Identifier: MIT */
/* The network seam: each function that can fail does so with a code that libcurl documents for it.
 */
#include <stdatomic.h>

#include "seams_internal.h"

static bool is_due(const char *call)
{
    return fault_is_due(FAULT_NETWORK, call);
}

static CURLcode start(void)
{
    return is_due("start") ? CURLE_OUT_OF_MEMORY : network_real_ops.start();
}

static CURLM *multi_init(void)
{
    CURLM *multi = is_due("multi_init") ? NULL : network_real_ops.multi_init();

    fault_note_handles(multi ? 1 : 0);
    return multi;
}

static CURLMcode multi_cleanup(CURLM *multi)
{
    fault_note_handles(-1);
    return network_real_ops.multi_cleanup(multi);
}

static CURLMcode multi_add(CURLM *multi, CURL *easy)
{
    return is_due("multi_add") ? CURLM_OUT_OF_MEMORY : network_real_ops.multi_add(multi, easy);
}

/* It has done its work when it says that it has not. */
static CURLMcode multi_remove(CURLM *multi, CURL *easy)
{
    CURLMcode code = network_real_ops.multi_remove(multi, easy);

    return is_due("multi_remove") ? CURLM_INTERNAL_ERROR : code;
}

static CURLMcode multi_perform(CURLM *multi, int *running)
{
    return is_due("multi_perform") ? CURLM_OUT_OF_MEMORY
                                   : network_real_ops.multi_perform(multi, running);
}

static CURLMcode multi_poll(CURLM *multi, int timeout_ms)
{
    return is_due("multi_poll") ? CURLM_OUT_OF_MEMORY
                                : network_real_ops.multi_poll(multi, timeout_ms);
}

/* Not twice in a row: whom nobody can wake for ever, nobody can help. */
static CURLMcode multi_wakeup(CURLM *multi)
{
    static atomic_bool failed;

    if (!atomic_exchange(&failed, false) && is_due("multi_wakeup")) {
        atomic_store(&failed, true);
        return CURLM_WAKEUP_FAILURE;
    }
    return network_real_ops.multi_wakeup(multi);
}

/* The engine's thread alone asks. */
static CURLMsg *multi_message(CURLM *multi)
{
    static CURLMsg changed;
    CURLMsg *message = network_real_ops.multi_message(multi);

    if (!message || !is_due("multi_message"))
        return message;
    changed = *message;
    changed.data.result = CURLE_OUT_OF_MEMORY;
    return &changed;
}

static CURLMcode multi_set_long(CURLM *multi, CURLMoption option, long value)
{
    return is_due("multi_set_long") ? CURLM_UNKNOWN_OPTION
                                    : network_real_ops.multi_set_long(multi, option, value);
}

static CURLSH *share_init(void)
{
    CURLSH *share = is_due("share_init") ? NULL : network_real_ops.share_init();

    fault_note_handles(share ? 1 : 0);
    return share;
}

static CURLSHcode share_set_long(CURLSH *share, CURLSHoption option, long value)
{
    return is_due("share_set_long") ? CURLSHE_NOMEM
                                    : network_real_ops.share_set_long(share, option, value);
}

/* Refused while somebody uses it, which nobody shall. */
static CURLSHcode share_cleanup(CURLSH *share)
{
    CURLSHcode code = network_real_ops.share_cleanup(share);

    fault_note_handles(code ? 0 : -1);
    return code;
}

static CURL *easy_init(void)
{
    CURL *easy = is_due("easy_init") ? NULL : network_real_ops.easy_init();

    fault_note_handles(easy ? 1 : 0);
    return easy;
}

static CURLcode easy_pause(CURL *easy, int what)
{
    return is_due("easy_pause") ? CURLE_OUT_OF_MEMORY : network_real_ops.easy_pause(easy, what);
}

static void easy_cleanup(CURL *easy)
{
    fault_note_handles(easy ? -1 : 0);
    network_real_ops.easy_cleanup(easy);
}

static CURLcode set_long(CURL *easy, CURLoption option, long value)
{
    return is_due("set_long") ? CURLE_UNKNOWN_OPTION
                              : network_real_ops.set_long(easy, option, value);
}

static CURLcode set_size(CURL *easy, CURLoption option, curl_off_t value)
{
    return is_due("set_size") ? CURLE_BAD_FUNCTION_ARGUMENT
                              : network_real_ops.set_size(easy, option, value);
}

static CURLcode set_pointer(CURL *easy, CURLoption option, const void *value)
{
    return is_due("set_pointer") ? CURLE_OUT_OF_MEMORY
                                 : network_real_ops.set_pointer(easy, option, value);
}

static CURLcode set_function(CURL *easy, CURLoption option, void (*value)(void))
{
    return is_due("set_function") ? CURLE_UNKNOWN_OPTION
                                  : network_real_ops.set_function(easy, option, value);
}

static CURLcode get_long(CURL *easy, CURLINFO info, long *ret)
{
    return is_due("get_long") ? CURLE_UNKNOWN_OPTION : network_real_ops.get_long(easy, info, ret);
}

static void *get_tls_session(CURL *easy)
{
    return is_due("get_tls_session") ? NULL : network_real_ops.get_tls_session(easy);
}

static struct curl_slist *list_append(struct curl_slist *list, const char *text)
{
    struct curl_slist *grown;

    grown = is_due("list_append") ? NULL : network_real_ops.list_append(list, text);
    fault_note_lists(grown && !list ? 1 : 0);
    return grown;
}

static void list_free(struct curl_slist *list)
{
    fault_note_lists(list ? -1 : 0);
    network_real_ops.list_free(list);
}

void fault_network_ops(struct network_ops *ret)
{
    *ret = network_real_ops;
    ret->start = start;
    ret->multi_init = multi_init;
    ret->multi_cleanup = multi_cleanup;
    ret->multi_add = multi_add;
    ret->multi_remove = multi_remove;
    ret->multi_perform = multi_perform;
    ret->multi_poll = multi_poll;
    ret->multi_wakeup = multi_wakeup;
    ret->multi_message = multi_message;
    ret->multi_set_long = multi_set_long;
    ret->share_init = share_init;
    ret->share_set_long = share_set_long;
    ret->share_cleanup = share_cleanup;
    ret->easy_init = easy_init;
    ret->easy_pause = easy_pause;
    ret->easy_cleanup = easy_cleanup;
    ret->set_long = set_long;
    ret->set_size = set_size;
    ret->set_pointer = set_pointer;
    ret->set_function = set_function;
    ret->get_long = get_long;
    ret->get_tls_session = get_tls_session;
    ret->list_append = list_append;
    ret->list_free = list_free;
}
