/* SPDX-License-Identifier: MIT */
#include "narrow.h"

#include <errno.h>

#include "src/port/text.h"

char *narrow_name(const winrt_wchar *text)
{
    enum port_status status;
    char *name;

    if (!text) {
        errno = EINVAL;
        return NULL;
    }
    status = text_utf8_from_utf16(text, winrt_wcslen(text), &name, NULL);
    if (status == PORT_OK)
        return name;
    errno = status == PORT_NO_MEMORY ? ENOMEM : EILSEQ;
    return NULL;
}
