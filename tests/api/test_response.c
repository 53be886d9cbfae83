/* SPDX-License-Identifier: MIT */
/* ResponseInformation Class: the head of the newest response, as an object. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

typedef IMapView_HSTRING_HSTRING header_map;

static IDownloadOperation *finished(const char *url)
{
    IDownloadOperation *operation = download_new(NULL, url, "a.bin");

    assert_int_not_equal(download_run(operation, NULL), Canceled);
    return operation;
}

static header_map *headers_of(IDownloadOperation *operation)
{
    IResponseInformation *information = response_of(operation);
    header_map *headers = NULL;

    assert_non_null(information);
    check_ok(IResponseInformation_get_Headers(information, &headers));
    IResponseInformation_Release(information);
    return headers;
}

static bool is_resumable(const char *url)
{
    IDownloadOperation *operation = finished(url);
    IResponseInformation *information = response_of(operation);
    boolean resumable = 0xff;

    assert_non_null(information);
    check_ok(IResponseInformation_get_IsResumable(information, &resumable));
    IResponseInformation_Release(information);
    check_last_release_soon(operation);
    assert_in_range(resumable, 0, 1);
    return resumable;
}

static void the_object_stays_the_same(void **state)
{
    IDownloadOperation *operation = finished(server_url("FAULT_HTTP", "/bytes/10"));
    IResponseInformation *first = response_of(operation), *second = response_of(operation);
    header_map *headers = NULL, *again = NULL;
    IUriRuntimeClass *uri = NULL, *same = NULL;

    (void)state;
    assert_ptr_equal(first, second);
    check_ok(IResponseInformation_get_Headers(first, &headers));
    check_ok(IResponseInformation_get_Headers(first, &again));
    assert_ptr_equal(headers, again);
    check_ok(IResponseInformation_get_ActualUri(first, &uri));
    check_ok(IResponseInformation_get_ActualUri(first, &same));
    assert_ptr_equal(uri, same);
    release_ref(uri);
    release_ref(same);
    release_ref(headers);
    release_ref(again);
    release_ref(second);
    check_last_release_soon(operation);
    check_last_release(first);
}

static void its_parts_outlive_it(void **state)
{
    IDownloadOperation *operation = finished(server_url("FAULT_HTTP", "/bytes/10"));
    IResponseInformation *information = response_of(operation);
    header_map *headers = headers_of(operation);
    IUriRuntimeClass *uri = NULL;
    HSTRING value = NULL;

    (void)state;
    check_ok(IResponseInformation_get_ActualUri(information, &uri));
    check_last_release_soon(operation);
    check_last_release(information);
    check_ok(IMapView_HSTRING_HSTRING_Lookup(headers, string_of("Content-Length"), &value));
    check_string("10", value);
    check_last_release(headers);
    assert_string_equal(uri_text(uri), server_url("FAULT_HTTP", "/bytes/10"));
    check_last_release(uri);
}

static void headers_are_found_exactly_or_without_regard_to_case(void **state)
{
    IDownloadOperation *operation = finished(server_url("FAULT_HTTP", "/duplicate-headers"));
    header_map *headers = headers_of(operation);
    HSTRING value = (HSTRING)1;
    boolean found = 0xff;

    (void)state;
    assert_string_equal(response_header(operation, "X-MiXeD-CaSe"), "kept");
    assert_string_equal(response_header(operation, "x-mixed-case"), "kept");
    assert_string_equal(response_header(operation, "X-MIXED-CASE"), "kept");
    check_ok(IMapView_HSTRING_HSTRING_HasKey(headers, string_of("x-mixed-CASE"), &found));
    assert_int_equal(found, TRUE);
    check_ok(IMapView_HSTRING_HSTRING_HasKey(headers, string_of("X-Absent"), &found));
    assert_int_equal(found, FALSE);
    check_hresult(E_BOUNDS,
                  IMapView_HSTRING_HSTRING_Lookup(headers, string_of("X-Absent"), &value));
    assert_null(value);
    release_ref(headers);
    check_last_release_soon(operation);
}

static void repeated_headers_are_joined(void **state)
{
    IDownloadOperation *operation = finished(server_url("FAULT_HTTP", "/duplicate-headers"));

    (void)state;
    assert_string_equal(response_header(operation, "X-Repeated"), "one, two");
    assert_string_equal(response_header(operation, "Set-Cookie"), "a=1; Path=/, b=2");
    assert_string_equal(response_header(operation, "X-Empty"), "");
    assert_string_equal(response_header(operation, "X-Blanks"), "both sides");
    check_last_release_soon(operation);
}

static void headers_are_enumerated_in_the_servers_spelling(void **state)
{
    IDownloadOperation *operation = finished(server_url("FAULT_HTTP", "/duplicate-headers"));
    header_map *headers = headers_of(operation);
    IIterable_IKeyValuePair_HSTRING_HSTRING *iterable =
        query(headers, &IID_IIterable_IKeyValuePair_HSTRING_HSTRING);
    IIterator_IKeyValuePair_HSTRING_HSTRING *iterator = NULL;
    boolean more = FALSE;
    UINT32 size = 0, count = 0, found = 0;

    (void)state;
    check_ok(IMapView_HSTRING_HSTRING_get_Size(headers, &size));
    check_ok(IIterable_IKeyValuePair_HSTRING_HSTRING_First(iterable, &iterator));
    check_ok(IIterator_IKeyValuePair_HSTRING_HSTRING_get_HasCurrent(iterator, &more));
    while (more) {
        IKeyValuePair_HSTRING_HSTRING *pair = NULL;
        HSTRING key = NULL;

        check_ok(IIterator_IKeyValuePair_HSTRING_HSTRING_get_Current(iterator, &pair));
        check_ok(IKeyValuePair_HSTRING_HSTRING_get_Key(pair, &key));
        found += !strcmp(string_text(key), "X-MiXeD-CaSe");
        string_delete(key);
        release_ref(pair);
        count++;
        check_ok(IIterator_IKeyValuePair_HSTRING_HSTRING_MoveNext(iterator, &more));
    }
    assert_int_equal(count, size);
    assert_int_equal(found, 1);
    check_last_release(iterator);
    release_ref(iterable);
    release_ref(headers);
    check_last_release_soon(operation);
}

/* HTTP/2 has lower-case names only; programs ask for the familiar ones. */
static void http2_headers_are_found_by_their_usual_names(void **state)
{
    IDownloadOperation *operation;

    (void)state;
    trust_test_authority();
    operation = finished(server_url("NGINX_HTTPS", "/4k.bin"));
    assert_string_equal(response_header(operation, "Content-Length"), "4096");
    check_last_release_soon(operation);
}

