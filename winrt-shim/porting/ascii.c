/* SPDX-License-Identifier: MIT */
#include "ascii.h"

#include <errno.h>

#include "src/port/memory.h"

void ascii_init(struct ascii *ascii, const winrt_wchar *text, size_t limit)
{
    size_t length = 0;

    ascii->skipped = 0;
    while (winrt_iswspace(text[ascii->skipped]))
        ascii->skipped++;
    text += ascii->skipped;
    while (length < limit && text[length] > ' ' && text[length] < 0x7F)
        length++;
    ascii->text = length < sizeof(ascii->fixed) ? ascii->fixed : memory_alloc(length + 1);
    if (!ascii->text) {
        errno = ENOMEM;
        ascii->text = ascii->fixed;
        length = 0;
    }
    for (size_t i = 0; i < length; i++)
        ascii->text[i] = (char)text[i];
    ascii->text[length] = 0;
}

void ascii_free(struct ascii *ascii)
{
    if (ascii->text != ascii->fixed)
        memory_free(ascii->text);
}
