/* SPDX-License-Identifier: MIT */
/* Windows.Foundation.Uri: its other forms, comparing, combining, escaping, and bad arguments
 * (docs/uri.md). */
#include <stdbool.h>

#include <windows.h>
#include <roapi.h>
#include <winstring.h>
#include <windows.foundation.h>

#include "check.h"
#include "hstrings.h"
#include "platform.h"
#include "test_main.h"
#include "uri_support.h"

typedef IUriRuntimeClassWithAbsoluteCanonicalUri canonical_uri;

struct form_row {
    const char *text, *expected;
};

static void check_canonical(const char *text, const char *expected)
{
    IUriRuntimeClass *uri = uri_new(text);
    canonical_uri *canonical = query(uri, &IID_IUriRuntimeClassWithAbsoluteCanonicalUri);
    HSTRING value = NULL;

    check_ok(IUriRuntimeClassWithAbsoluteCanonicalUri_get_AbsoluteCanonicalUri(canonical, &value));
    check_property(expected, value, text, "AbsoluteCanonicalUri");
    release_ref(canonical);
    check_last_release(uri);
}

static void the_canonical_form_is_ascii(void **state)
{
    (void)state;
    check_canonical("http://example.com/a", "http://example.com/a");
    check_canonical("http://u:p@EXAMPLE.com:80", "http://u:p@example.com/");
    check_canonical("http://b\xc3\xbc"
                    "cher.example/\xc3\xa4 b?\xc3\xb6 x#\xc3\xbc",
                    "http://xn--bcher-kva.example/%C3%A4%20b?%C3%B6%20x#%C3%BC");
    check_canonical("http://B\xc3\x9c"
                    "CHER.example/",
                    "http://xn--bcher-kva.example/");
    check_canonical("http://%ff.example/", "http://%ff.example/");
    /* No international name: encoded, and in lower case as hosts are. */
    check_canonical("http://\xef\xbf\xbd/\xc3\xa4", "http://%ef%bf%bd/%C3%A4");
    check_canonical("http:", NULL);
    check_canonical("mailto:a@b", "mailto:a@b");
}

static void check_iri(const char *text, const char *expected)
{
    IUriRuntimeClass *uri = uri_new(text);
    canonical_uri *canonical = query(uri, &IID_IUriRuntimeClassWithAbsoluteCanonicalUri);
    HSTRING value = NULL;

    check_ok(IUriRuntimeClassWithAbsoluteCanonicalUri_get_DisplayIri(canonical, &value));
    check_property(expected, value, text, "DisplayIri");
    release_ref(canonical);
    check_last_release(uri);
}

static void host_names_follow_idna_2008(void **state)
{
    (void)state;
    skip_but_natively("the system's IdnToAscii follows IDNA 2003, which makes ss of a sharp s");
    check_canonical("http://fa\xc3\x9f.example/", "http://xn--fa-hia.example/");
}

static void the_iri_is_decoded_for_display(void **state)
{
    (void)state;
    check_iri("http://xn--bcher-kva.example/%C3%A4%20b", "http://b\xc3\xbc"
                                                         "cher.example/\xc3\xa4%20b");
    check_iri("http://u:p@example.com/", "http://example.com/");
    check_iri("http://example.com/%FF%C3", "http://example.com/%FF%C3");
    check_iri("http://example.com/%E2%80%AEa",
              "http://example.com/%E2%80%AEa"); /* turns the text round */
    check_iri("http:", "http:");
}

static void check_text(const char *text, const char *expected)
{
    IUriRuntimeClass *uri = uri_new(text);
    IStringable *stringable = query(uri, &IID_IStringable);
    HSTRING value = NULL;

    check_ok(IStringable_ToString(stringable, &value));
    check_property(expected, value, text, "ToString");
    release_ref(stringable);
    check_last_release(uri);
}

static void the_text_is_unescaped_but_for_reserved_characters(void **state)
{
    (void)state;
    check_text("HTTP://EXAMPLE.com:80/a%20b/%C3%A4", "http://example.com/a b/\xc3\xa4");
    check_text("http://example.com/%23%3f%25%2f", "http://example.com/%23%3f%25/");
    check_text("http://example.com/%00%0a", "http://example.com/%00%0a");
}

