/* SPDX-License-Identifier: MIT */
#include "http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <curl/curl.h>

#include "servers.h"
#include "test_event.h"

struct body {
    char *text;
    size_t size;
    size_t used;
};

static size_t collect(char *data, size_t size, size_t count, void *context)
{
    struct body *body = context;
    size_t room = body->size > body->used ? body->size - body->used - 1 : 0;
    size_t take = size * count < room ? size * count : room;

    if (take > 0) {
        memcpy(body->text + body->used, data, take);
        body->used += take;
        body->text[body->used] = '\0';
    }
    return size * count;
}

long http_get(const char *url, char *body_text, size_t body_size)
{
    struct body body = { body_text, body_size, 0 };
    CURL *easy = curl_easy_init();
    long status = 0;
    CURLcode code;

    assert_non_null(easy);
    if (body_size > 0)
        body_text[0] = '\0';
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)TEST_WAIT_MS);
    curl_easy_setopt(easy, CURLOPT_CAINFO, server_path("CA_FILE"));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
    code = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(easy);
    if (code != CURLE_OK)
        fail_msg("GET %s: %s", url, curl_easy_strerror(code));
    return status;
}
