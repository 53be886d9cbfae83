/* SPDX-License-Identifier: MIT */
#include "uri_escape.h"

#include <string.h>

#include "src/port/memory.h"

static const char hex_digits[] = "0123456789ABCDEF";

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool is_triplet(const char *text)
{
    return text[0] == '%' && hex_value(text[1]) >= 0 && hex_value(text[2]) >= 0;
}

static unsigned char triplet_byte(const char *text)
{
    return (unsigned char)(hex_value(text[1]) << 4 | hex_value(text[2]));
}

bool uri_triplets_are_valid(const char *text)
{
    for (; (text = strchr(text, '%')); text++) {
        if (!is_triplet(text))
            return false;
    }
    return true;
}

char *uri_escape(const char *text, bool (*wanted)(unsigned char byte))
{
    char *escaped = memory_zalloc_array(strlen(text) + 1, 3), *out = escaped;

    if (!escaped)
        return NULL;
    for (; *text; text++) {
        const unsigned char byte = (unsigned char)*text;

        if (wanted(byte)) {
            *out++ = '%';
            *out++ = hex_digits[byte >> 4];
            *out++ = hex_digits[byte & 15];
        } else {
            *out++ = *text;
        }
    }
    return escaped;
}

bool uri_is_forbidden(unsigned char byte)
{
    return byte <= ' ' || byte == 0x7f || strchr("\"<>\\^`{|}", byte);
}

bool uri_is_forbidden_or_not_ascii(unsigned char byte)
{
    return byte >= 0x80 || uri_is_forbidden(byte);
}

/* Length of the well-formed UTF-8 sequence at the start of `bytes`, and its character; 0 if there
 * is none. */
static size_t utf8_decode(const unsigned char *bytes, size_t size, uint32_t *character)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t length, i;

    if (bytes[0] < 0x80) {
        *character = bytes[0];
        return 1;
    }
    length = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
    if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || length > size)
        return 0;
    *character = bytes[0] & (0x7f >> length);
    for (i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        *character = *character << 6 | (bytes[i] & 0x3f);
    }
    if (*character < least[length] || *character > 0x10ffff ||
        (*character >= 0xd800 && *character <= 0xdfff))
        return 0;
    return length;
}

/* The bytes of up to four triplets in a row. */
static size_t read_triplets(const char *text, unsigned char *bytes)
{
    size_t count = 0;

    while (count < 4 && is_triplet(text)) {
        bytes[count++] = triplet_byte(text);
        text += 3;
    }
    return count;
}

char *uri_unescape(const char *text, bool (*wanted)(uint32_t character))
{
    char *plain = memory_zalloc(strlen(text) + 1), *out = plain;

    if (!plain)
        return NULL;
    while (*text) {
        unsigned char bytes[4];
        const size_t count = read_triplets(text, bytes);
        uint32_t character = 0;
        const size_t length = count ? utf8_decode(bytes, count, &character) : 0;

        if (length && wanted(character)) {
            memcpy(out, bytes, length);
            out += length;
            text += 3 * length;
        } else {
            *out++ = *text++;
        }
    }
    return plain;
}

bool uri_is_any(uint32_t character)
{
    return character != 0;
}

bool uri_is_unreserved_for_text(uint32_t character)
{
    return character >= ' ' && character != 0x7f && character != '#' && character != '?' &&
           character != '%';
}

bool uri_is_displayable(uint32_t character)
{
    if (character < 0xa0)
        return false;
    return character != 0x200e && character != 0x200f &&
           !(character >= 0x202a && character <= 0x202e) &&
           !(character >= 0x2066 && character <= 0x2069);
}

static bool is_unreserved(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

char *uri_normalize_triplets(const char *text)
{
    char *normal = uri_unescape(text, is_unreserved), *at;

    for (at = normal; at && (at = strchr(at, '%')); at++) {
        if (is_triplet(at)) {
            at[1] = hex_digits[hex_value(at[1])];
            at[2] = hex_digits[hex_value(at[2])];
        }
    }
    return normal;
}