static bool suspicious(const char *text)
{
    IUriRuntimeClass *uri = uri_new(text);
    boolean value = 7;

    check_ok(IUriRuntimeClass_get_Suspicious(uri, &value));
    assert_in_range(value, 0, 1);
    check_last_release(uri);
    return value;
}

static void what_had_to_be_repaired_is_suspicious(void **state)
{
    (void)state;
    assert_false(suspicious("http://example.com/a%20b?c d"));
    assert_true(suspicious("http://example.com/a b"));
    assert_true(suspicious("http:\\\\example.com"));
    assert_true(suspicious("http://exam\tple.com/"));
}

static bool equal(const char *one, const char *other)
{
    IUriRuntimeClass *uri = uri_new(one), *other_uri = uri_new(other);
    boolean value = 7;

    check_ok(IUriRuntimeClass_Equals(uri, other_uri, &value));
    assert_in_range(value, 0, 1);
    check_last_release(other_uri);
    check_last_release(uri);
    return value;
}

static void equal_uris_mean_the_same(void **state)
{
    (void)state;
    assert_true(equal("HTTP://X:80/", "http://x/"));
    assert_true(equal("http://x/%c3%a4/%7Ea", "http://X/\xc3\xa4/~a"));
    assert_true(equal("http://x/a/../b", "http://x/b"));
    assert_true(equal("http:", "http:"));
    assert_false(equal("http://x/a", "http://x/A"));
    assert_false(equal("http://x/", "https://x/"));
    assert_false(equal("http://x/?a", "http://x/"));
    assert_false(equal("http://u@x/", "http://x/"));
}

static void check_combined(const char *base, const char *relative, const char *expected)
{
    IUriRuntimeClass *uri = uri_new(base), *combined = NULL;
    IUriRuntimeClassFactory *factory = uri_statics(&IID_IUriRuntimeClassFactory);
    HSTRING value = NULL;

    check_ok(IUriRuntimeClass_CombineUri(uri, string_of(relative), &combined));
    check_ok(IUriRuntimeClass_get_AbsoluteUri(combined, &value));
    check_property(expected, value, relative, "CombineUri");
    check_last_release(combined);
    check_last_release(uri);

    check_ok(IUriRuntimeClassFactory_CreateWithRelativeUri(factory, string_of(base),
                                                           string_of(relative), &combined));
    check_ok(IUriRuntimeClass_get_AbsoluteUri(combined, &value));
    check_property(expected, value, relative, "CreateWithRelativeUri");
    check_last_release(combined);
    check_last_release(factory);
}

