/* SPDX-License-Identifier: MIT */
/*
 * Of the requests that begin at once with one origin, one goes ahead, and the others follow when it
 * has found the way. Until then libcurl would look up the name for each of them, and connect each
 * of them: it does not know yet that the server speaks HTTP/2, nor has it a TLS session that they
 * could resume. (CURLOPT_PIPEWAIT is for that, too. But it makes them wait as long as the first
 * body takes where no protocol is negotiated, as under Wine, and connects them one after the other
 * where that is HTTP/1.1.) Engine's thread only.
 */
#ifndef WINRT_ENGINE_VANGUARD_H
#define WINRT_ENGINE_VANGUARD_H

#include <stdbool.h>
#include <stdint.h>

struct engine;
struct exchange;

/* Gives the prepared request to libcurl, or has it follow another one. False with `failure` filled
 * in. */
bool vanguard_send(struct exchange *exchange);

/* The address of its server is known; it has a connection. */
void vanguard_named(struct exchange *exchange);
void vanguard_sent(struct exchange *exchange);

/* It is about to end, or to be sent anew. */
void vanguard_leave(struct exchange *exchange);

/* Sends those that need not wait any longer. True if there was one. */
bool vanguard_follow(struct engine *engine);

/* Sends one that has waited long enough. Returns when to look again, or UINT64_MAX. */
uint64_t vanguard_check(struct exchange *exchange);

#endif
