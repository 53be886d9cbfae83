/* SPDX-License-Identifier: MIT */
#include "wide_path.h"

#include <stdbool.h>
#include <string.h>

#include "path_names.h"
#include "src/port/memory.h"
#include "src/port/paths.h"
#include "src/port/text.h"

#define PREFIX          u"\\\\?\\"
#define PREFIX_UNC      u"\\\\?\\UNC\\"
#define LENGTH(literal) (sizeof(literal) / sizeof((literal)[0]) - 1)

/* Of a whole path, which the system keeps in a UNICODE_STRING. */
#define MAX_UNITS 32766

/* Of one part of a path. */
#define MAX_PART 255

/* How many UTF-16 units well-formed UTF-8 becomes: one a character, two for those of four bytes. */
static size_t count_units(const char *text, size_t length)
{
    size_t units = 0, i;

    for (i = 0; i < length; i++)
        units += ((unsigned char)text[i] & 0xc0) != 0x80 ? 1 + ((unsigned char)text[i] >= 0xf0) : 0;
    return units;
}

static enum port_status check_parts(const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "/");

        if ((length <= 2 && !strncmp(text, "..", length)) || path_name_is_device(text, length))
            return PORT_INVALID;
        if (count_units(text, length) > MAX_PART)
            return PORT_NAME_TOO_LONG;
        text += length;
        text += *text == '/';
    }
    return PORT_OK;
}

/* Of the text behind the prefix, a '\\' for each '/'. */
static enum port_status convert(const char *path, size_t size, WCHAR *ret, size_t room)
{
    int length =
        MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, (int)size, ret, (int)room);

    if (!length)
        return PORT_INVALID;
    for (ret[length] = 0; *ret; ret++) {
        if (*ret == '/')
            *ret = '\\';
    }
    return PORT_OK;
}

enum port_status wide_path_init(struct wide_path *wide, const char *path)
{
    size_t root = path_root_length(path), size, prefix, room;
    enum port_status status;
    bool unc = path[0] == '/';

    wide->text = NULL;
    if (!root || strpbrk(path + root, ":\\"))
        return PORT_INVALID;
    status = check_parts(path + root);
    if (status)
        return status;
    path += unc ? 2 : 0;
    size = strlen(path); /* as many units at most */
    prefix = unc ? LENGTH(PREFIX_UNC) : LENGTH(PREFIX);
    if (size + prefix > MAX_UNITS)
        return PORT_NAME_TOO_LONG;
    room = prefix + size + sizeof("\\*");
    wide->text = room <= WIDE_PATH_ROOM ? wide->room : memory_alloc(room * sizeof(*wide->text));
    if (!wide->text)
        return PORT_NO_MEMORY;
    memcpy(wide->text, unc ? PREFIX_UNC : PREFIX, prefix * sizeof(*wide->text));
    return convert(path, size, wide->text + prefix, size);
}

void wide_path_free(struct wide_path *wide)
{
    if (wide->text != wide->room)
        memory_free(wide->text);
    wide->text = NULL;
}

void wide_path_add_star(struct wide_path *wide)
{
    WCHAR *end = wide->text;

    while (*end)
        end++;
    if (end[-1] != '\\')
        *end++ = '\\';
    *end++ = '*';
    *end = 0;
}

static bool begins_with(const WCHAR *text, size_t length, const WCHAR *prefix, size_t prefix_length)
{
    return length >= prefix_length && !memcmp(text, prefix, prefix_length * sizeof(*text));
}

enum port_status wide_path_to_ours(const WCHAR *path, size_t length, char **ret)
{
    const char *front = "";
    enum port_status status;
    char *text, *whole;

    *ret = NULL;
    if (begins_with(path, length, PREFIX_UNC, LENGTH(PREFIX_UNC))) {
        path += LENGTH(PREFIX_UNC);
        length -= LENGTH(PREFIX_UNC);
        front = "\\\\";
    } else if (begins_with(path, length, PREFIX, LENGTH(PREFIX))) {
        path += LENGTH(PREFIX);
        length -= LENGTH(PREFIX);
    }
    status = text_utf8_from_utf16(path, length, &text, NULL);
    if (status)
        return status;
    whole = memory_format("%s%s", front, text);
    status = whole ? path_from_native(whole, ret) : PORT_NO_MEMORY;
    memory_free(whole);
    memory_free(text);
    return status;
}