/* The examples of RFC 3986, 5.4, and some of Windows' own. */
static void references_are_resolved(void **state)
{
    static const struct form_row rows[] = {
        { "gg:h", "gg:h" },
        { "g", "http://a/b/c/g" },
        { "./g", "http://a/b/c/g" },
        { "g/", "http://a/b/c/g/" },
        { "/g", "http://a/g" },
        { "//g", "http://g/" },
        { "?y", "http://a/b/c/d;p?y" },
        { "g?y", "http://a/b/c/g?y" },
        { "#s", "http://a/b/c/d;p?q#s" },
        { "g#s", "http://a/b/c/g#s" },
        { "g?y#s", "http://a/b/c/g?y#s" },
        { ";x", "http://a/b/c/;x" },
        { "", "http://a/b/c/d;p?q" },
        { ".", "http://a/b/c/" },
        { "..", "http://a/b/" },
        { "../g", "http://a/b/g" },
        { "../..", "http://a/" },
        { "../../g", "http://a/g" },
        { "../../../g", "http://a/g" },
        { "/./g", "http://a/g" },
        { "g.", "http://a/b/c/g." },
        { "..g", "http://a/b/c/..g" },
        { "./../g", "http://a/b/g" },
        { "g/../h", "http://a/b/c/h" },
        { "g;x=1/../y", "http://a/b/c/y" },
        { "g?y/../x", "http://a/b/c/g?y/../x" },
        { "g#s/../x", "http://a/b/c/g#s/../x" },
        { "\\g", "http://a/g" },
        { "g h", "http://a/b/c/g%20h" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_combined("http://a/b/c/d;p?q", rows[i].text, rows[i].expected);
    check_combined("http://u:p@a:81/b", "c", "http://u:p@a:81/c");
    check_combined("http://u:p@a:81/b", "//h/c", "http://h/c");
    check_combined("http://a/b", "c:/d", "file:///c:/d");
    check_combined("dummy://a", "b", "dummy://a/b");
}

static void what_cannot_be_resolved_is_refused(void **state)
{
    IUriRuntimeClass *uri = uri_new("http://a/"), *nowhere = uri_new("http:");
    IUriRuntimeClass *combined = (IUriRuntimeClass *)1;
    IUriRuntimeClassFactory *factory = uri_statics(&IID_IUriRuntimeClassFactory);

    (void)state;
    check_hresult(E_INVALIDARG, IUriRuntimeClass_CombineUri(uri, string_of("%zz"), &combined));
    assert_null(combined);
    check_hresult(E_INVALIDARG, IUriRuntimeClass_CombineUri(uri, string_of("//h:x/"), &combined));
    check_hresult(E_INVALIDARG, IUriRuntimeClass_CombineUri(nowhere, string_of("a"), &combined));
    check_hresult(E_POINTER,
                  IUriRuntimeClassFactory_CreateWithRelativeUri(factory, NULL, string_of("a"),
                                                                &combined));
    check_hresult(E_INVALIDARG,
                  IUriRuntimeClassFactory_CreateWithRelativeUri(factory, string_of("a"),
                                                                string_of("a"), &combined));
    check_last_release(factory);
    check_last_release(nowhere);
    check_last_release(uri);
}

static void components_are_escaped_and_unescaped(void **state)
{
    static const struct form_row escaped[] = {
        { "abc-._~019", "abc-._~019" },
        { "a b/c?d#e%f&g=h+", "a%20b%2Fc%3Fd%23e%25f%26g%3Dh%2B" },
        { "\xc3\xa4\xf0\x9f\x98\x80", "%C3%A4%F0%9F%98%80" },
        { "", NULL },
    };
    static const struct form_row unescaped[] = {
        { "a%20b%2Fc", "a b/c" },
        { "%C3%A4%F0%9F%98%80", "\xc3\xa4\xf0\x9f\x98\x80" },
        { "a+b", "a+b" },
        { "100%", "100%" },
        { "%zz%1", "%zz%1" },
        { "%FFa%C3", "%FFa%C3" },
        { "%ED%A0%80", "%ED%A0%80" }, /* a surrogate */
        { "%00", "%00" },
        { "", NULL },
    };
    IUriEscapeStatics *statics = uri_statics(&IID_IUriEscapeStatics);
    HSTRING value = NULL;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(escaped) / sizeof(escaped[0]); i++) {
        check_ok(IUriEscapeStatics_EscapeComponent(statics, string_of(escaped[i].text), &value));
        check_property(escaped[i].expected, value, escaped[i].text, "EscapeComponent");
    }
    for (i = 0; i < sizeof(unescaped) / sizeof(unescaped[0]); i++) {
        check_ok(
            IUriEscapeStatics_UnescapeComponent(statics, string_of(unescaped[i].text), &value));
        check_property(unescaped[i].expected, value, unescaped[i].text, "UnescapeComponent");
    }
    check_hresult(E_POINTER, IUriEscapeStatics_EscapeComponent(statics, NULL, NULL));
    check_hresult(E_POINTER, IUriEscapeStatics_UnescapeComponent(statics, NULL, NULL));
    check_last_release(statics);
}

static void ill_formed_text_is_refused(void **state)
{
    static const WCHAR surrogate[] = { 'h', 't', 't', 'p', ':', '/', '/', 0xd800, '/' };
    static const WCHAR embedded[] = { 'h', 't', 't', 'p', ':', '/', '/', 0, '/' };
    IUriRuntimeClassFactory *factory = uri_statics(&IID_IUriRuntimeClassFactory);
    IUriRuntimeClass *uri = NULL;
    HSTRING text = NULL;

    (void)state;
    check_ok(WindowsCreateString(surrogate, 9, &text));
    check_hresult(E_INVALIDARG, IUriRuntimeClassFactory_CreateUri(factory, text, &uri));
    WindowsDeleteString(text);
    check_ok(WindowsCreateString(embedded, 9, &text));
    check_hresult(E_INVALIDARG, IUriRuntimeClassFactory_CreateUri(factory, text, &uri));
    WindowsDeleteString(text);
    assert_null(uri);
    check_last_release(factory);
}

static void null_pointers_are_refused(void **state)
{
    IUriRuntimeClassFactory *factory = uri_statics(&IID_IUriRuntimeClassFactory);
    IUriRuntimeClass *uri = uri_new("http://example.com/");
    canonical_uri *canonical = query(uri, &IID_IUriRuntimeClassWithAbsoluteCanonicalUri);
    IStringable *stringable = query(uri, &IID_IStringable);
    HSTRING text = string_of("http://x/");
    boolean value = 7;

    (void)state;
    check_hresult(E_POINTER, IUriRuntimeClassFactory_CreateUri(factory, text, NULL));
    check_hresult(E_POINTER, IUriRuntimeClassFactory_CreateUri(factory, NULL, NULL));
    check_hresult(E_POINTER,
                  IUriRuntimeClassFactory_CreateWithRelativeUri(factory, text, text, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_AbsoluteUri(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_DisplayUri(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_Domain(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_Extension(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_Fragment(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_Host(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_Password(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_Path(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_Query(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_QueryParsed(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_RawUri(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_SchemeName(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_UserName(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_Port(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_get_Suspicious(uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_Equals(uri, uri, NULL));
    check_hresult(E_POINTER, IUriRuntimeClass_CombineUri(uri, text, NULL));
    check_hresult(E_POINTER,
                  IUriRuntimeClassWithAbsoluteCanonicalUri_get_AbsoluteCanonicalUri(canonical,
                                                                                    NULL));
    check_hresult(E_POINTER,
                  IUriRuntimeClassWithAbsoluteCanonicalUri_get_DisplayIri(canonical, NULL));
    check_hresult(E_POINTER, IStringable_ToString(stringable, NULL));

    check_ok(IUriRuntimeClass_Equals(uri, NULL, &value)); /* equals none */
    assert_false(value);

    release_ref(stringable);
    release_ref(canonical);
    check_last_release(uri);
    check_last_release(factory);
}

static void an_object_has_the_documented_interfaces(void **state)
{
    IUriRuntimeClassFactory *factory = uri_statics(&IID_IUriRuntimeClassFactory);
    IActivationFactory *activation = query(factory, &IID_IActivationFactory);
    IUriRuntimeClass *uri = uri_new("http://example.com/");
    IInspectable *instance = (IInspectable *)1;
    void *other = (void *)1;
    HSTRING name = NULL;

    (void)state;
    check_hresult(E_NOTIMPL, IActivationFactory_ActivateInstance(activation, &instance));
    assert_null(instance);
    check_hresult(E_NOINTERFACE, IUriRuntimeClass_QueryInterface(uri, &IID_IPropertyValue, &other));
    assert_null(other);
    other = query(uri, &IID_IStringable);
    check_same_object(uri, other);
    release_ref(other);
    check_ok(IUriRuntimeClass_GetRuntimeClassName(uri, &name));
    check_string("Windows.Foundation.Uri", name);
    check_last_release(uri);
    release_ref(activation);
    check_last_release(factory);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_canonical_form_is_ascii),
    cmocka_unit_test(host_names_follow_idna_2008),
    cmocka_unit_test(the_iri_is_decoded_for_display),
    cmocka_unit_test(the_text_is_unescaped_but_for_reserved_characters),
    cmocka_unit_test(what_had_to_be_repaired_is_suspicious),
    cmocka_unit_test(equal_uris_mean_the_same),
    cmocka_unit_test(references_are_resolved),
    cmocka_unit_test(what_cannot_be_resolved_is_refused),
    cmocka_unit_test(components_are_escaped_and_unescaped),
    cmocka_unit_test(ill_formed_text_is_refused),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(an_object_has_the_documented_interfaces),
};

TEST_MAIN(tests)
