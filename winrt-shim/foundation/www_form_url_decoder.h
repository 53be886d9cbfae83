/* SPDX-License-Identifier: MIT */
#ifndef WINRT_FOUNDATION_WWW_FORM_URL_DECODER_H
#define WINRT_FOUNDATION_WWW_FORM_URL_DECODER_H

#include <windows.foundation.h>

/* The entries of `query` (UTF-8, with or without its ?; NULL has none). E_OUTOFMEMORY. */
HRESULT www_form_url_decoder_create(const char *query, IWwwFormUrlDecoderRuntimeClass **out);

#endif
