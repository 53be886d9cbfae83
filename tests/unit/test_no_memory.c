/* SPDX-License-Identifier: MIT */
/* What collections, boxes, Uris and credentials do when there is no memory (failing_memory.h). */
#include <windows.h>
#include <windows.foundation.h>
#include <windows.security.credentials.h>
#include <winstring.h>

#include "check.h"
#include "failing_memory.h"
#include "hstrings.h"
#include "test_main.h"

#include "winrt-shim/base/collections.h"
#include "winrt-shim/base/reference.h"
#include "winrt-shim/foundation/uri.h"
#include "winrt-shim/foundation/www_form_url_decoder.h"
#include "winrt-shim/security/password_credential.h"

VECTOR_TYPE(string_vector, VALUE_STRING, u"String", IVector_HSTRING, IVectorView_HSTRING,
            IIterable_HSTRING, IIterator_HSTRING);
MAP_TYPE(string_map, VALUE_STRING, u"String", IMap_HSTRING_HSTRING, IMapView_HSTRING_HSTRING,
         IKeyValuePair_HSTRING_HSTRING, IIterable_IKeyValuePair_HSTRING_HSTRING,
         IIterator_IKeyValuePair_HSTRING_HSTRING);

static HRESULT use_vector(void)
{
    HSTRING items[3] = { string_of("a"), string_of("b"), string_of("c") };
    IVector_HSTRING *vector = NULL;
    IVectorView_HSTRING *view = NULL;
    IIterable_HSTRING *iterable = NULL;
    IIterator_HSTRING *iterator = NULL;
    HRESULT hr = vector_create(&string_vector, (void **)&vector);

    if (SUCCEEDED(hr))
        hr = IVector_HSTRING_Append(vector, items[0]);
    if (SUCCEEDED(hr))
        hr = IVector_HSTRING_GetView(vector, &view);
    if (SUCCEEDED(hr))
        hr = IVector_HSTRING_InsertAt(vector, 0, items[1]);
    if (SUCCEEDED(hr))
        hr = IVector_HSTRING_ReplaceAll(vector, 3, items);
    if (SUCCEEDED(hr))
        hr = IVector_HSTRING_QueryInterface(vector, &IID_IIterable_HSTRING, (void **)&iterable);
    if (SUCCEEDED(hr))
        hr = IIterable_HSTRING_First(iterable, &iterator);
    release_ref(iterator);
    release_ref(iterable);
    release_ref(view);
    release_ref(vector);
    return hr;
}

static HRESULT use_map(void)
{
    IMap_HSTRING_HSTRING *map = NULL;
    IMapView_HSTRING_HSTRING *view = NULL;
    boolean replaced;
    HRESULT hr = map_create(&string_map, 0, (void **)&map);

    if (SUCCEEDED(hr))
        hr = IMap_HSTRING_HSTRING_Insert(map, string_of("a"), string_of("1"), &replaced);
    if (SUCCEEDED(hr))
        hr = IMap_HSTRING_HSTRING_GetView(map, &view);
    if (SUCCEEDED(hr))
        hr = IMap_HSTRING_HSTRING_Insert(map, string_of("a"), string_of("2"), &replaced);
    if (SUCCEEDED(hr))
        hr = IMap_HSTRING_HSTRING_Remove(map, string_of("a"));
    release_ref(view);
    release_ref(map);
    return hr;
}

static HRESULT make_map_view(void)
{
    const struct map_entry entries[] = {
        { string_of("a"), { .string = string_of("1") } },
        { string_of("b"), { .string = string_of("2") } },
    };
    void *view = NULL;
    HRESULT hr = map_view_create(&string_map, 0, entries, 2, &view);

    release_ref(view);
    return hr;
}

static HRESULT box_values(void)
{
    const UINT64 number = 1;
    HSTRING strings[2] = { string_of("a"), string_of("b") };
    void *single = NULL, *array = NULL;
    HRESULT hr = reference_create(reference_type_of(PropertyType_UInt64), &number, &single);

    if (SUCCEEDED(hr))
        hr = reference_create_array(reference_type_of(PropertyType_String), 2, strings, &array);
    release_ref(array);
    release_ref(single);
    return hr;
}

