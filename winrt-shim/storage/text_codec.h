/* SPDX-License-Identifier: MIT */
/*
 * Text in the three encodings of UnicodeEncoding (Windows.Storage.Streams). Ill-formed text is
 * refused with ERROR_NO_UNICODE_TRANSLATION in UTF-8, in both directions; UTF-16 is passed on unit
 * by unit, as an HSTRING holds it.
 */
#ifndef WINRT_STORAGE_TEXT_CODEC_H
#define WINRT_STORAGE_TEXT_CODEC_H

#include <stdbool.h>

#include <windows.h>
#include <hstring.h>
#include <windows.storage.streams.h>

bool text_encoding_is_valid(UnicodeEncoding encoding);

/* New block that the caller frees. E_INVALIDARG for an encoding that there is not, or text above 2
 * GiB. */
HRESULT text_encode(HSTRING text, UnicodeEncoding encoding, BYTE **bytes, UINT32 *length);

/* E_INVALIDARG for UTF-16 with half a unit at the end. */
HRESULT text_decode(const BYTE *bytes, UINT32 length, UnicodeEncoding encoding, HSTRING *text);

/* The length of the byte order mark that the bytes begin with, and its encoding; 0 and *encoding as
   it was if there is none. */
UINT32 text_detect_mark(const BYTE *bytes, UINT32 length, UnicodeEncoding *encoding);

/* The mark of an encoding, TEXT_MARK_MAX bytes at most; returns its length. */
#define TEXT_MARK_MAX 3
UINT32 text_mark(UnicodeEncoding encoding, const BYTE **mark);

#endif
