/* SPDX-License-Identifier: MIT */
/*
 * Windows.Foundation.Uri: two lines, a text and a reference to be combined with it. What is a Uri
 * is the same Uri when its text is parsed again, in each form that names it; and nobody is named
 * where nobody shall be.
 */
#include <windows.h>
#include <windows.foundation.h>

#include <roapi.h>
#include <winstring.h>

#include "fuzz.h"
#include "hstrings.h"
#include "src/port/memory.h"
#include "src/port/text.h"

static IUriRuntimeClassFactory *factory;
static IUriEscapeStatics *escaper;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    HSTRING name = string_new("Windows.Foundation.Uri");

    (void)argc, (void)argv;
    REQUIRE(SUCCEEDED(RoInitialize(RO_INIT_MULTITHREADED)));
    REQUIRE(RoGetActivationFactory(name, &IID_IUriRuntimeClassFactory, (void **)&factory) == S_OK);
    REQUIRE(RoGetActivationFactory(name, &IID_IUriEscapeStatics, (void **)&escaper) == S_OK);
    string_delete(name);
    return 0;
}

static HSTRING take_string(struct fuzz_input *input)
{
    char line[600];
    size_t length = fuzz_line(input, line, sizeof(line)), count;
    char16_t *units;
    HSTRING string;

    REQUIRE(!text_utf16_from_utf8_lossy(line, length, &units, &count));
    REQUIRE(WindowsCreateString(units, (UINT32)count, &string) == S_OK);
    memory_free(units);
    return string;
}

/* Tabs and line ends are dropped everywhere (docs/uri.md). */
static HSTRING without_breaks(HSTRING string)
{
    UINT32 length, kept = 0;
    const WCHAR *text = WindowsGetStringRawBuffer(string, &length);
    WCHAR *units;
    HSTRING_BUFFER buffer;

    for (UINT32 i = 0; i < length; i++)
        kept += text[i] != '\t' && text[i] != '\r';
    REQUIRE(WindowsPreallocateStringBuffer(kept, &units, &buffer) == S_OK);
    for (UINT32 i = 0; i < length; i++) {
        if (text[i] != '\t' && text[i] != '\r')
            *units++ = text[i];
    }
    REQUIRE(WindowsPromoteStringBuffer(buffer, &string) == S_OK);
    return string;
}

static bool is_same(HSTRING one, HSTRING other)
{
    INT32 order;

    return WindowsCompareStringOrdinal(one, other, &order) == S_OK && !order;
}

static IUriRuntimeClass *create(HSTRING text)
{
    IUriRuntimeClass *uri = (IUriRuntimeClass *)1;
    HRESULT hr = IUriRuntimeClassFactory_CreateUri(factory, text, &uri);

    REQUIRE(hr == S_OK || hr == E_INVALIDARG || (hr == E_POINTER && !text));
    REQUIRE(!uri == FAILED(hr));
    return uri;
}

static void release(IUriRuntimeClass *uri)
{
    if (uri)
        REQUIRE(!IUriRuntimeClass_Release(uri));
}

enum property {
    ABSOLUTE_URI,
    DISPLAY_URI,
    DOMAIN_NAME,
    EXTENSION,
    FRAGMENT,
    HOST,
    PASSWORD,
    PATH,
    QUERY,
    RAW_URI,
    SCHEME,
    USER,
    CANONICAL,
    DISPLAY_IRI,
    TO_STRING,
    PROPERTIES
};

