/* SPDX-License-Identifier: MIT */
/* A URI in its parts, UTF-8: the rules of Windows.Foundation.Uri without COM. docs/uri.md */
#ifndef WINRT_FOUNDATION_URI_PARTS_H
#define WINRT_FOUNDATION_URI_PARTS_H

#include <stdbool.h>

#include <windows.h>

#define URI_PORT_NONE (-1)

/* What is known of a scheme. */
struct uri_scheme {
    const char *name;
    int port;        /* default, or URI_PORT_NONE */
    bool backslash;  /* \ is a / before the query */
    bool needs_host; /* a relative form ("http:") has no absolute form */
};

/*
 * Strings are NULL where the part is absent or empty. One block, strings and all: there may be as
 * many Uris as there are transfers. Never changes after uri_parse.
 */
struct uri_parts {
    const struct uri_scheme *known; /* NULL for other schemes */
    char *raw;                      /* what was parsed; NULL: it is the absolute form */
    char *scheme;                   /* lower case */
    char *user, *password;
    char *host; /* without brackets */
    char *path;
    char *query;    /* with its ? */
    char *fragment; /* with its # */
    int port;       /* explicit, default or URI_PORT_NONE */
    bool has_authority;
    bool has_password; /* there is a colon in the user info, even if nothing follows it */
    bool is_ipv6;
    bool suspicious;
};

/* E_INVALIDARG for what is no absolute URI, E_OUTOFMEMORY. */
HRESULT uri_parse(const char *text, struct uri_parts **ret);

/* Resolves a reference against a base (RFC 3986, 5.2). The same errors. */
HRESULT uri_combine(const struct uri_parts *base, const char *reference, struct uri_parts **ret);

/* NULL is fine. */
void uri_parts_free(struct uri_parts *parts);

/*
 * The whole in several forms; new strings, NULL with S_OK where there is none (a scheme that needs
 * a host and has none has no absolute form).
 */
HRESULT uri_format_absolute(const struct uri_parts *parts, char **ret);
/* In ASCII, the host in Punycode. */
HRESULT uri_format_canonical(const struct uri_parts *parts, char **ret);
/* Without user info. */
HRESULT uri_format_display(const struct uri_parts *parts, char **ret);
/* The same, decoded. */
HRESULT uri_format_iri(const struct uri_parts *parts, char **ret);
/* What ToString shows. */
HRESULT uri_format_text(const struct uri_parts *parts, char **ret);

/* A form in which equal URIs are equal texts. */
HRESULT uri_format_comparable(const struct uri_parts *parts, char **ret);

/* The last path segment from its last dot on; NULL if there is none. Points into the path. */
const char *uri_extension(const struct uri_parts *parts);

/* The host's registrable domain; NULL for addresses and single labels. Points into the host. */
const char *uri_domain(const struct uri_parts *parts);

/*
 * uri_host.c. `host` as written between user info and port, brackets included: an address in its
 * usual form (short IPv4 forms expanded) without brackets, else a copy in lower case. E_INVALIDARG
 * for a bracket without an IPv6 address in it.
 */
HRESULT uri_host_normalize(const char *host, bool expand_ipv4, char **ret, bool *is_ipv6);

/* The platform's uri_idn.c */
HRESULT uri_host_to_ascii(const char *host, char **ret);   /* Punycode; as it is where that fails */
HRESULT uri_host_to_unicode(const char *host, char **ret); /* and back */

/* Removes the segments "." and ".." of an absolute path; new string. */
HRESULT uri_path_normalize(const char *path, char **ret);

#endif