static HRESULT use_uri(void)
{
    IUriRuntimeClass *uri = NULL, *combined = NULL;
    IUriRuntimeClassWithAbsoluteCanonicalUri *canonical = NULL;
    struct uri_parts *parts;
    boolean equal;
    HSTRING texts[5] = { NULL };
    size_t i;
    HRESULT hr = uri_parse_hstring(string_of("http://u:p@B\xc3\xbc"
                                             "cher.example/a b?c#d"),
                                   &parts);

    if (SUCCEEDED(hr))
        hr = uri_create(parts, &uri);
    if (SUCCEEDED(hr))
        hr = IUriRuntimeClass_QueryInterface(uri, &IID_IUriRuntimeClassWithAbsoluteCanonicalUri,
                                             (void **)&canonical);
    if (SUCCEEDED(hr))
        hr = IUriRuntimeClass_get_AbsoluteUri(uri, &texts[0]);
    if (SUCCEEDED(hr))
        hr = IUriRuntimeClass_get_DisplayUri(uri, &texts[1]);
    if (SUCCEEDED(hr))
        hr = IUriRuntimeClass_get_Host(uri, &texts[2]);
    if (SUCCEEDED(hr))
        hr =
            IUriRuntimeClassWithAbsoluteCanonicalUri_get_AbsoluteCanonicalUri(canonical, &texts[3]);
    if (SUCCEEDED(hr))
        hr = IUriRuntimeClassWithAbsoluteCanonicalUri_get_DisplayIri(canonical, &texts[4]);
    if (SUCCEEDED(hr))
        hr = IUriRuntimeClass_CombineUri(uri, string_of("../x?y"), &combined);
    if (SUCCEEDED(hr))
        hr = IUriRuntimeClass_Equals(uri, combined, &equal);
    for (i = 0; i < 5; i++)
        WindowsDeleteString(texts[i]);
    release_ref(combined);
    release_ref(canonical);
    release_ref(uri);
    return hr;
}

static HRESULT parse_addresses(void)
{
    struct uri_parts *ipv4 = NULL, *ipv6 = NULL;
    HRESULT hr = uri_parse("http://1.2:81/", &ipv4);

    if (SUCCEEDED(hr))
        hr = uri_parse("http://[::1]/", &ipv6);
    uri_parts_free(ipv6);
    uri_parts_free(ipv4);
    return hr;
}

static HRESULT decode_query(void)
{
    IWwwFormUrlDecoderRuntimeClass *decoder = NULL;
    HRESULT hr = www_form_url_decoder_create("?a=1&b=%20", &decoder);

    release_ref(decoder);
    return hr;
}

static HRESULT use_credential(void)
{
    IPasswordCredential *credential = NULL;
    HRESULT hr = password_credential_create(&credential);

    if (SUCCEEDED(hr))
        hr = IPasswordCredential_put_Password(credential, string_of("one"));
    if (SUCCEEDED(hr))
        hr = IPasswordCredential_put_Password(credential, string_of("another"));
    release_ref(credential);
    return hr;
}

#define DEFINE_TEST(name, scenario)        \
    static void name(void **state)         \
    {                                      \
        (void)state;                       \
        run_with_failing_memory(scenario); \
    }

DEFINE_TEST(vectors_survive, use_vector)
DEFINE_TEST(maps_survive, use_map)
DEFINE_TEST(map_views_survive, make_map_view)
DEFINE_TEST(boxes_survive, box_values)
DEFINE_TEST(uris_survive, use_uri)
DEFINE_TEST(addresses_survive, parse_addresses)
DEFINE_TEST(decoders_survive, decode_query)
DEFINE_TEST(credentials_survive, use_credential)

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(vectors_survive),   cmocka_unit_test(maps_survive),
    cmocka_unit_test(map_views_survive), cmocka_unit_test(boxes_survive),
    cmocka_unit_test(uris_survive),      cmocka_unit_test(addresses_survive),
    cmocka_unit_test(decoders_survive),  cmocka_unit_test(credentials_survive),
};

TEST_MAIN(tests)
