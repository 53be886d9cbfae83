/* SPDX-License-Identifier: MIT */
#ifndef WINRT_SECURITY_PASSWORD_CREDENTIAL_H
#define WINRT_SECURITY_PASSWORD_CREDENTIAL_H

#include <windows.security.credentials.h>

/* An empty one. E_OUTOFMEMORY. */
HRESULT password_credential_create(IPasswordCredential **out);

#endif
