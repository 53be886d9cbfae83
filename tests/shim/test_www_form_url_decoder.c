/* SPDX-License-Identifier: MIT */
/* Windows.Foundation.WwwFormUrlDecoder, made by itself and by Uri.QueryParsed. */
#include <windows.h>
#include <roapi.h>
#include <windows.foundation.h>

#include "check.h"
#include "hstrings.h"
#include "test_main.h"
#include "uri_support.h"

typedef IVectorView_IWwwFormUrlDecoderEntry entry_view;

static IWwwFormUrlDecoderRuntimeClass *decoder_new(const char *query_text)
{
    IWwwFormUrlDecoderRuntimeClassFactory *factory = NULL;
    IWwwFormUrlDecoderRuntimeClass *decoder = NULL;

    check_ok(RoGetActivationFactory(string_of("Windows.Foundation.WwwFormUrlDecoder"),
                                    &IID_IWwwFormUrlDecoderRuntimeClassFactory, (void **)&factory));
    check_hresult(E_POINTER, IWwwFormUrlDecoderRuntimeClassFactory_CreateWwwFormUrlDecoder(
                                 factory, string_of(query_text), NULL));
    check_ok(IWwwFormUrlDecoderRuntimeClassFactory_CreateWwwFormUrlDecoder(factory,
                                                                           string_of(query_text),
                                                                           &decoder));
    check_last_release(factory);
    return decoder;
}

static void check_entry(IWwwFormUrlDecoderEntry *entry, const char *name, const char *value)
{
    HSTRING text = NULL;

    check_ok(IWwwFormUrlDecoderEntry_get_Name(entry, &text));
    check_string(name, text);
    check_ok(IWwwFormUrlDecoderEntry_get_Value(entry, &text));
    check_string(value, text);
    check_hresult(E_POINTER, IWwwFormUrlDecoderEntry_get_Name(entry, NULL));
    check_hresult(E_POINTER, IWwwFormUrlDecoderEntry_get_Value(entry, NULL));
}

static void check_entries(IWwwFormUrlDecoderRuntimeClass *decoder, const char *const *pairs,
                          UINT32 count)
{
    entry_view *view = query(decoder, &IID_IVectorView_IWwwFormUrlDecoderEntry);
    IWwwFormUrlDecoderEntry *entry = (IWwwFormUrlDecoderEntry *)1;
    UINT32 i, size = 0;

    check_ok(IVectorView_IWwwFormUrlDecoderEntry_get_Size(view, &size));
    assert_int_equal(size, count);
    for (i = 0; i < count; i++) {
        check_ok(IVectorView_IWwwFormUrlDecoderEntry_GetAt(view, i, &entry));
        check_entry(entry, pairs[2 * i], pairs[2 * i + 1]);
        release_ref(entry);
    }
    check_hresult(E_BOUNDS, IVectorView_IWwwFormUrlDecoderEntry_GetAt(view, count, &entry));
    assert_null(entry);
    release_ref(view);
}

static void queries_are_split_and_decoded(void **state)
{
    static const char *const pairs[] = { "a", "1", "b c",      "\xc3\xa4 &=", "empty", "",  "no",
                                         "",  "",  "nameless", "a",           "2",     "x", "y=z" };
    IWwwFormUrlDecoderRuntimeClass *decoder =
        decoder_new("?a=1&b+c=%C3%A4+%26%3D&empty=&no&&=nameless&a=2&x=y=z");

    (void)state;
    check_entries(decoder, pairs, 7);
    check_last_release(decoder);
}

static void a_query_may_be_empty(void **state)
{
    IWwwFormUrlDecoderRuntimeClass *decoder = decoder_new("");

    (void)state;
    check_entries(decoder, NULL, 0);
    check_last_release(decoder);
    decoder = decoder_new("?");
    check_entries(decoder, NULL, 0);
    check_last_release(decoder);
}

static void a_uri_has_its_query_parsed(void **state)
{
    static const char *const pairs[] = { "q", "val ue" };
    IUriRuntimeClass *uri = uri_new("http://example.com/?q=val ue");
    IWwwFormUrlDecoderRuntimeClass *decoder = NULL;

    (void)state;
    check_ok(IUriRuntimeClass_get_QueryParsed(uri, &decoder));
    check_entries(decoder, pairs, 1);
    check_last_release(decoder);
    check_last_release(uri);

    uri = uri_new("http://example.com/");
    check_ok(IUriRuntimeClass_get_QueryParsed(uri, &decoder));
    check_entries(decoder, NULL, 0);
    check_last_release(decoder);
    check_last_release(uri);
}

static void values_are_found_by_name(void **state)
{
    IWwwFormUrlDecoderRuntimeClass *decoder = decoder_new("a=1&b=2&a=3");
    HSTRING value = (HSTRING)1;

    (void)state;
    check_ok(IWwwFormUrlDecoderRuntimeClass_GetFirstValueByName(decoder, string_of("a"), &value));
    check_string("1", value);
    value = (HSTRING)1;
    check_hresult(E_INVALIDARG,
                  IWwwFormUrlDecoderRuntimeClass_GetFirstValueByName(decoder, string_of("A"),
                                                                     &value));
    assert_null(value);
    check_hresult(E_POINTER,
                  IWwwFormUrlDecoderRuntimeClass_GetFirstValueByName(decoder, string_of("a"),
                                                                     NULL));
    check_last_release(decoder);
}

static void entries_can_be_walked_through(void **state)
{
    IWwwFormUrlDecoderRuntimeClass *decoder = decoder_new("a=1&b=2");
    IIterable_IWwwFormUrlDecoderEntry *iterable =
        query(decoder, &IID_IIterable_IWwwFormUrlDecoderEntry);
    IIterator_IWwwFormUrlDecoderEntry *iterator = NULL;
    entry_view *view = query(decoder, &IID_IVectorView_IWwwFormUrlDecoderEntry);
    IWwwFormUrlDecoderEntry *entries[3] = { NULL };
    boolean more = 0;
    UINT32 count = 0, index = 7;

    (void)state;
    check_hresult(E_POINTER, IIterable_IWwwFormUrlDecoderEntry_First(iterable, NULL));
    check_ok(IIterable_IWwwFormUrlDecoderEntry_First(iterable, &iterator));
    check_ok(IIterator_IWwwFormUrlDecoderEntry_GetMany(iterator, 3, entries, &count));
    assert_int_equal(count, 2);
    check_entry(entries[1], "b", "2");
    check_ok(IVectorView_IWwwFormUrlDecoderEntry_IndexOf(view, entries[1], &index, &more));
    assert_true(more);
    assert_int_equal(index, 1);
    release_ref(entries[0]);
    release_ref(entries[1]);
    check_ok(IVectorView_IWwwFormUrlDecoderEntry_GetMany(view, 1, 3, entries, &count));
    assert_int_equal(count, 1);
    check_entry(entries[0], "b", "2");
    release_ref(entries[0]);
    check_last_release(iterator);
    release_ref(view);
    release_ref(iterable);
    check_last_release(decoder);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(queries_are_split_and_decoded), cmocka_unit_test(a_query_may_be_empty),
    cmocka_unit_test(a_uri_has_its_query_parsed),    cmocka_unit_test(values_are_found_by_name),
    cmocka_unit_test(entries_can_be_walked_through),
};

TEST_MAIN(tests)
