/* SPDX-License-Identifier: MIT */
#include "errors.h"

#include <stdbool.h>
#include <stdio.h>
#include <oleauto.h>

#include "runtime.h"

/* Windows.Web.WebErrorStatus. From 300 on the values are those of HTTP. */
static const struct {
    int status;
    const char *text;
} web_errors[] = {
    { 1, "the certificate is for another host" },
    { 2, "the certificate has expired" },
    { 3, "the certificate contains errors" },
    { 4, "the certificate was revoked" },
    { 5, "the certificate is not valid" },
    { 6, "the server is unreachable" },
    { 7, "the server did not answer in time" },
    { 8, "the server's answer is no valid HTTP" },
    { 9, "the connection was aborted" },
    { 10, "the connection was reset" },
    { 11, "the connection was lost" },
    { 12, "redirected from http to https" },
    { 13, "redirected from https to http" },
    { 14, "cannot connect" },
    { 15, "no such host" },
    { 16, "cancelled" },
    { 17, "the redirect failed" },
    { 18, "unexpected status" },
    { 19, "unexpected redirection" },
    { 20, "the server refuses the request" },
    { 21, "the server failed" },
    { 401, "the server wants credentials (401)" },
    { 403, "forbidden (403)" },
    { 404, "not found (404)" },
    { 407, "the proxy wants credentials (407)" },
    { 410, "gone (410)" },
    { 429, "too many requests (429)" },
    { 500, "the server failed (500)" },
    { 503, "the server is not available (503)" },
};

/* BackgroundTransferError.GetStatus: 0 is Unknown, which means: not an error of the web. */
static int web_error_status(HRESULT error)
{
    IBackgroundTransferErrorStatics *statics = NULL;
    enum __x_ABI_CWindows_CWeb_CWebErrorStatus status = WebErrorStatus_Unknown;

    if (FAILED(
            get_factory(RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundTransferError,
                        &IID_IBackgroundTransferErrorStatics, (void **)&statics)))
        return 0;
    statics->lpVtbl->GetStatus(statics, error, &status);
    RELEASE(statics);
    return (int)status;
}

static const char *web_error_text(int status)
{
    for (size_t i = 0; i < sizeof(web_errors) / sizeof(web_errors[0]); i++) {
        if (web_errors[i].status == status)
            return web_errors[i].text;
    }
    return NULL;
}

/* The text that came with the last failed call of this thread, if any. Asking takes it away. */
static bool runtime_text(char *text, size_t size)
{
    IErrorInfo *info = NULL;
    BSTR description = NULL;
    int length = 0;

    if (GetErrorInfo(0, &info) != S_OK)
        return false;
    if (SUCCEEDED(info->lpVtbl->GetDescription(info, &description)) && description)
        length = WideCharToMultiByte(CP_UTF8, 0, description, -1, text, (int)size, NULL, NULL);
    SysFreeString(description);
    RELEASE(info);
    return length > 1;
}

void describe_error(HRESULT error, char *text, size_t size)
{
    char detail[400];
    bool detailed = runtime_text(detail, sizeof(detail)); /* before another call replaces it */
    int status = web_error_status(error);
    const char *known = web_error_text(status);

    if (known)
        snprintf(text, size, "%s (0x%08X)", known, (unsigned)error);
    else if (status >= 300)
        snprintf(text, size, "the server answered %d (0x%08X)", status, (unsigned)error);
    else if (detailed)
        snprintf(text, size, "%s (0x%08X)", detail, (unsigned)error);
    else
        snprintf(text, size, "error 0x%08X", (unsigned)error);
}
