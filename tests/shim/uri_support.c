/* SPDX-License-Identifier: MIT */
#include "uri_support.h"

#include <string.h>

#include <roapi.h>

#include "check.h"
#include "hstrings.h"
#include "test_main.h"

void *uri_statics(const GUID *iid)
{
    void *factory = NULL;

    check_ok(RoGetActivationFactory(string_of("Windows.Foundation.Uri"), iid, &factory));
    return factory;
}

static HRESULT create(const char *text, IUriRuntimeClass **uri)
{
    IUriRuntimeClassFactory *factory = uri_statics(&IID_IUriRuntimeClassFactory);
    HRESULT hr = IUriRuntimeClassFactory_CreateUri(factory, string_of(text), uri);

    IUriRuntimeClassFactory_Release(factory);
    return hr;
}

IUriRuntimeClass *uri_new(const char *text)
{
    IUriRuntimeClass *uri = NULL;
    HRESULT hr = create(text, &uri);

    if (hr != S_OK)
        fail_msg("CreateUri(%s): 0x%08x", text, (unsigned)hr);
    return uri;
}

HRESULT uri_result(const char *text)
{
    IUriRuntimeClass *uri = (IUriRuntimeClass *)1;
    HRESULT hr = create(text, &uri);

    if (hr == S_OK)
        IUriRuntimeClass_Release(uri);
    else
        assert_null(uri);
    return hr;
}

void check_property(const char *expected, HSTRING actual, const char *text, const char *property)
{
    const char *found = actual ? string_text(actual) : NULL;
    const bool equal = expected && found ? !strcmp(expected, found) : expected == found;

    if (!equal)
        fail_msg("%s of <%s> is <%s>, expected <%s>", property, text, found ? found : "NULL",
                 expected ? expected : "NULL");
    string_delete(actual);
}

#define CHECK(property, expected)                               \
    do {                                                        \
        HSTRING value = (HSTRING)1;                             \
        check_ok(IUriRuntimeClass_get_##property(uri, &value)); \
        check_property(expected, value, row->text, #property);  \
    } while (0)

void check_uri(const struct uri_row *row)
{
    IUriRuntimeClass *uri = uri_new(row->text);
    INT32 port = 1234;
    HRESULT hr;

    CHECK(RawUri, row->raw ? row->raw : row->text);
    CHECK(AbsoluteUri, row->absolute);
    CHECK(DisplayUri, row->display);
    CHECK(SchemeName, row->scheme);
    CHECK(UserName, row->user);
    CHECK(Password, row->password);
    CHECK(Host, row->host);
    CHECK(Domain, row->domain);
    CHECK(Path, row->path);
    CHECK(Extension, row->extension);
    CHECK(Query, row->query);
    CHECK(Fragment, row->fragment);
    hr = IUriRuntimeClass_get_Port(uri, &port);
    if (hr != (row->port < 0 ? S_FALSE : S_OK) || (row->port >= 0 && port != row->port))
        fail_msg("Port of <%s> is %d (0x%08x), expected %d", row->text, (int)port, (unsigned)hr,
                 row->port);
    check_last_release(uri);
}

void check_uris(const struct uri_row *rows, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        check_uri(&rows[i]);
}
