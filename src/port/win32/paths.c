/* SPDX-License-Identifier: MIT */
/* Source: the page "Naming Files, Paths, and Namespaces" (Win32, File Management). */
#include "src/port/paths.h"

#include <string.h>

#include <windows.h>

#include "path_names.h"
#include "src/port/memory.h"
#include "src/port/path_form.h"
#include "src/port/text.h"

static void replace(char *text, char from, char to)
{
    for (; *text; text++) {
        if (*text == from)
            *text = to;
    }
}

char *path_form_slashes(const char *text)
{
    char *copy = memory_strdup(text);

    if (copy)
        replace(copy, '\\', '/');
    return copy;
}

char *path_to_native(const char *path)
{
    char *copy = memory_strdup(path);

    if (copy)
        replace(copy, '/', '\\');
    return copy;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "//server/share/", with or without what follows the share. */
static size_t unc_root(const char *path)
{
    size_t server = strcspn(path + 2, "/"), share;

    if (!server || (server == 1 && strchr(".?", path[2])) || path[2 + server] != '/')
        return 0;
    share = strcspn(path + 2 + server + 1, "/");
    if (!share)
        return 0;
    share += 2 + server + 1;
    return share + (path[share] == '/');
}

size_t path_form_root(const char *path)
{
    if (is_letter(path[0]) && path[1] == ':' && path[2] == '/')
        return 3;
    return path[0] == '/' && path[1] == '/' ? unc_root(path) : 0;
}

bool path_is_same(const char *one, const char *other)
{
    char16_t *wide_one = NULL, *wide_other = NULL;
    size_t length_one, length_other;
    bool same;

    /* Without memory, or for what is no text, as it is written. */
    if (text_utf16_from_utf8(one, strlen(one), &wide_one, &length_one) ||
        text_utf16_from_utf8(other, strlen(other), &wide_other, &length_other))
        same = !strcmp(one, other);
    else
        same = CompareStringOrdinal(wide_one, (int)length_one, wide_other, (int)length_other,
                                    TRUE) == CSTR_EQUAL;
    memory_free(wide_other);
    memory_free(wide_one);
    return same;
}

static bool begins_with(const char *name, size_t length, const char *word)
{
    size_t i;

    for (i = 0; word[i]; i++) {
        char c = i < length ? name[i] : 0;

        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c != word[i])
            return false;
    }
    return true;
}

/* How long the digit of a port is: 1 to 9, and the superscript ones, which count as well. */
static size_t port_digit(const char *name, size_t length)
{
    if (length >= 1 && name[0] >= '1' && name[0] <= '9')
        return 1;
    if (length >= 2 &&
        (begins_with(name, length, "\xc2\xb9") || begins_with(name, length, "\xc2\xb2") ||
         begins_with(name, length, "\xc2\xb3")))
        return 2;
    return 0;
}

bool path_name_is_device(const char *name, size_t length)
{
    static const struct {
        const char *word;
        bool digit;
    } table[] = {
        { "CONIN$", false }, { "CONOUT$", false }, { "CON", false }, { "PRN", false },
        { "AUX", false },    { "NUL", false },     { "COM", true },  { "LPT", true },
    };
    size_t i;

    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        size_t end = strlen(table[i].word), digit;

        if (!begins_with(name, length, table[i].word))
            continue;
        digit = table[i].digit ? port_digit(name + end, length - end) : 0;
        if (table[i].digit && !digit)
            continue;
        end += digit;
        while (end < length && name[end] == ' ')
            end++;
        if (end == length || name[end] == '.' || name[end] == ':')
            return true;
    }
    return false;
}

bool path_name_is_allowed(const char *name)
{
    size_t length = strlen(name), i;

    if (!length || strpbrk(name, "<>:\"/\\|?*") || strchr(". ", name[length - 1]))
        return false;
    for (i = 0; i < length; i++) {
        if ((unsigned char)name[i] < ' ')
            return false;
    }
    return !path_name_is_device(name, length);
}

const char *path_platform(void)
{
    return "win32";
}
