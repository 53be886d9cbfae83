/* SPDX-License-Identifier: MIT */
/*
 * The network seam without a network: requests are answered, on the engine's thread, by a function
 * of the target's; and the clock goes to the next time that the engine waits for instead of
 * waiting.
 */
#ifndef WINRT_FUZZ_FAKE_NETWORK_H
#define WINRT_FUZZ_FAKE_NETWORK_H

#include <stdbool.h>
#include <stddef.h>

#include <curl/curl.h>

/* An easy handle: what was set on it, as far as anybody here wants to know. */
struct fake_easy {
    struct fake_easy *next; /* among those that were added */
    bool added, done;
    CURLcode result;
    char url[1024], range[64];
    const struct curl_slist *headers;

    curl_write_callback header, write;
    void *header_context, *write_context;
    curl_prereq_callback request;
    void *request_context;
    curl_debug_callback talk;
    void *talk_context;
    CURLMsg message;
};

/* Answers a request; false: it never does. Called once a request. */
typedef bool (*fake_server)(struct fake_easy *easy, CURLcode *ret_result);

/* Puts seam and clock in place, for good. */
void fake_network_use(fake_server server);

/* Whether the clock runs ahead: set while there is a transfer that waits for something else than
 * the app. Any thread. */
void fake_network_busy(bool is);

/* Value of a header of the request, NULL if it has none. */
const char *fake_request_header(const struct fake_easy *easy, const char *name);

/* There is a connection. False: the engine does not want it. */
bool fake_connect(struct fake_easy *easy);
/* A line of the head, bytes of the body, a line of ftp's. False: the engine has had enough. */
bool fake_line(struct fake_easy *easy, const char *text, size_t length);
bool fake_body(struct fake_easy *easy, const void *bytes, size_t size);
void fake_talk(struct fake_easy *easy, bool sent, const char *text);

#endif