static void get_all(IUriRuntimeClass *uri, HSTRING *ret)
{
    HRESULT(STDMETHODCALLTYPE *const getters[])
    (IUriRuntimeClass *, HSTRING *) = {
        [ABSOLUTE_URI] = uri->lpVtbl->get_AbsoluteUri,
        [DISPLAY_URI] = uri->lpVtbl->get_DisplayUri,
        [DOMAIN_NAME] = uri->lpVtbl->get_Domain,
        [EXTENSION] = uri->lpVtbl->get_Extension,
        [FRAGMENT] = uri->lpVtbl->get_Fragment,
        [HOST] = uri->lpVtbl->get_Host,
        [PASSWORD] = uri->lpVtbl->get_Password,
        [PATH] = uri->lpVtbl->get_Path,
        [QUERY] = uri->lpVtbl->get_Query,
        [RAW_URI] = uri->lpVtbl->get_RawUri,
        [SCHEME] = uri->lpVtbl->get_SchemeName,
        [USER] = uri->lpVtbl->get_UserName,
    };
    IUriRuntimeClassWithAbsoluteCanonicalUri *canonical;
    IStringable *stringable;
    boolean suspicious;
    INT32 port = -1;
    HRESULT hr;

    for (unsigned i = 0; i <= USER; i++)
        REQUIRE(getters[i](uri, &ret[i]) == S_OK);
    REQUIRE(IUriRuntimeClass_QueryInterface(uri, &IID_IUriRuntimeClassWithAbsoluteCanonicalUri,
                                            (void **)&canonical) == S_OK);
    REQUIRE(canonical->lpVtbl->get_AbsoluteCanonicalUri(canonical, &ret[CANONICAL]) == S_OK);
    REQUIRE(canonical->lpVtbl->get_DisplayIri(canonical, &ret[DISPLAY_IRI]) == S_OK);
    canonical->lpVtbl->Release(canonical);
    REQUIRE(IUriRuntimeClass_QueryInterface(uri, &IID_IStringable, (void **)&stringable) == S_OK);
    REQUIRE(stringable->lpVtbl->ToString(stringable, &ret[TO_STRING]) == S_OK);
    stringable->lpVtbl->Release(stringable);

    REQUIRE(ret[SCHEME] && ret[RAW_URI] && ret[DISPLAY_URI]);
    REQUIRE(!ret[ABSOLUTE_URI] == !ret[CANONICAL]);
    hr = IUriRuntimeClass_get_Port(uri, &port);
    REQUIRE(hr == S_OK || (hr == S_FALSE && !port));
    REQUIRE(port >= 0 && port <= 65535);
    REQUIRE(IUriRuntimeClass_get_Suspicious(uri, &suspicious) == S_OK);
}

static void free_all(HSTRING *properties)
{
    for (unsigned i = 0; i < PROPERTIES; i++)
        string_delete(properties[i]);
}

static bool equals(IUriRuntimeClass *one, IUriRuntimeClass *other)
{
    boolean there, back;

    REQUIRE(IUriRuntimeClass_Equals(one, other, &there) == S_OK);
    REQUIRE(IUriRuntimeClass_Equals(other, one, &back) == S_OK);
    REQUIRE(!there == !back);
    return there;
}

/* The text in one of its forms makes a Uri that has this form again. */
static void check_form(IUriRuntimeClass *uri, const HSTRING *properties, enum property form)
{
    IUriRuntimeClass *again;
    HSTRING same[PROPERTIES];

    if (!properties[form])
        return;
    again = create(properties[form]);
    REQUIRE(again);
    get_all(again, same);
    REQUIRE(is_same(same[form], properties[form]));
    REQUIRE(is_same(same[SCHEME], properties[SCHEME]));
    if (form == DISPLAY_URI)
        REQUIRE(!same[USER] && !same[PASSWORD]);
    else
        REQUIRE(equals(uri, again));
    free_all(same);
    release(again);
}

static void check_ascii(HSTRING string)
{
    UINT32 length;
    const WCHAR *text = WindowsGetStringRawBuffer(string, &length);

    for (UINT32 i = 0; i < length; i++)
        REQUIRE(text[i] > ' ' && text[i] < 0x7f);
}

