/* SPDX-License-Identifier: MIT */
/* Everything that a download, and what went wrong with it, says in words. */
#include <windows.h>
#include <oleauto.h>
#include <restrictederrorinfo.h>
#include <winstring.h>

#include "persistent_program.h"

#include <stdio.h>

#include <winrt.backgroundtransfer.h>

static void say_bstr(const char *name, const char *what, BSTR text)
{
    HSTRING string = NULL;

    if (!text)
        return;
    check_ok(WindowsCreateString(text, SysStringLen(text), &string));
    say("text\t%s\t%s\t%s", name, what, string_text(string));
    string_delete(string);
    SysFreeString(text);
}

static void say_string(const char *name, const char *what, HSTRING string)
{
    say("text\t%s\t%s\t%s", name, what, string ? string_text(string) : "");
    string_delete(string);
}

/* What the latest failure on this thread has left, which is taken away. */
static void say_error(const char *name, const char *what, HRESULT hr)
{
    BSTR description = NULL, restricted_description = NULL, sid = NULL;
    IRestrictedErrorInfo *restricted = NULL;
    IErrorInfo *info = NULL;
    HRESULT error;

    say("text\t%s\t%s\t0x%08X", name, what, (unsigned)hr);
    if (GetErrorInfo(0, &info) != S_OK)
        return;
    check_ok(IErrorInfo_GetDescription(info, &description));
    say_bstr(name, what, description);
    if (SUCCEEDED(
            IErrorInfo_QueryInterface(info, &IID_IRestrictedErrorInfo, (void **)&restricted))) {
        check_ok(IRestrictedErrorInfo_GetErrorDetails(restricted, &description, &error,
                                                      &restricted_description, &sid));
        say_bstr(name, what, description);
        say_bstr(name, what, restricted_description);
        SysFreeString(sid);
        IRestrictedErrorInfo_Release(restricted);
    }
    IErrorInfo_Release(info);
}

static void say_response(const char *name, IDownloadOperation *operation)
{
    IResponseInformation *response = response_of(operation);
    IUriRuntimeClass *uri = NULL;

    if (!response)
        return;
    check_ok(IResponseInformation_get_ActualUri(response, &uri));
    say("text\t%s\tactual-uri\t%s", name, uri_text(uri));
    release_ref(uri);
    release_ref(response);
}

static void say_details(const char *name, IDownloadOperation *operation)
{
    IDownloadOperationDetails *details = query(operation, &IID_IDownloadOperationDetails);
    HSTRING text = NULL;

    check_ok(IDownloadOperationDetails_get_LastErrorMessage(details, &text));
    say_string(name, "last-error", text);
    check_ok(IDownloadOperationDetails_get_Tag(details, &text));
    say_string(name, "tag", text);
    release_ref(details);
}

/* Calls that are refused for what is given to them, which is `secret` or has it in it. */
static void say_refusals(const char *name, IDownloadOperation *operation, const char *secret)
{
    IDownloadOperation5 *fifth = query(operation, &IID_IDownloadOperation5);
    IUriRuntimeClassFactory *uris =
        activation_factory("Windows.Foundation.Uri", &IID_IUriRuntimeClassFactory);
    static const char *const addresses[] = { "http://me:%s@:bad/", "//me:%s@host/", "odd://%s" };
    IUriRuntimeClass *uri = NULL;
    download_async *async = NULL;
    char text[512];
    HRESULT hr;

    hr = IDownloadOperation5_SetRequestHeader(fifth, string_of("bad name"), string_of(secret));
    say_error(name, "bad-header-name", hr);
    hr = IDownloadOperation5_SetRequestHeader(fifth, string_of("Proxy-Authorization"),
                                              string_of(secret));
    say_error(name, "reserved-header", hr);
    snprintf(text, sizeof(text), "%s\r\nX: y", secret);
    hr = IDownloadOperation5_SetRequestHeader(fifth, string_of("X-Bad"), string_of(text));
    say_error(name, "bad-header-value", hr);
    for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
        IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);

        snprintf(text, sizeof(text), addresses[i], secret);
        hr = IUriRuntimeClassFactory_CreateUri(uris, string_of(text), &uri);
        if (SUCCEEDED(hr)) {
            hr = IDownloadOperation3_put_RequestedUri(third, uri);
            release_ref(uri);
        }
        say_error(name, "bad-address", hr);
        release_ref(third);
    }
    hr = IDownloadOperation_StartAsync(operation, &async);
    say_error(name, "second-start", hr);
    release_ref(async);
    release_ref(uris);
    release_ref(fifth);
}

void say_texts(const char *name, IDownloadOperation *operation, download_async *async,
               const char *secret)
{
    IDownloadOperation *result = NULL;

    if (async) {
        say_error(name, "result",
                  IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_GetResults(
                      async, &result));
        release_ref(result);
    }
    say_details(name, operation);
    say_response(name, operation);
    if (secret)
        say_refusals(name, operation, secret);
}
