/* SPDX-License-Identifier: MIT */
#include "fake_network.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "src/engine/network.h"
#include "src/port/clock.h"
#include "src/port/threads.h"

static fake_server serve;
static struct fake_easy *added;

static struct mutex mutex = MUTEX_INITIALIZER; /* over `awake` */
static struct condition woken;
static bool awake;

/* --- The clock. --- */

static _Atomic uint64_t skipped_ns;
static const struct clock_ops *real;

static uint64_t skipping_ns(void)
{
    return real->monotonic_ns() + atomic_load(&skipped_ns);
}

static int64_t skipping_time(void)
{
    return real->universal_time() + (int64_t)(atomic_load(&skipped_ns) / 100);
}

/* --- Handles. --- */

static CURLcode start(void)
{
    return CURLE_OK;
}

static unsigned version(void)
{
    return curl_version_info(CURLVERSION_NOW)->version_num;
}

static const char *ca_file(void)
{
    return NULL;
}

static CURLM *multi_init(void)
{
    return (CURLM *)&added;
}

static CURLMcode multi_cleanup(CURLM *multi)
{
    (void)multi;
    return CURLM_OK;
}

static CURLMcode multi_add(CURLM *multi, CURL *handle)
{
    struct fake_easy *easy = (struct fake_easy *)handle;

    (void)multi;
    REQUIRE(!easy->added && easy->header && easy->write);
    easy->added = true;
    easy->done = false;
    easy->next = added;
    added = easy;
    return CURLM_OK;
}

static CURLMcode multi_remove(CURLM *multi, CURL *handle)
{
    struct fake_easy *easy = (struct fake_easy *)handle, **link = &added;

    (void)multi;
    REQUIRE(easy->added);
    while (*link != easy)
        link = &(*link)->next;
    *link = easy->next;
    easy->added = false;
    return CURLM_OK;
}

static CURLMcode multi_perform(CURLM *multi, int *running)
{
    (void)multi;
    *running = 0;
    for (struct fake_easy *easy = added; easy; easy = easy->next) {
        if (easy->done)
            continue;
        easy->done = true;
        easy->message = (CURLMsg){ .msg = CURLMSG_NONE };
        if (serve(easy, &easy->result))
            easy->message = (CURLMsg){ .msg = CURLMSG_DONE,
                                       .easy_handle = (CURL *)easy,
                                       .data.result = easy->result };
    }
    return CURLM_OK;
}

static CURLMsg *multi_message(CURLM *multi)
{
    static CURLMsg message;

    (void)multi;
    for (struct fake_easy *easy = added; easy; easy = easy->next) {
        if (easy->done && easy->message.msg == CURLMSG_DONE) {
            message = easy->message;
            easy->message.msg = CURLMSG_NONE;
            return &message;
        }
    }
    return NULL;
}

static atomic_bool busy;

void fake_network_busy(bool is)
{
    atomic_store(&busy, is);
}

static CURLMcode multi_poll(CURLM *multi, int timeout_ms)
{
    (void)multi;
    mutex_lock(&mutex);
    if (!awake && atomic_load(&busy))
        atomic_fetch_add(&skipped_ns, (uint64_t)timeout_ms * UINT64_C(1000000));
    else
        while (!awake)
            condition_wait(&woken, &mutex);
    awake = false;
    mutex_unlock(&mutex);
    return CURLM_OK;
}

static CURLMcode multi_wakeup(CURLM *multi)
{
    (void)multi;
    mutex_lock(&mutex);
    awake = true;
    condition_broadcast(&woken);
    mutex_unlock(&mutex);
    return CURLM_OK;
}

static CURLMcode multi_set_long(CURLM *multi, CURLMoption option, long value)
{
    (void)multi, (void)option, (void)value;
    return CURLM_OK;
}

static CURLSH *share_init(void)
{
    return NULL;
}

static CURL *easy_init(void)
{
    return (CURL *)calloc(1, sizeof(struct fake_easy));
}

static void easy_reset(CURL *handle)
{
    struct fake_easy *easy = (struct fake_easy *)handle;

    REQUIRE(!easy->added);
    memset(easy, 0, sizeof(*easy));
}

/* Nothing is ever held back. */
static CURLcode easy_pause(CURL *handle, int what)
{
    (void)handle, (void)what;
    return CURLE_OK;
}

static void easy_cleanup(CURL *handle)
{
    free(handle);
}

static CURLcode set_long(CURL *handle, CURLoption option, long value)
{
    (void)handle, (void)option, (void)value;
    return CURLE_OK;
}

static CURLcode set_size(CURL *handle, CURLoption option, curl_off_t value)
{
    (void)handle, (void)option, (void)value;
    return CURLE_OK;
}