static void check_query(IUriRuntimeClass *uri)
{
    IWwwFormUrlDecoderRuntimeClass *decoder;
    IVectorView_IWwwFormUrlDecoderEntry *entries;
    IWwwFormUrlDecoderEntry *entry;
    HSTRING name, value, first;
    UINT32 size;

    REQUIRE(IUriRuntimeClass_get_QueryParsed(uri, &decoder) == S_OK);
    REQUIRE(decoder->lpVtbl->QueryInterface(decoder, &IID_IVectorView_IWwwFormUrlDecoderEntry,
                                            (void **)&entries) == S_OK);
    REQUIRE(entries->lpVtbl->get_Size(entries, &size) == S_OK);
    for (UINT32 i = 0; i < size; i++) {
        REQUIRE(entries->lpVtbl->GetAt(entries, i, &entry) == S_OK);
        REQUIRE(entry->lpVtbl->get_Name(entry, &name) == S_OK);
        REQUIRE(entry->lpVtbl->get_Value(entry, &value) == S_OK);
        REQUIRE(decoder->lpVtbl->GetFirstValueByName(decoder, name, &first) == S_OK);
        REQUIRE(i || is_same(first, value));
        string_delete(first);
        string_delete(value);
        string_delete(name);
        entry->lpVtbl->Release(entry);
    }
    REQUIRE(entries->lpVtbl->GetAt(entries, size, &entry) == E_BOUNDS);
    entries->lpVtbl->Release(entries);
    REQUIRE(!decoder->lpVtbl->Release(decoder));
}

static void check_combined(IUriRuntimeClass *uri, const HSTRING *properties, HSTRING reference)
{
    IUriRuntimeClass *combined = NULL;
    HSTRING its[PROPERTIES];
    UINT32 length;
    const WCHAR *text = WindowsGetStringRawBuffer(reference, &length);
    HRESULT hr = IUriRuntimeClass_CombineUri(uri, reference, &combined);

    REQUIRE(hr == S_OK || hr == E_INVALIDARG || hr == E_POINTER);
    REQUIRE(!combined == FAILED(hr));
    if (!combined)
        return;
    get_all(combined, its);
    check_form(combined, its, ABSOLUTE_URI);
    if (!length || *text == '#' || *text == '?') {
        REQUIRE(is_same(its[SCHEME], properties[SCHEME]) && is_same(its[HOST], properties[HOST]));
        REQUIRE(is_same(its[PATH], properties[PATH]) && is_same(its[USER], properties[USER]));
        REQUIRE((length && *text == '?') || is_same(its[QUERY], properties[QUERY]));
        REQUIRE(length || !its[FRAGMENT]);
    }
    free_all(its);
    release(combined);
}

static void check_escaping(HSTRING text)
{
    HSTRING escaped, unescaped;

    if (escaper->lpVtbl->EscapeComponent(escaper, text, &escaped) != S_OK)
        return;
    check_ascii(escaped);
    REQUIRE(escaper->lpVtbl->UnescapeComponent(escaper, escaped, &unescaped) == S_OK);
    REQUIRE(is_same(text, unescaped));
    string_delete(unescaped);
    string_delete(escaped);
    if (escaper->lpVtbl->UnescapeComponent(escaper, text, &unescaped) == S_OK)
        string_delete(unescaped);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    HSTRING text = take_string(&input), reference = take_string(&input);
    IUriRuntimeClass *uri = create(text);
    HSTRING properties[PROPERTIES], kept = without_breaks(text);

    check_escaping(text);
    if (uri) {
        get_all(uri, properties);
        REQUIRE(is_same(properties[RAW_URI], kept));
        REQUIRE(equals(uri, uri));
        check_ascii(properties[CANONICAL]);
        check_form(uri, properties, ABSOLUTE_URI);
        check_form(uri, properties, CANONICAL);
        check_form(uri, properties, DISPLAY_URI);
        check_query(uri);
        check_combined(uri, properties, reference);
        free_all(properties);
        release(uri);
    }
    string_delete(kept);
    string_delete(reference);
    string_delete(text);
    return 0;
}
