/* SPDX-License-Identifier: MIT */
#ifndef WINRT_FOUNDATION_WWW_FORM_URL_DECODER_ENTRY_H
#define WINRT_FOUNDATION_WWW_FORM_URL_DECODER_ENTRY_H

#include <windows.foundation.h>

/* Of decoded UTF-8 text. E_OUTOFMEMORY. */
HRESULT www_form_url_decoder_entry_create(const char *name, const char *value,
                                          IWwwFormUrlDecoderEntry **out);

#endif