static CURLcode set_pointer(CURL *handle, CURLoption option, const void *value)
{
    struct fake_easy *easy = (struct fake_easy *)handle;

    switch (option) {
    case CURLOPT_URL:
        snprintf(easy->url, sizeof(easy->url), "%s", (const char *)value);
        break;
    case CURLOPT_RANGE:
        snprintf(easy->range, sizeof(easy->range), "%s", (const char *)value);
        break;
    case CURLOPT_HTTPHEADER:
        easy->headers = value;
        break;
    case CURLOPT_HEADERDATA:
        easy->header_context = (void *)value;
        break;
    case CURLOPT_WRITEDATA:
        easy->write_context = (void *)value;
        break;
    case CURLOPT_PREREQDATA:
        easy->request_context = (void *)value;
        break;
    case CURLOPT_DEBUGDATA:
        easy->talk_context = (void *)value;
        break;
    default:
        break;
    }
    return CURLE_OK;
}

static CURLcode set_function(CURL *handle, CURLoption option, void (*value)(void))
{
    struct fake_easy *easy = (struct fake_easy *)handle;

    switch (option) {
    case CURLOPT_HEADERFUNCTION:
        easy->header = (curl_write_callback)value;
        break;
    case CURLOPT_WRITEFUNCTION:
        easy->write = (curl_write_callback)value;
        break;
    case CURLOPT_PREREQFUNCTION:
        easy->request = (curl_prereq_callback)value;
        break;
    case CURLOPT_DEBUGFUNCTION:
        easy->talk = (curl_debug_callback)value;
        break;
    default:
        break;
    }
    return CURLE_OK;
}

static CURLcode get_long(CURL *handle, CURLINFO info, long *ret)
{
    (void)handle, (void)info;
    *ret = 0;
    return CURLE_OK;
}

static void *get_tls_session(CURL *handle)
{
    (void)handle;
    return NULL;
}

void fake_network_use(fake_server server)
{
    static const struct clock_ops clock = { skipping_ns, skipping_time };
    static const struct network_ops ops = {
        .start = start,
        .version = version,
        .ca_file = ca_file,
        .multi_init = multi_init,
        .multi_cleanup = multi_cleanup,
        .multi_add = multi_add,
        .multi_remove = multi_remove,
        .multi_perform = multi_perform,
        .multi_poll = multi_poll,
        .multi_wakeup = multi_wakeup,
        .multi_message = multi_message,
        .multi_set_long = multi_set_long,
        .share_init = share_init,
        .easy_init = easy_init,
        .easy_reset = easy_reset,
        .easy_pause = easy_pause,
        .easy_cleanup = easy_cleanup,
        .set_long = set_long,
        .set_size = set_size,
        .set_pointer = set_pointer,
        .set_function = set_function,
        .get_long = get_long,
        .get_tls_session = get_tls_session,
        .list_append = curl_slist_append,
        .list_free = curl_slist_free_all,
    };

    serve = server;
    condition_init(&woken);
    real = clock_set_ops(NULL);
    clock_set_ops(&clock);
    network_set_ops(&ops);
}

/* --- For servers. --- */

/* WINRT_FUZZ_TRACE=1 shows what is said, to understand an input. */
static void trace(const char *what, const void *bytes, size_t size)
{
    static int wanted = -1;

    if (wanted < 0)
        wanted = getenv("WINRT_FUZZ_TRACE") != NULL;
    if (!wanted)
        return;
    fprintf(stderr, "%s (%zu)", what, size);
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = ((const unsigned char *)bytes)[i];

        fprintf(stderr, byte >= ' ' && byte < 0x7f ? "%c" : "<%02x>", byte);
    }
    fputs("\n", stderr);
}

const char *fake_request_header(const struct fake_easy *easy, const char *name)
{
    size_t length = strlen(name);

    for (const struct curl_slist *line = easy->headers; line; line = line->next) {
        if (!strncmp(line->data, name, length) && !strncmp(line->data + length, ": ", 2))
            return line->data + length + 2;
    }
    return NULL;
}

bool fake_connect(struct fake_easy *easy)
{
    char address[] = "192.0.2.1";

    trace("request ", easy->url, strlen(easy->url));
    trace("  range ", easy->range, strlen(easy->range));

    return easy->request(easy->request_context, address, address, 80, 1024) == CURL_PREREQFUNC_OK;
}

bool fake_line(struct fake_easy *easy, const char *text, size_t length)
{
    trace("  head ", text, length);
    return easy->header((char *)text, 1, length, easy->header_context) == length;
}

bool fake_body(struct fake_easy *easy, const void *bytes, size_t size)
{
    trace("  body ", bytes, size);
    return easy->write((char *)bytes, 1, size, easy->write_context) == size;
}

void fake_talk(struct fake_easy *easy, bool sent, const char *text)
{
    trace("  ftp ", text, strlen(text));
    easy->talk((CURL *)easy, sent ? CURLINFO_HEADER_OUT : CURLINFO_HEADER_IN, (char *)text,
               strlen(text), easy->talk_context);
}