static void a_huge_header_arrives(void **state)
{
    IDownloadOperation *operation = finished(server_url("FAULT_HTTP", "/huge-header/4000"));

    (void)state;
    assert_int_equal(strlen(response_header(operation, "X-Huge")), 4000);
    check_last_release_soon(operation);
}

static void many_headers_arrive(void **state)
{
    IDownloadOperation *operation = finished(server_url("FAULT_HTTP", "/many-headers/300"));

    (void)state;
    assert_string_equal(response_header(operation, "X-Number-0"), "0");
    assert_string_equal(response_header(operation, "X-Number-299"), "299");
    check_last_release_soon(operation);
}

static void resumable_is_what_has_ranges_and_a_validator(void **state)
{
    (void)state;
    assert_true(is_resumable(server_url("FAULT_HTTP", "/bytes/10")));
    assert_true(is_resumable(server_url("FAULT_HTTP", "/bytes/10?modified=none")));
    assert_true(is_resumable(server_url("FAULT_HTTP", "/bytes/10?etag=none")));
    assert_true(is_resumable(server_url("FAULT_HTTP", "/bytes/10?etag=weak")));
    assert_false(is_resumable(server_url("FAULT_HTTP", "/bytes/10?etag=none&modified=none")));
    assert_false(is_resumable(server_url("FAULT_HTTP", "/bytes/10?etag=weak&modified=none")));
    assert_false(is_resumable(server_url("FAULT_HTTP", "/bytes/10?ranges=no")));
    assert_false(is_resumable(server_url("FAULT_HTTP", "/status/404")));
}

/* What Uri would refuse as a client's text, a server may name as a Location. */
static void any_location_has_its_uri(void **state)
{
    static const struct {
        const char *location,
            *actual; /* in the query of this test's requests, and of the last one */
    } rows[] = {
        { "%25", "%25" },
        { "a%25zz%252", "a%25zz%252" },
        { "%252B%25+%2525", "%2B%25+%25" },
        { "%7C%5C%5E%60%22%3C%3E%7B%7D%5B%5D", "|\\^`\"<>{}[]" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        IDownloadOperation *operation =
            finished(server_url("FAULT_HTTP", "/redirect-to?url=/bytes/10?%s", rows[i].location));
        IResponseInformation *information = response_of(operation);
        IUriRuntimeClass *uri = NULL;

        check_ok(IResponseInformation_get_ActualUri(information, &uri));
        assert_string_equal(strchr(uri_text(uri), '?') + 1, rows[i].actual);
        release_ref(uri);
        IResponseInformation_Release(information);
        check_last_release_soon(operation);
    }
}

static void without_any_response_there_is_none(void **state)
{
    IDownloadOperation *operation = download_new(NULL, server_url("CLOSED_HTTP", "/"), "a.bin");

    (void)state;
    assert_null(response_of(operation));
    assert_int_equal(download_run(operation, NULL), Error);
    assert_null(response_of(operation));
    check_last_release_soon(operation);
}

static void its_pointers_are_checked(void **state)
{
    IDownloadOperation *operation = finished(server_url("FAULT_HTTP", "/bytes/10"));
    IResponseInformation *information = response_of(operation);

    (void)state;
    check_hresult(E_POINTER, IResponseInformation_get_IsResumable(information, NULL));
    check_hresult(E_POINTER, IResponseInformation_get_ActualUri(information, NULL));
    check_hresult(E_POINTER, IResponseInformation_get_StatusCode(information, NULL));
    check_hresult(E_POINTER, IResponseInformation_get_Headers(information, NULL));
    release_ref(information);
    check_last_release_soon(operation);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_object_stays_the_same),
    cmocka_unit_test(its_parts_outlive_it),
    cmocka_unit_test(headers_are_found_exactly_or_without_regard_to_case),
    cmocka_unit_test(repeated_headers_are_joined),
    cmocka_unit_test(headers_are_enumerated_in_the_servers_spelling),
    cmocka_unit_test(http2_headers_are_found_by_their_usual_names),
    cmocka_unit_test(a_huge_header_arrives),
    cmocka_unit_test(many_headers_arrive),
    cmocka_unit_test(resumable_is_what_has_ranges_and_a_validator),
    cmocka_unit_test(any_location_has_its_uri),
    cmocka_unit_test(without_any_response_there_is_none),
    cmocka_unit_test(its_pointers_are_checked),
};

TEST_MAIN(tests)
