/* SPDX-License-Identifier: MIT */
#ifndef WINRT_STORE_URI_SECRETS_H
#define WINRT_STORE_URI_SECRETS_H

#define REDACTED "<redacted>" /* what stands where a secret was */

/*
 * A URI as people may see it, in a new string that the caller frees: without its user info. One
 * whose parts cannot be told for sure, in which a password may be anywhere, is REDACTED as a whole.
 * NULL: no memory.
 */
char *uri_without_secrets(const char *uri);

#endif
