/* SPDX-License-Identifier: MIT */
/* ResponseInformation Class (Windows.Networking.BackgroundTransfer): the head of one response,
 * immutable. */
#ifndef WINRT_RESPONSE_INFORMATION_H
#define WINRT_RESPONSE_INFORMATION_H

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

struct response;

/* `response` gets another reference. E_OUTOFMEMORY. */
HRESULT response_information_create(struct response *response, IResponseInformation **out);

#endif
